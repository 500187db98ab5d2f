"""The tokens of private links. What is kept of one is its hash, so that the database holds no link."""

import hashlib


def hash_token(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
