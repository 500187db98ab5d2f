"""The mail about documents: they are ready, one was replaced, one was revoked."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from partners.people.emails import letter_to, to_person
from registrations.models import Document, Registration
from registrations.seats.emails import own_mails, why
from stemnet.outbox.queueing import Letter, prepare_many, put
from stemnet.outbox.worded import Place

ABOUT = gettext_lazy("Hours and documents")


def documents_ready(told: Iterable[tuple[Registration, Mapping[str, str]]], *, at: datetime) -> None:
    """Tell each person which documents (occasion to name, see `domain.telling`) can be had; once each."""
    letters = [_ready(one, occasions) for one, occasions in told if one.person.primary_address]
    put(prepare_many(letters, at=at), at=at)


def _ready(registration: Registration, occasions: Mapping[str, str]) -> Letter:
    """Return the letter that says which documents one person can have."""
    network = registration.network
    return letter_to(
        registration.person,
        "mail/registrations/documents_ready",
        lambda: {
            "network": network,
            "names": list(occasions.values()),
            "url": settings.SITE_URL + reverse("my_documents", args=[network.slug]),
            "why": why.took_part(network),
        },
        key=f"documents-ready:{registration.pk}:{'+'.join(sorted(occasions))}",
        about=f"documents:{registration.pk}",
    )


def document_replaced(*, old: Document, new: Document, at: datetime) -> None:
    """Tell one person that a document of theirs was replaced by a new one."""
    to_person(
        new.person,
        "mail/registrations/document_replaced",
        lambda: {
            "network": new.network,
            "old": old,
            "new": new,
            "url": settings.SITE_URL + reverse("document", args=[new.uid]),
            "why": why.took_part(new.network),
        },
        key=f"document-replaced:{new.number}",
        about=f"documents:{new.registration_id}",
        at=at,
    )


def document_revoked(*, document: Document, reason: str, at: datetime) -> None:
    """Tell one person that a document of theirs was revoked, and why."""
    to_person(
        document.person,
        "mail/registrations/document_revoked",
        lambda: {
            "network": document.network,
            "document": document,
            "reason": reason,
            "why": why.took_part(document.network),
        },
        key=f"document-revoked:{document.number}",
        about=f"documents:{document.registration_id}",
        at=at,
    )


def add_mails() -> None:
    """Let networks and the partnership word these mails."""
    names = Place("documents", gettext_lazy("documents"), lambda context: ", ".join(context["names"]))
    new = Place("number", gettext_lazy("number"), lambda context: context["new"].number)
    revoked = Place("number", gettext_lazy("number"), lambda context: context["document"].number)
    for kind, label, place in (
        ("documents_ready", gettext_lazy("Documents are ready"), names),
        ("document_replaced", gettext_lazy("A document was replaced"), new),
        ("document_revoked", gettext_lazy("A document was revoked"), revoked),
    ):
        own_mails.can_be_worded(kind, label, place, about=ABOUT)
