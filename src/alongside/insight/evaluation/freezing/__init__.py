"""Freezing a cohort: its families read from the records in a few queries, and made into rows that name nobody."""
