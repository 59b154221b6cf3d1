"""Alongside: software that runs kinship-care support services."""

__version__ = "0.1.0"
