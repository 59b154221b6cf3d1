"""Surveys of a service's own: what one may ask, in which order, and which answers count."""
