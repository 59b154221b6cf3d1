"""Decisions of programmes on plain values: eligibility, the clock, moves, money and practice as designed."""
