"""A manager's week: how the team's work stands, who is late and why, who waits, and looking after those who do it."""
