"""Referrals: making one, seeing what became of it, and deciding on those that come in."""
