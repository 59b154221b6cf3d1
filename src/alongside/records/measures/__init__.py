"""Questionnaires, the answers people gave, and the links by which they give them."""
