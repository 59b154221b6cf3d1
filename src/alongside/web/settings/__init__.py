"""Signing in, one's own sign-in, the people and teams of an agency, and the log."""
