"""What changed: cohorts, what was promised of each, and what was found."""
