"""The mail about documents: they are ready, one was replaced, one was revoked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partners.models import Person
from registrations.models import Document, Registration
from stemnet.domain import mail


def documents_ready(*, registration: Registration, names: Mapping[str, str], at: datetime) -> None:
    """Tell one person that these documents (kind to name) can be had; once a set of kinds."""
    network = registration.network
    _send(
        "registrations/documents_ready",
        key=f"documents-ready:{registration.pk}:{'+'.join(sorted(names))}",
        object=f"documents:{registration.pk}",
        person=registration.person,
        at=at,
        network=network,
        names=list(names.values()),
        url=settings.SITE_URL + reverse("my_documents", args=[network.slug]),
    )


def document_replaced(*, old: Document, new: Document, at: datetime) -> None:
    """Tell one person that a document of theirs was replaced by a new one."""
    _send(
        "registrations/document_replaced",
        key=f"document-replaced:{new.number}",
        object=f"documents:{new.registration_id}",
        person=new.person,
        at=at,
        network=new.network,
        old=old,
        new=new,
        url=settings.SITE_URL + reverse("document", args=[new.uid]),
    )


def document_revoked(*, document: Document, reason: str, at: datetime) -> None:
    """Tell one person that a document of theirs was revoked, and why."""
    _send(
        "registrations/document_revoked",
        key=f"document-revoked:{document.number}",
        object=f"documents:{document.registration_id}",
        person=document.person,
        at=at,
        network=document.network,
        document=document,
        reason=reason,
    )


def _send(template: str, *, key: str, object: str, person: Person, at: datetime, **context: Any) -> None:
    """Queue a mail about documents to the person's primary address, in the person's language."""
    if not person.primary_address:
        return
    with translation.override(person.language):
        why = _("You get this because you took part in %(network)s.") % {"network": context["network"]}
    mail.queue(
        key=key,
        address=person.primary_address,
        template=f"mail/{template}",
        context={"person": person, "why": why, **context},
        at=at,
        recipient=str(person.uid),
        object=object,
        language=person.language,
    )
