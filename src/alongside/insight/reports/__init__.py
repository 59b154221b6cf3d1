"""The quarter of a contract: its figures, each of which opens, and what is frozen of them."""
