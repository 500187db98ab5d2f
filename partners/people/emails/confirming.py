"""The e-mails about whether somebody works where they say: to whoever answers for it, and the answer."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import Organization, Person, Position, contacts_of, local_day
from partners.people.emails import WORDS, to_each, to_person, why
from stemnet.telling import afterwards


@afterwards
def asked(position: Position, *, at: datetime) -> None:
    """Ask the contacts of the organization, or of what it is part of, else the coordinators."""
    organization = position.organization
    if organization is None:
        return
    answering, people = _who_answers(organization, at=at)
    values = {"person": position.person, "organization": organization}
    to_each(
        people,
        WORDS,
        lambda: {
            "filled": {"who": position.person, "organization": organization},
            "subject": _("Does %(person)s work at %(organization)s?") % values,
            "lines": [
                _("%(person)s says they do, and would like to see what partners need.") % values,
                _("Their confirmed e-mail address: %(address)s.")
                % {"address": position.person.proved_address or _("none")},
            ],
            "action": _("Answer"),
            "url": reverse("mine_colleagues", args=[answering.slug]),
            "why": why.answers_for(answering),
        },
        key=f"confirm:{position.pk}:{at.isoformat()}",
        at=at,
    )


@afterwards
def confirmed(organization: Organization, person: Person, *, at: datetime) -> None:
    """Tell somebody that they see what partners need from now on."""
    to_person(
        person,
        WORDS,
        lambda: {
            "filled": {"organization": organization},
            "subject": _("You've been confirmed at %(name)s") % {"name": organization},
            "lines": [_("You can now see what partners need and who contributes what.")],
            "action": _("See needs and contributions"),
            "url": reverse("matrix"),
            "why": why.asked_whether_you_work_there(),
        },
        key=f"confirmed:{organization.slug}:{person.uid}:{at.isoformat()}",
        at=at,
    )


@afterwards
def named_contact(organization: Organization, person: Person, *, by: Person, at: datetime) -> None:
    """Tell somebody that they write for a partner from now on, and where."""
    values = {"name": organization, "by": by}
    to_person(
        person,
        WORDS,
        lambda: {
            "filled": {"organization": organization, "who": by},
            "subject": _("You're now a contact for %(name)s") % values,
            "lines": [
                _(
                    "%(by)s named you. You keep its page up to date, list what it needs and "
                    "contributes, and confirm the people who work there."
                )
                % values
            ],
            "action": _("Open our page"),
            "url": reverse("mine_of", args=[organization.slug]),
            "why": why.named_contact(organization),
        },
        key=f"contact:{organization.slug}:{person.uid}:{at.isoformat()}",
        at=at,
    )


def _who_answers(organization: Organization, *, at: datetime) -> tuple[Organization, list[Person]]:
    """Return who answers whether somebody works there, and the organization for which they answer."""
    for one in filter(None, (organization, organization.part_of)):
        people = contacts_of(one, on=local_day(at)).prefetch_related("emails")
        if found := [who for who in people if who.primary_address]:
            return one, found
    return organization, list(Person.objects.coordinators())
