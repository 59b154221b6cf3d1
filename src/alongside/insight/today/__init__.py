"""What a worker should do today, read across everything that is kept of their families."""
