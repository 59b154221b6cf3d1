"""Files from and for other organisations: read with suspicion, written without surprises."""
