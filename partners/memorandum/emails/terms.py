"""The e-mails of the memorandum's calendar: renewal, yearly review, withdrawal, the end."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.memorandum.emails.mou import contacts, coordinators
from partners.memorandum.emails.signing import concerned, to_person
from partners.models import Mou, MouRole, Person
from stemnet import wording


def renewal(mou: Mou, *, on: date, days: int, roles: Iterable[MouRole], at: datetime) -> None:
    """Tell the coordinators and the partners' contacts that the memorandum ends in so many days."""
    for person in everyone(roles):
        with override(person.language):
            values = {"mou": mou, "day": wording.day(on), "days": days}
            said = {
                "subject": _("%(mou)s ends on %(day)s") % values,
                "lines": [
                    _("“%(mou)s” ends on %(day)s. This is the reminder %(days)s days ahead.") % values,
                    _("To go on, the partners agree on the next version and sign it."),
                ],
                "action": _("Open the MOU"),
                "url": mou.get_absolute_url(),
                "why": why(mou),
            }
            to_person(f"mou_renewal:{mou.slug}:{on}:{days}", person, said, at=at)


def review_due(mou: Mou, *, at: datetime) -> None:
    """Tell the coordinators that the yearly review is due."""
    for person in coordinators():
        with override(person.language):
            values = {"mou": mou, "day": wording.day(mou.review_on)}  # type: ignore[arg-type]
            said = {
                "subject": _("The yearly review of %(mou)s is due") % values,
                "lines": [_("The yearly review of “%(mou)s” is due since %(day)s.") % values],
                "action": _("Write down the review"),
                "url": reverse("mou_term", args=[mou.slug]),
                "why": _("You get this because you coordinate the partnership."),
            }
            to_person(f"mou_review:{mou.slug}:{mou.review_on}", person, said, at=at)


def withdrawing(role: MouRole, *, reason: str, at: datetime) -> None:
    """Tell the contacts of the partner and the coordinators that it withdraws."""
    for person in concerned(role):
        with override(person.language):
            values = {
                "organization": role.organization,
                "mou": role.mou,
                "day": wording.day(role.withdrawn_on),  # type: ignore[arg-type]
            }
            said = {
                "subject": _("%(organization)s withdraws from %(mou)s") % values,
                "lines": [_("%(organization)s withdraws from “%(mou)s” from %(day)s on.") % values],
                "quote": reason,
                "action": _("Open the MOU"),
                "url": role.mou.get_absolute_url(),
                "why": why(role.mou),
            }
            to_person(
                f"mou_notice:{role.mou.slug}:{role.organization.slug}:{at.isoformat()}", person, said, at=at
            )


def ended(mou: Mou, *, on: date, roles: Iterable[MouRole], at: datetime) -> None:
    """Tell the coordinators and the partners' contacts that the memorandum has ended."""
    for person in everyone(roles):
        with override(person.language):
            values = {"mou": mou, "day": wording.day(on)}
            said = {
                "subject": _("%(mou)s has ended") % values,
                "lines": [_("“%(mou)s” ended on %(day)s. What was signed can still be read.") % values],
                "action": _("Open the MOU"),
                "url": mou.get_absolute_url(),
                "why": why(mou),
            }
            to_person(f"mou_ended:{mou.slug}:{on}", person, said, at=at)


def everyone(roles: Iterable[MouRole]) -> Iterable[Person]:
    """Return the coordinators and the contacts of these parts, each once."""
    people = {person.pk: person for person in coordinators()}
    for role in roles:
        people |= {person.pk: person for person in contacts(role)}
    return people.values()


def why(mou: Mou) -> str:
    """Return why one gets a mail about the memorandum's calendar."""
    said = _("You get this because you coordinate the partnership or are a contact for “%(mou)s”.")
    return said % {"mou": mou}
