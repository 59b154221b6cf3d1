"""People, the households they live in, how they are related, and the arrangements children live under."""
