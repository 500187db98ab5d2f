"""The e-mails of the memorandum's calendar: renewal, yearly review, withdrawal, the end."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.memorandum.emails import why
from partners.memorandum.emails.mou import concerned, contacts
from partners.memorandum.emails.signing import TEMPLATE
from partners.models import Mou, MouRole, Person
from partners.models.memorandum.binding import Bond
from partners.people.emails import to_each
from partners.people.emails.why import coordinates
from stemnet import wording
from stemnet.telling import afterwards

FEW = 2


def renewal(mou: Mou, ending: list[Bond], *, on: date, days: int, at: datetime) -> None:
    """Tell the coordinators and the contacts of the partners in ``ending`` that their term ends on ``on``.

    ``days`` names which of the reminders it is; the mail says how many days are really left.
    """
    left = (on - ending[0].on).days
    for person, theirs in by_reader(ending):
        names = ", ".join(str(one.role) for one in theirs)
        to_each(
            [person],
            TEMPLATE,
            partial(_renewal, mou, theirs, reader=person, names=names, on=on, left=left),
            key=f"mou_renewal:{mou.slug}:{on}:{days}",
            at=at,
        )


def _renewal(
    mou: Mou, ending: list[Bond], *, reader: Person, names: str, on: date, left: int
) -> dict[str, Any]:
    """Return what one reader reads; a contact is led to where the partner says whether it renews."""
    values = {"mou": mou, "day": wording.day(on), "names": names, "days": left}
    said = ngettext(
        "“%(mou)s” ends on %(day)s for %(names)s, in %(days)s day.",
        "“%(mou)s” ends on %(day)s for %(names)s, in %(days)s days.",
        left,
    )
    last = _("“%(mou)s” ends today for %(names)s.")
    return {
        "filled": values,
        "subject": _("%(mou)s ends on %(day)s") % values,
        "lines": [(said if left else last) % values, *asked_lines(ending)],
        "action": _("Open the MOU") if reader.is_coordinator else _("Tell us whether you'll renew"),
        "url": mou.get_absolute_url()
        if reader.is_coordinator
        else reverse("mou_renewal", args=[mou.slug, ending[0].role.organization.slug]),
        "why": why.coordinates_or_contact(mou),
    }


def in_short(bonds: list[Bond]) -> str:
    """Name the partners where they are few, else say how many."""
    if len(bonds) <= FEW:
        return ", ".join(str(one.role) for one in bonds)
    return ngettext("%(n)d partner", "%(n)d partners", len(bonds)) % {"n": len(bonds)}


def asked_lines(ending: list[Bond]) -> list[str]:
    """Say who is asked to sign the next version; where nobody is, how the partners go on."""
    asked = [(one.role, one.asked) for one in ending if one.asked is not None]
    if not asked:
        return [_("To continue, the partners agree on the next version and sign it.")]
    said = _(
        "To continue, %(signatory)s needs to sign document no. %(number)s for "
        "%(organization)s. We've already asked."
    )
    told = [
        said % {"signatory": one.signatory_name, "number": one.document.printed_number, "organization": role}
        for role, one in asked
    ]
    others = [one for one in ending if one.asked is None]
    wait = _("Nobody has been asked to sign a next version for %(names)s yet.")
    return [*told, *([wait % {"names": in_short(others)}] if others else [])]


def by_reader(bonds: list[Bond]) -> list[tuple[Person, list[Bond]]]:
    """Return the coordinators with all of ``bonds``, and contacts with those of their partners, each once."""
    found = {person.pk: (person, bonds) for person in Person.objects.coordinators()}
    theirs: dict[int, tuple[Person, list[Bond]]] = {}
    for one in bonds:
        for person in contacts(one.role):
            theirs.setdefault(person.pk, (person, []))[1].append(one)
    return list({**theirs, **found}.values())


def review_due(mou: Mou, *, on: date, at: datetime) -> None:
    """Tell the coordinators that the yearly review is due since ``on``."""
    to_each(
        Person.objects.coordinators(),
        TEMPLATE,
        lambda: {
            "filled": {"mou": mou, "day": wording.day(on)},
            "subject": _("The yearly review of %(mou)s is due") % {"mou": mou},
            "lines": [
                _("The yearly review of “%(mou)s” was due on %(day)s.") % {"mou": mou, "day": wording.day(on)}
            ],
            "action": _("Record the review"),
            "url": reverse("mou_term", args=[mou.slug]),
            "why": coordinates(),
        },
        key=f"mou_review:{mou.slug}:{on}",
        at=at,
    )


@afterwards
def withdrawing(role: MouRole, *, on: date, reason: str, at: datetime) -> None:
    """Tell the contacts of the partner and the coordinators that it withdraws from ``on`` on."""
    values = {"organization": role.organization, "mou": role.mou}
    to_each(
        concerned(role),
        TEMPLATE,
        lambda: {
            "filled": {**values, "day": wording.day(on)},
            "subject": _("%(organization)s is withdrawing from %(mou)s") % values,
            "lines": [
                _("%(organization)s is withdrawing from “%(mou)s” on %(day)s.")
                % {**values, "day": wording.day(on)}
            ],
            "quote": reason,
            "action": _("Open the MOU"),
            "url": role.mou.get_absolute_url(),
            "why": why.coordinates_or_contact(role.mou),
        },
        key=f"mou_notice:{role.mou.slug}:{role.organization.slug}:{at.isoformat()}",
        at=at,
    )


def over(mou: Mou, those: list[Bond], *, on: date, at: datetime) -> None:
    """Tell the coordinators and the contacts of ``those`` partners that their term was over after ``on``."""
    for person, theirs in by_reader(those):
        to_each(
            [person], TEMPLATE, partial(_over, mou, theirs, on=on), key=f"mou_ended:{mou.slug}:{on}", at=at
        )


def _over(mou: Mou, those: list[Bond], *, on: date) -> dict[str, Any]:
    names = ", ".join(str(one.role) for one in those)
    values = {"mou": mou, "day": wording.day(on), "names": names, "who": in_short(those)}
    return {
        "filled": values,
        "subject": _("%(mou)s has ended for %(who)s") % values,
        "lines": [
            _("“%(mou)s” ended on %(day)s for %(names)s. What was signed can still be read.") % values,
            *(asked_lines(those) if mou.status != Mou.Status.ENDED else []),
        ],
        "action": _("Open the MOU"),
        "url": mou.get_absolute_url(),
        "why": why.coordinates_or_contact(mou),
    }


def lapsed(mou: Mou, *, on: date, at: datetime) -> None:
    """Tell the coordinators that what was asked for was not signed by its last day, so that it has ended."""
    to_each(
        Person.objects.coordinators(),
        TEMPLATE,
        lambda: {
            "filled": {"mou": mou, "day": wording.day(on)},
            "subject": _("%(mou)s has ended") % {"mou": mou},
            "lines": [
                _("“%(mou)s” was to run until %(day)s, and nobody signed it. The memorandum has ended.")
                % {"mou": mou, "day": wording.day(on)}
            ],
            "action": _("Open the MOU"),
            "url": mou.get_absolute_url(),
            "why": coordinates(),
        },
        key=f"mou_ended:{mou.slug}:{on}",
        at=at,
    )
