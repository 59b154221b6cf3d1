"""Tests mirror the package; the cast of people who stand in them is in ``cast``."""
