"""A family's clocks of law and contract, and the dates that set them going."""
