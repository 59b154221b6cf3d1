"""Asking for help: a few plain questions for a carer without an account."""
