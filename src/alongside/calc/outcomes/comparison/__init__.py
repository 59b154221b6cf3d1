"""What changed beside what would have changed anyway: other people, earlier times, other amounts of support."""
