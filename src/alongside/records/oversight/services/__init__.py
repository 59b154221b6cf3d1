"""Writing down how the work is looked after."""
