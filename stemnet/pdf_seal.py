"""The operator's electronic seal on documents: a PAdES signature that any PDF reader checks by itself.

The key is a PKCS #12 file that ``SEAL_FILE`` names; without it documents carry no seal. A sealed document
keeps its tags and what it says of PDF/A and PDF/UA: the field of the seal has no size and lies off the page,
so that no reader meets it in the text, and has a name for screen readers (docs/decisions/0021).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stemnet.exceptions import SealUnusable

if TYPE_CHECKING:
    from stemnet.pdf_signer import SealSigner

LEAST_BITS = 2048


@dataclass(frozen=True)
class SealKey:
    """The private key of the seal, its certificate, and those between it and whoever vouches for it."""

    key: RSAPrivateKey
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]

    @property
    def name(self) -> str:
        """Return whom the certificate names."""
        names = self.certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return str(names[0].value) if names else self.certificate.subject.rfc4514_string()

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate in hexadecimal, by which one seal is told from another."""
        return self.certificate.fingerprint(SHA256()).hex()

    @property
    def pem(self) -> bytes:
        """Return the certificate, with those between, as PEM."""
        return b"".join(one.public_bytes(Encoding.PEM) for one in (self.certificate, *self.others))


def seal(pdf: bytes, *, at: datetime) -> bytes:
    """Return ``pdf`` with the seal on it, or as it is where the operator has none.

    Raises SealUnusable where the key can't be read, or its certificate isn't valid at the moment ``at``.
    """
    key = seal_key()
    if key is None:
        return pdf
    check_is_valid(key, at=at)
    return _signer(key).sealed(pdf, reason=_("Issued by %(name)s") % {"name": key.name})


def seal_key() -> SealKey | None:
    """Return the operator's key, read once a process; None where there is none. Raises SealUnusable."""
    return _read(settings.SEAL_FILE, settings.SEAL_PASSWORD) if settings.SEAL_FILE else None


def check_is_valid(key: SealKey, *, at: datetime) -> None:
    """Raise SealUnusable unless the certificate of ``key`` is valid at the moment ``at``."""
    first, last = key.certificate.not_valid_before_utc, key.certificate.not_valid_after_utc
    if at < first:
        raise SealUnusable(why=_("its certificate begins on %(day)s") % {"day": date_format(first, "F j, Y")})
    if at > last:
        raise SealUnusable(why=_("its certificate ended on %(day)s") % {"day": date_format(last, "F j, Y")})


@lru_cache(maxsize=2)
def _read(path: str, password: str) -> SealKey:
    """Return what a PKCS #12 file holds. Raises SealUnusable."""
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise SealUnusable(why=_("its file can't be read")) from error
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, password.encode() or None)
    except ValueError as error:
        raise SealUnusable(why=_("its file or its password is wrong")) from error
    if not isinstance(key, RSAPrivateKey) or certificate is None or key.key_size < LEAST_BITS:
        raise SealUnusable(why=_("its file holds no RSA key of 2,048 bits or more with its certificate"))
    return SealKey(key, certificate, tuple(others))


@lru_cache(maxsize=2)
def _signer(key: SealKey) -> "SealSigner":
    """Return what signs with ``key``; the library is read once somebody seals."""
    from stemnet.pdf_signer import SealSigner

    return SealSigner(key.key, key.certificate, key.others)
