"""The pages on which a service is watched: over time, between teams and authorities, and for whom."""
