"""Agencies, their teams, the people who sign in, and what each role may do."""
