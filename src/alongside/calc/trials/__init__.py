"""Trials: how many people one takes, and who is allocated to what by chance."""
