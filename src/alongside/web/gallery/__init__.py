"""The gallery: every component in every state, on invented words."""
