"""The e-mails to the other partner of a match, when one leaves and when it comes back."""

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.exchange.emails import why
from partners.exchange.emails.exchange import contacts
from partners.models import Match, Organization
from partners.people.emails import WORDS, to_each
from stemnet.telling import afterwards


def other_side(match: Match, organization: Organization) -> Organization:
    """Return the other partner of a match."""
    giver, taker = match.contribution.organization, match.need.organization
    return taker if giver == organization else giver


@afterwards
def rest(matches: list[Match], *, gone: Organization, at: datetime) -> None:
    """Tell the other partner of each match that it rests, because ``gone`` is a partner no more."""
    for match in matches:
        _rests(match, gone=gone, at=at)


def _rests(match: Match, *, gone: Organization, at: datetime) -> None:
    """Tell the other partner of one match."""
    values = {"who": gone, "what": match.need.category}

    def said() -> tuple[str, list[str]]:
        lines = [
            _("%(who)s is no longer a partner, so your match about “%(what)s” is paused.") % values,
            _("It resumes if %(who)s becomes a partner again. We'll e-mail you if that happens.") % values,
        ]
        if gone != match.need.organization:
            lines.append(_("Until then, your need is a gap again, and other partners can meet it."))
        return _("Your match with %(who)s is paused: %(what)s") % values, lines

    _tell(match, gone, said, kind="rests", at=at)


@afterwards
def go_on(matches: list[Match], *, back: Organization, at: datetime) -> None:
    """Tell the other partner of each match that it goes on, because ``back`` is a partner again."""
    for match in matches:
        _goes_on(match, back=back, at=at)


def _goes_on(match: Match, *, back: Organization, at: datetime) -> None:
    """Tell the other partner of one match."""
    values = {"who": back, "what": match.need.category}

    def said() -> tuple[str, list[str]]:
        line = _("%(who)s is a partner again, so your match about “%(what)s” picks up where it left off.")
        return _("Your match with %(who)s is back on: %(what)s") % values, [line % values]

    _tell(match, back, said, kind="goes_on", at=at)


def _tell(
    match: Match,
    organization: Organization,
    said: Callable[[], tuple[str, list[str]]],
    *,
    kind: str,
    at: datetime,
) -> None:
    """Send what ``said`` returns, a subject and lines, to the partner beside ``organization``."""
    to_each(
        contacts(other_side(match, organization)),
        WORDS,
        lambda: {
            "filled": {"organization": organization, "category": match.need.category},
            **dict(zip(("subject", "lines"), said(), strict=True)),
            "action": _("Open the match"),
            "url": reverse("match", args=[match.uid]),
            "why": why.writes_for_one_of_two(),
        },
        key=f"match_{kind}:{match.uid}:{at.isoformat()}",
        about=f"match:{match.uid}",
        at=at,
    )
