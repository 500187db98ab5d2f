"""A document as a verifiable credential: Open Badges 3.0 in a JWT, from its snapshot (docs/rules.md 3.7).

It is made when its person asks for it and kept nowhere. It names them by a salted hash of their address; what
it says of them besides stands on the page of the document, which it leads to.
"""

import hashlib
import secrets
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from jwt.algorithms import RSAAlgorithm

from registrations.credit.domain.seals import seal_in_use
from registrations.credit.domain.snapshots import address_of
from registrations.credit.exceptions import CredentialRefused
from registrations.models import Document, Seal
from stemnet import pdf_seal

CONTEXTS = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
]


def can_be_had() -> bool:
    """Return whether the operator has a key to sign with."""
    return bool(settings.SEAL_FILE)


def signed_credential(document: Document, *, at: datetime) -> str:
    """Return the credential of a valid document as a compact JWT, signed with the key of the seal (RS256).

    Raises CredentialRefused for a document that doesn't stand, or where the operator has no key, and
    SealUnusable where the key can't be used at the moment ``at``.
    """
    if document.status != Document.Status.VALID:
        raise CredentialRefused(
            sentence=_("No. %(number)s is no longer valid, so it gives no badge.")
            % {"number": document.number}
        )
    key = pdf_seal.seal_key()
    seal = seal_in_use(at=at)
    if key is None or seal is None:
        raise CredentialRefused(sentence=_("This portal has no key to sign badges with."))
    pdf_seal.check_is_valid(key, at=at)
    said = credential_of(document, salt=secrets.token_hex(16))
    claims = {
        **said,
        "iss": said["issuer"]["id"],
        "jti": said["id"],
        "nbf": int(document.issued_at.timestamp()),
    }
    return jwt.encode(claims, key.key, algorithm="RS256", headers={"typ": "JWT", "kid": key_address(seal)})


def credential_of(document: Document, *, salt: str) -> dict[str, Any]:
    """Return what the credential says, as plain JSON; the address of the person is hashed with ``salt``."""
    snapshot = document.snapshot
    with translation.override(snapshot["language"]):
        return {
            "@context": CONTEXTS,
            "id": address_of(document.code),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": f"{document.name}, {snapshot['network']}",
            "issuer": issuer_profile(snapshot["issuer"]),
            "validFrom": _moment(document.issued_at),
            "credentialSubject": _subject(document, salt=salt),
            "evidence": [
                {
                    "id": address_of(document.code),
                    "type": ["Evidence"],
                    "name": _("Document No. %(number)s") % {"number": document.number},
                }
            ],
            "credentialStatus": {"id": status_address(document), "type": "1EdTechRevocationList"},
        }


def issuer_profile(name: str) -> dict[str, Any]:
    """Return who issues, as a profile; it stands at the address that is its ``id``."""
    return {
        "id": f"{settings.SITE_URL}{reverse('credential_issuer')}",
        "type": ["Profile"],
        "name": name,
        "url": settings.SITE_URL,
    }


def _subject(document: Document, *, salt: str) -> dict[str, Any]:
    snapshot = document.snapshot
    days = [one["on"] for one in snapshot["meetings"]]
    total = snapshot.get("total") or snapshot["hours"]
    subject: dict[str, Any] = {
        "type": ["AchievementSubject"],
        "identifier": [hashed_address(document.person.primary_address, salt=salt)],
        "achievement": _achievement(document),
        "narrative": str(total),
    }
    if days:
        subject["activityStartDate"] = f"{min(days)}T00:00:00Z"
        subject["activityEndDate"] = f"{max(days)}T00:00:00Z"
    if document.kind == Document.Kind.PDP and (units := _units(snapshot)):
        subject["creditsEarned"] = units
    return subject


def hashed_address(address: str, *, salt: str) -> dict[str, Any]:
    """Return an address so that only who knows it finds it again: an IdentityObject of the specification."""
    digest = hashlib.sha256(f"{address}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
        "salt": salt,
    }


def _achievement(document: Document) -> dict[str, Any]:
    snapshot = document.snapshot
    is_certificate = document.kind == Document.Kind.PDP
    network = f"{settings.SITE_URL}{reverse('network', args=[document.network.slug])}"
    criteria = snapshot.get("assessment") if is_certificate else ""
    found = {
        "id": f"{network}#{document.kind}",
        "type": ["Achievement"],
        "name": f"{document.name}: {snapshot['network']}, {snapshot['school_year']}",
        "description": " ".join(filter(None, [snapshot["organizer"], snapshot.get("objectives", "")])),
        "criteria": {"narrative": criteria or snapshot["statement"] or _("Hours of attendance.")},
    }
    return {**found, "achievementType": "CertificateOfCompletion"} if is_certificate else found


def _units(snapshot: dict[str, Any]) -> float:
    """Return the units as a number, which the narrative names."""
    try:
        return float(Decimal(str(snapshot.get("units", "")).replace(",", ".")))
    except InvalidOperation:
        return 0.0


def _moment(at: datetime) -> str:
    """Return a moment in UTC to the second, as the specification writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def status_address(document: Document) -> str:
    """Return where it stands whether the credential was withdrawn."""
    return f"{settings.SITE_URL}{reverse('credential_status', args=[document.printed_code])}"


def status_of(document: Document, *, issuer: str) -> dict[str, Any]:
    """Return the list of what was withdrawn: this one or nothing, so that no code of another stands in it."""
    gone = document.status != Document.Status.VALID
    return {
        "id": status_address(document),
        "issuer": issuer_profile(issuer)["id"],
        "revokedCredentials": [
            {
                "id": address_of(document.code),
                "revoked": True,
                "revocationReason": str(document.get_status_display()),
            }
        ]
        if gone
        else [],
    }


def key_address(seal: Seal) -> str:
    """Return where the public key of a seal stands, by which a credential names it."""
    return f"{settings.SITE_URL}{reverse('credential_key', args=[seal.fingerprint])}"


def public_key(seal: Seal) -> dict[str, Any]:
    """Return the public key of a seal as a JWK (RFC 7517). Raises ValueError where that is no RSA key."""
    key = x509.load_pem_x509_certificate(seal.pem.encode()).public_key()
    if not isinstance(key, RSAPublicKey):
        raise ValueError("The certificate of a seal holds no RSA key.")
    known = RSAAlgorithm.to_jwk(key, as_dict=True)
    return {
        "kty": "RSA",
        "n": known["n"],
        "e": known["e"],
        "alg": "RS256",
        "use": "sig",
        "kid": key_address(seal),
    }
