"""The door for machines: the same gate, the same services."""
