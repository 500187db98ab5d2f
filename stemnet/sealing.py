"""Encrypting what the database and its copies must not tell, by a key made from the installation's secret.

What is sealed carries no moment. It opens with the same `SECRET_KEY`, or while that is one of
`SECRET_KEY_FALLBACKS`.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class SealedElsewhere(Exception):
    """What is to be opened was sealed with a secret that is not known here any more."""


def seal(plain: bytes, *, purpose: str) -> bytes:
    """Return ``plain`` so that only who has the installation's secret can read it."""
    return _keys(purpose).encrypt_at_time(plain, 0)


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """Return what `seal` took for the same purpose. Raises SealedElsewhere."""
    try:
        return _keys(purpose).decrypt(sealed)
    except InvalidToken as unknown:
        raise SealedElsewhere from unknown


def _keys(purpose: str) -> MultiFernet:
    """Return the keys of one purpose: the newest seals, and each of them opens."""
    secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(urlsafe_b64encode(sha256(f"{purpose}:{secret}".encode()).digest())) for secret in secrets]
    )
