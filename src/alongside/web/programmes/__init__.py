"""A family's programmes: how they stand, pauses, more time, moves, offers, therapy, and the two sides of a record."""
