"""What is held about people, on what ground, how sensitive it is and how long it is kept."""
