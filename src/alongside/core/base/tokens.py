"""Secrets in links: long enough not to be guessed, and kept only as a hash."""

from hashlib import sha256
from secrets import token_urlsafe


def new_token() -> str:
    """Make the secret part of a link: 256 random bits, safe in an address."""
    return token_urlsafe(32)


def hash_of(token: str) -> str:
    """Give what is kept of a token; it needs no salt, as nobody can try all tokens."""
    return sha256(token.encode()).hexdigest()
