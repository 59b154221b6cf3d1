"""The story of a family or of one of them: everything that happened, on a page and as a file."""
