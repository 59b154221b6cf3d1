"""A family's plan: what they need and do well, goals over time, steps, promises, money and how a child came."""
