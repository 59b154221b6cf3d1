"""Writing concerns and what is done about them."""
