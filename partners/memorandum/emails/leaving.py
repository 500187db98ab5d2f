"""The e-mail to the other partners of a memorandum when one gives notice."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from partners.memorandum.emails import why
from partners.memorandum.emails.mou import concerned, contacts
from partners.models import MouRole, Person
from partners.people.emails import WORDS, to_each
from stemnet import wording
from stemnet.telling import afterwards


@afterwards
def told_others(role: MouRole, *, on: date, at: datetime) -> None:
    """Tell the contacts of the other partners that one withdraws from ``on`` on; its reason is not theirs."""
    values = {"organization": role.organization, "mou": role.mou}
    to_each(
        others(role),
        WORDS,
        lambda: {
            "filled": {**values, "day": wording.day(on)},
            "subject": _("%(organization)s is withdrawing from %(mou)s") % values,
            "lines": [
                _("%(organization)s is withdrawing from “%(mou)s” on %(day)s.")
                % {**values, "day": wording.day(on)},
                _("Its needs and contributions end then, and so do matches with it that aren't delivered."),
                _("The memorandum stays in effect for you and the other partners."),
            ],
            "action": _("Open the MOU"),
            "url": role.mou.get_absolute_url(),
            "why": why.coordinates_or_contact(role.mou),
        },
        key=f"mou_notice_others:{role.mou.slug}:{role.organization.slug}:{at.isoformat()}",
        at=at,
    )


def others(role: MouRole) -> Iterable[Person]:
    """Return the contacts of the other standing parts, without those who are told as the leaver's own."""
    found = role.mou.roles.standing().exclude(pk=role.pk).select_related("drafter", "lead_contact")
    people = {person.pk: person for one in found for person in contacts(one)}
    for person in concerned(role):
        people.pop(person.pk, None)
    return people.values()
