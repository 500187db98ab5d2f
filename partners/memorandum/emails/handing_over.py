"""The e-mails about a contact who hands over: one to who leaves, one to who takes over."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.memorandum.emails import why
from partners.models import MouRole, Organization, Person
from partners.people.emails import WORDS, to_person
from stemnet.telling import afterwards


@afterwards
def handed_over(
    organization: Organization,
    *,
    leaver: Person,
    successor: Person,
    matches: int,
    signs: list[MouRole],
    left: bool,
    at: datetime,
) -> None:
    """Tell both who looks after the partner from now on, and what the leaver is to sign still."""
    values = {"organization": organization, "leaver": leaver, "successor": successor}

    def lines() -> list[str]:
        return [_following(matches), *_signing(signs, leaver)]

    to_person(
        successor,
        WORDS,
        lambda: _taken_over(values, lines()),
        key=f"handed_over_to:{organization.slug}:{successor.uid}:{at.isoformat()}",
        at=at,
    )
    to_person(
        leaver,
        WORDS,
        lambda: _given_over(values, lines(), left=left),
        key=f"handed_over_by:{organization.slug}:{leaver.uid}:{at.isoformat()}",
        at=at,
    )


def _taken_over(values: dict[str, Any], lines: list[str]) -> dict[str, Any]:
    """Return what the successor reads."""
    return {
        "filled": values,
        "subject": _("You're now the contact for %(organization)s") % values,
        "lines": [
            _("%(leaver)s handed their work for %(organization)s over to you.") % values,
            *lines,
            _("Sign in with this e-mail address. We'll send it a code."),
        ],
        "action": _("Open the partner's own page"),
        "url": reverse("mine_of", args=[values["organization"].slug]),
        "why": why.contact(values["organization"]),
    }


def _given_over(values: dict[str, Any], lines: list[str], *, left: bool) -> dict[str, Any]:
    """Return what the leaver reads."""
    gone = _("They told us you no longer work there. If you do, say so in your profile.")
    return {
        "filled": values,
        "subject": _("%(successor)s is now the contact for %(organization)s") % values,
        "lines": [
            _("%(successor)s is taking over your work for %(organization)s.") % values,
            *lines,
            *([gone] if left else []),
        ],
        "action": _("See the partner's page"),
        "url": reverse("partner", args=[values["organization"].slug]),
        "why": why.was_contact(values["organization"]),
    }


def _following(matches: int) -> str:
    if not matches:
        return _("There are no open matches to take over.")
    said = ngettext("%(number)d open match comes with it.", "%(number)d open matches come with it.", matches)
    return said % {"number": matches}


def _signing(signs: list[MouRole], leaver: Person) -> list[str]:
    """Say which parts name the leaver as signatory; naming another is an act of its own."""
    said = _("%(leaver)s is still named to sign “%(mou)s”. Name another signatory there if they leave.")
    return [said % {"leaver": leaver, "mou": role.mou} for role in signs]
