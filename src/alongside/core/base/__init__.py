"""Ground that has no word of the field in it: ids, rows, errors, row security."""
