"""People, households and what is true of them, as a family's worker keeps it."""
