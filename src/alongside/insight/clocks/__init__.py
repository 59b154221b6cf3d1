"""The dates that law and contract set a family and those who work with it: how they are counted, and what runs out."""
