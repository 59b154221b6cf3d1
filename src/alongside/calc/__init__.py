"""Arithmetic that one could check on paper: no database, clock, file or setting is read here."""
