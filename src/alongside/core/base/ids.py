"""Ids that are made before the row is written, sort by the time they were made, and tell nothing else."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Make a new id (UUID version 7, RFC 9562): 48 bits of time in milliseconds, then 74 random bits."""
    return uuid7()
