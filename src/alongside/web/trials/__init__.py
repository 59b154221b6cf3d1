"""Pilot trials: planning one and watching it fill, a family on its way into one, and how many families it takes."""
