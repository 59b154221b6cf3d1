"""Files that a referrer hands in: a spreadsheet of families, and the council's own SSDA903 return."""
