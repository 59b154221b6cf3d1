"""A report as files: the same texts as on the page, in a tagged PDF and in a spreadsheet."""
