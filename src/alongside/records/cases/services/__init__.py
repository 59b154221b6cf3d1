"""Writing cases and what happens in them."""
