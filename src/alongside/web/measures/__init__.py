"""A family's measures: how things were, how they are, and asking."""
