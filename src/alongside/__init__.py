"""Alongside: software that runs kinship-care support services."""
