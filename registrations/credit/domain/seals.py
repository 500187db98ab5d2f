"""Which seal documents carry, kept so that anyone can check them once the key was replaced."""

from datetime import datetime

from registrations.models import Seal
from stemnet import pdf_seal


def seal_in_use(*, at: datetime) -> Seal | None:
    """Return the row of the seal that documents get now, new or known; None where the operator has none."""
    key = pdf_seal.seal_key()
    if key is None:
        return None
    facts = {"name": key.name[:300], "pem": key.pem.decode(), "first_used_at": at}
    return Seal.objects.get_or_create(fingerprint=key.fingerprint, defaults=facts)[0]
