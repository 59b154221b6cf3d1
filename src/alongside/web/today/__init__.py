"""Today: what a worker's families want of them now."""
