"""A family's case, as its worker and their manager keep it."""
