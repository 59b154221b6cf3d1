"""The economic case: what a service costs, what it brings, to whom and when, and how sure that is."""
