"""The work with a family: its case, contacts, goals and how it ends and begins again."""
