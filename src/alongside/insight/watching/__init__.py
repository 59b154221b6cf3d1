"""How the service runs: over time, between teams and authorities, and for whom; told only in numbers that are safe."""
