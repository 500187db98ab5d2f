"""The e-mails of the memorandum's calendar: renewal, yearly review, withdrawal, the end."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.memorandum.emails import why
from partners.memorandum.emails.mou import concerned, contacts
from partners.memorandum.emails.signing import TEMPLATE
from partners.models import Mou, MouRole, Person
from partners.people.emails import to_each
from partners.people.emails.why import coordinates
from stemnet import wording


def renewal(mou: Mou, *, on: date, days: int, roles: Iterable[MouRole], at: datetime) -> None:
    """Tell the coordinators and the partners' contacts that the memorandum ends in so many days."""
    to_each(
        everyone(roles),
        TEMPLATE,
        lambda: {
            "subject": _("%(mou)s ends on %(day)s") % {"mou": mou, "day": wording.day(on)},
            "lines": [
                _("“%(mou)s” ends on %(day)s. This is the reminder %(days)s days ahead.")
                % {"mou": mou, "day": wording.day(on), "days": days},
                _("To go on, the partners agree on the next version and sign it."),
            ],
            "action": _("Open the MOU"),
            "url": mou.get_absolute_url(),
            "why": why.coordinates_or_contact(mou),
        },
        key=f"mou_renewal:{mou.slug}:{on}:{days}",
        at=at,
    )


def review_due(mou: Mou, *, on: date, at: datetime) -> None:
    """Tell the coordinators that the yearly review is due since ``on``."""
    to_each(
        Person.objects.coordinators(),
        TEMPLATE,
        lambda: {
            "subject": _("The yearly review of %(mou)s is due") % {"mou": mou},
            "lines": [
                _("The yearly review of “%(mou)s” is due since %(day)s.")
                % {"mou": mou, "day": wording.day(on)}
            ],
            "action": _("Write down the review"),
            "url": reverse("mou_term", args=[mou.slug]),
            "why": coordinates(),
        },
        key=f"mou_review:{mou.slug}:{on}",
        at=at,
    )


def withdrawing(role: MouRole, *, on: date, reason: str, at: datetime) -> None:
    """Tell the contacts of the partner and the coordinators that it withdraws from ``on`` on."""
    values = {"organization": role.organization, "mou": role.mou}
    to_each(
        concerned(role),
        TEMPLATE,
        lambda: {
            "subject": _("%(organization)s withdraws from %(mou)s") % values,
            "lines": [
                _("%(organization)s withdraws from “%(mou)s” from %(day)s on.")
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


def ended(mou: Mou, *, on: date, roles: Iterable[MouRole], at: datetime) -> None:
    """Tell the coordinators and the partners' contacts that the memorandum has ended."""
    to_each(
        everyone(roles),
        TEMPLATE,
        lambda: {
            "subject": _("%(mou)s has ended") % {"mou": mou},
            "lines": [
                _("“%(mou)s” ended on %(day)s. What was signed can still be read.")
                % {"mou": mou, "day": wording.day(on)}
            ],
            "action": _("Open the MOU"),
            "url": mou.get_absolute_url(),
            "why": why.coordinates_or_contact(mou),
        },
        key=f"mou_ended:{mou.slug}:{on}",
        at=at,
    )


def everyone(roles: Iterable[MouRole]) -> Iterable[Person]:
    """Return the coordinators and the contacts of these parts, each once."""
    people = {person.pk: person for person in Person.objects.coordinators()}
    for role in roles:
        people |= {person.pk: person for person in contacts(role)}
    return people.values()
