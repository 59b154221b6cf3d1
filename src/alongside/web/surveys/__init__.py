"""Surveys: making them, sending them out, and answering them."""
