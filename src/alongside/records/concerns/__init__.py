"""Concerns: that somebody may be at risk, who was told, when, and what came of it."""
