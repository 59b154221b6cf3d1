"""Putting the results of several studies together, and how far they differ from one another."""
