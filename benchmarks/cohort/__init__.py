"""The report of a large cohort beside its statistics alone, and how freezing grows with the families."""
