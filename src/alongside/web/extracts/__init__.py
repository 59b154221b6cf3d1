"""Extracts of frozen cohorts: asking, answering, taking."""
