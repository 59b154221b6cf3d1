"""What a round of a survey came to."""
