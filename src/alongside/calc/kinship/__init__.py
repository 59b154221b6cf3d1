"""Laying out a picture of a family from plain values: who stands where, where the lines run, who lives together."""
