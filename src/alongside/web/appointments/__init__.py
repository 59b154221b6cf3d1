"""Appointments: a family's, and the private calendar of whoever keeps them."""
