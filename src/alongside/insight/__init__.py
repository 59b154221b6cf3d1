"""What reads across all records to say what the work amounts to."""
