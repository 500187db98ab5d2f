"""The e-mails of inviting: the letter, one reminder of it, and the word to us that nothing moves."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.models import Invitation, Organization, Person
from partners.people.emails import Said
from partners.people.emails.why import coordinates
from stemnet.outbox.queueing import queue

LETTER, REMINDER, STALE = "mail/partners/invitation", "mail/partners/invited", "mail/partners/stale"


class Piece(Protocol):
    """A stretch of a text: words, or the place of the link."""

    @property
    def words(self) -> str:
        """Return what it says."""

    @property
    def is_link(self) -> bool:
        """Return whether the personal link stands here."""


def letter(
    invitation: Invitation, *, pieces: Iterable[Piece], link: str, stop_link: str, at: datetime
) -> None:
    """Queue the letter of invitation; an answer by mail goes to whoever suggested."""
    _to_invited(
        LETTER,
        invitation,
        lambda: {
            "pieces": pieces,
            "why": _("You're getting this because %(sender)s suggested %(name)s for our partnership.")
            % {"sender": invitation.sender, "name": invitation.organization},
        },
        link=link,
        stop_link=stop_link,
        at=at,
    )


def reminder(
    invitation: Invitation, *, session: Callable[[], str], link: str, stop_link: str, at: datetime
) -> None:
    """Queue the one reminder of a letter that nobody answered; ``session`` says when the next one is."""
    _to_invited(
        REMINDER,
        invitation,
        lambda: {
            "session": session(),
            "why": _("You're getting this once, because we haven't heard back about our letter to %(name)s.")
            % {"name": invitation.organization},
        },
        link=link,
        stop_link=stop_link,
        at=at,
    )


def stale(
    organization: Organization, *, step: int, days: int, person: Person | None, address: str, at: datetime
) -> None:
    """Queue the word that an organization has stood at one stage for long; once a ``step``."""
    language = person.language if person else "en"
    with override(language):
        suggested = person is not None and not person.is_coordinator
        context = {
            "person": person,
            "organization": organization,
            "stage": str(organization.get_stage_display()),
            "days": days,
            "url": settings.SITE_URL + reverse("suggest_organization"),
            "why": _("You're getting this because you suggested %(name)s.") % {"name": organization}
            if suggested
            else coordinates(),
        }
    queue(
        key=f"stale:{step}",
        address=address,
        template=STALE,
        context=context,
        at=at,
        recipient=f"person:{person.uid}" if person else "",
        language=language,
    )


def _to_invited(
    template: str, invitation: Invitation, said: Said, *, link: str, stop_link: str, at: datetime
) -> None:
    """Queue a mail with the personal link: secret, with Reply-To and one-click stopping."""
    sender = invitation.sender.primary_address
    with override(invitation.language):
        context = {"invitation": invitation, "link": link, **said()}
    queue(
        key=f"{template.rsplit('/', 1)[-1]}:{invitation.uid}",
        address=invitation.address,
        template=template,
        context=context,
        at=at,
        language=invitation.language,
        object=f"invitation:{invitation.uid}",
        headers={"Reply-To": sender} if sender else None,
        unsubscribe_url=stop_link,
        secret=True,
    )
