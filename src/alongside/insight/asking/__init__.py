"""Whom to ask how things are, and when: what each programme's schedule makes due, and what was done about it."""
