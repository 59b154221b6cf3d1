"""The door for machines: the same gate, queries and services as the pages, in JSON."""
