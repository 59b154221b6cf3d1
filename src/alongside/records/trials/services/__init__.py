"""Setting up a pilot trial, and entering families in it."""
