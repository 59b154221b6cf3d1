"""The log of who did and saw what, in which each entry carries the hash of the one before."""
