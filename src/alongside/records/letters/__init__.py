"""Letters to and about a family: written from templates, kept exactly as they were sent."""
