"""What changed for people, and how sure one may be of it."""
