"""The e-mails of inviting: the letter, one reminder of it, and the word to us that nothing moves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partners.models import Invitation, Organization, Person
from stemnet.domain import mail

LETTER, REMINDER, STALE = "mail/partners/invitation", "mail/partners/invited", "mail/partners/stale"


class Piece(Protocol):
    """A stretch of a text: words, or the place of the link."""

    @property
    def words(self) -> str:
        """What it says."""

    @property
    def is_link(self) -> bool:
        """Whether the personal link stands here."""


def letter(
    invitation: Invitation, *, pieces: Iterable[Piece], link: str, stop_link: str, at: datetime
) -> None:
    """Queue the letter of invitation; an answer by mail goes to whoever suggested."""
    with translation.override(invitation.language):
        why = _("You get this because %(sender)s suggested %(organization)s for our partnership.") % {
            "sender": invitation.sender,
            "organization": invitation.organization,
        }
    _to_invited(
        LETTER, invitation, said={"pieces": pieces, "why": why}, link=link, stop_link=stop_link, at=at
    )


def reminder(invitation: Invitation, *, link: str, stop_link: str, at: datetime) -> None:
    """Queue the one reminder of a letter that nobody answered."""
    with translation.override(invitation.language):
        why = _("You get this once, because our letter to %(organization)s has no answer yet.") % {
            "organization": invitation.organization
        }
    _to_invited(REMINDER, invitation, said={"why": why}, link=link, stop_link=stop_link, at=at)


def stale(
    organization: Organization, *, step: int, days: int, person: Person | None, address: str, at: datetime
) -> None:
    """Queue the word that an organization has stood at one stage for long; once a ``step``."""
    language = person.language if person else "en"
    with translation.override(language):
        why = (
            _("You get this because you suggested %(organization)s.")
            if person and not person.is_coordinator
            else _("You get this because you coordinate the partnership.")
        ) % {"organization": organization}
        stage = str(organization.get_stage_display())
    mail.queue(
        key=f"stale:{step}",
        address=address,
        template=STALE,
        context={
            "person": person,
            "organization": organization,
            "stage": stage,
            "days": days,
            "url": settings.SITE_URL + reverse("suggest_organization"),
            "why": why,
        },
        at=at,
        recipient=str(person.uid) if person else "",
        language=language,
    )


def _to_invited(
    template: str, invitation: Invitation, *, said: dict[str, Any], link: str, stop_link: str, at: datetime
) -> None:
    """Queue a mail with the personal link: secret, with Reply-To and one-click stopping."""
    sender = invitation.sender.primary_address
    mail.queue(
        key=f"{template.rsplit('/', 1)[-1]}:{invitation.uid}",
        address=invitation.address,
        template=template,
        context={"invitation": invitation, "link": link, **said},
        at=at,
        language=invitation.language,
        object=f"invitation:{invitation.uid}",
        headers={"Reply-To": sender} if sender else None,
        unsubscribe_url=stop_link,
        secret=True,
    )
