"""Whom the memorandum binds on a day: by its newest signature, for the term in the document that was signed.

A partner that has left, by its own notice or by a merge, is bound no more; nor is one whose term is over.
"""

from datetime import date

from partners.models import Mou, MouDocument, MouRole, Signature
from partners.models.memorandum.signature import SignatureQuerySet


def bound(signatures: SignatureQuerySet, *, on: date) -> list[Signature]:
    """Return the signatures among ``signatures`` that bind on a day, of each part the newest.

    One counts before its term has begun, too: it was given and stands.
    """
    return [
        one
        for one in newest(signatures)
        if not has_left(one.part.role, on=on) and not is_over(one.document, on=on)
    ]


def newest(signatures: SignatureQuerySet) -> list[Signature]:
    """Return the newest signature of each part that was given, whether or not it binds still."""
    rows = signatures.given().select_related(
        "document__mou", "part__role__organization", "part__role__lead_contact"
    )
    return list({one.part.role_id: one for one in rows.order_by("signed_at", "pk")}.values())


def binds(role: MouRole, *, on: date) -> bool:
    """Return whether what was signed for this part binds on a day."""
    return bool(bound(Signature.objects.filter(part__role=role), on=on))


def bound_beside(role: MouRole, *, on: date) -> bool:
    """Return whether something else that the same organization signed binds it on a day."""
    others = Signature.objects.filter(part__role__organization=role.organization_id)
    return bool(bound(others.exclude(part__role=role), on=on))


def has_left(role: MouRole, *, on: date) -> bool:
    """Return whether a partner has left the memorandum by the day."""
    given_notice = role.withdrawn_on is not None and role.withdrawn_on <= on
    return role.status == MouRole.Status.WITHDRAWN or given_notice


def is_begun(document: MouDocument, *, on: date) -> bool:
    """Return whether the day from which a document is in force, as it was signed, has come."""
    return first_day(document) <= on


def is_over(document: MouDocument, *, on: date) -> bool:
    """Return whether the last day of a document, as it was signed, is past, or it ended without one."""
    last = last_day(document)
    return document.mou.status == Mou.Status.ENDED if last is None else last < on


def runs(document: MouDocument, *, on: date) -> bool:
    """Return whether a day is within the term of a document."""
    return is_begun(document, on=on) and not is_over(document, on=on)


def first_day(document: MouDocument) -> date:
    """Return the first day of a document's term as it was signed."""
    return date.fromisoformat(document.words["effective_on"])


def last_day(document: MouDocument) -> date | None:
    """Return the last day of a document's term as it was signed, or None where it says none."""
    said = document.words["ends_on"]
    return date.fromisoformat(said) if said else None
