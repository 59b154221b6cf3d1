"""Everything that happened to a family or a child, from every record, in one list."""
