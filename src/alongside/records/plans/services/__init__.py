"""Writing needs, strengths, plans, promises, allowances and how a child came to live there."""
