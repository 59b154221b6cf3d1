"""Contracts: what was bought, for whom and where, and how many places are left."""
