"""The mail that asks how matches go: one a person a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.exchange.emails import why
from partners.models import Match, Person
from partners.people.emails import WORDS, letter_to
from stemnet.models import MailClass
from stemnet.outbox.queueing import Letter


def how_it_goes(person: Person, matches: list[Match], *, today: date) -> Letter:
    """Ask a person about matches that stood still: confirmed, or delivered?"""
    return letter_to(
        person,
        WORDS,
        lambda: _asking(matches),
        key=f"matches_still:{person.uid}:{today}",
        mail_class=MailClass.REMINDER,
    )


def _asking(matches: list[Match]) -> Mapping[str, Any]:
    one = matches[0] if len(matches) == 1 else None
    subject = ngettext("How is “%(what)s” going?", "How are your %(number)d matches going?", len(matches))
    return {
        "subject": subject % {"what": matches[0].need.category, "number": len(matches)},
        "after": [question(match) for match in matches],
        "action": _("Tell us how it's going"),
        "url": reverse("match", args=[one.uid]) if one else reverse("matches"),
        "why": why.writes_for_one_of_two(),
    }


def question(match: Match) -> str:
    """Return what is asked about one match."""
    values = {
        "taker": match.need.organization,
        "giver": match.contribution.organization,
        "what": match.need.category,
    }
    if match.state == Match.State.CONFIRMED:
        return _("%(giver)s confirmed “%(what)s” for %(taker)s. Was it delivered?") % values
    return (
        _(
            "%(taker)s needs “%(what)s”, and %(giver)s may be able to provide it. Is it confirmed, or "
            "won't it happen?"
        )
        % values
    )
