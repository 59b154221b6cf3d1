"""The door for people: one folder an area, one module a page."""
