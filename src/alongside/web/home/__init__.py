"""Where everybody starts: the front page, and the first page of each role."""
