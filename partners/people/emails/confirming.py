"""The e-mails about whether somebody works where they say: to whoever answers for it, and the answer."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.memorandum.emails.mou import coordinators, queue_to
from partners.models import Organization, Person, Position, contacts_of, local_day


def asked(position: Position, *, at: datetime) -> None:
    """Ask the contacts of the organization, or of what it is part of, else the coordinators."""
    organization = position.organization
    if organization is None:
        return
    answering, people = _who_answers(organization, at=at)
    for one in people:
        with override(one.language):
            values = {"person": position.person, "organization": organization}
            said = {
                "subject": _("Does %(person)s work at %(organization)s?") % values,
                "lines": [
                    _("%(person)s says so, and asks to see what partners need.") % values,
                    _("The address that they proved: %(address)s.")
                    % {"address": position.person.proved_address or _("none")},
                ],
                "action": _("Answer"),
                "url": reverse("mine_colleagues", args=[answering.slug]),
                "why": _("You get this because you answer for %(organization)s.")
                % {"organization": answering},
            }
            queue_to(one, said, key=f"confirm:{position.pk}:{one.uid}:{at.isoformat()}", at=at)


def confirmed(organization: Organization, person: Person, *, at: datetime) -> None:
    """Tell somebody that they see what partners need from now on."""
    with override(person.language):
        said = {
            "subject": _("It is confirmed that you work at %(name)s") % {"name": organization},
            "lines": [_("You see now what partners need, and who gives what.")],
            "action": _("See needs and contributions"),
            "url": reverse("matrix"),
            "why": _("You get this because it was asked whether you work there."),
        }
        queue_to(person, said, key=f"confirmed:{organization.slug}:{person.uid}:{at.isoformat()}", at=at)


def named_contact(organization: Organization, person: Person, *, by: Person, at: datetime) -> None:
    """Tell somebody that they write for a partner from now on, and where."""
    with override(person.language):
        values = {"name": organization, "by": by}
        said = {
            "subject": _("You are a contact of %(name)s") % values,
            "lines": [
                _("%(by)s named you. You keep its page, say what it needs and gives, and confirm its people.")
                % values
            ],
            "action": _("Open our page"),
            "url": reverse("mine_of", args=[organization.slug]),
            "why": _("You get this because you were named as a contact of %(name)s.") % values,
        }
        queue_to(person, said, key=f"contact:{organization.slug}:{person.uid}:{at.isoformat()}", at=at)


def _who_answers(organization: Organization, *, at: datetime) -> tuple[Organization, list[Person]]:
    """Return who answers whether somebody works there, and the organization for which they answer."""
    for one in filter(None, (organization, organization.part_of)):
        people = contacts_of(one, on=local_day(at)).prefetch_related("emails")
        if found := [who for who in people if who.primary_address]:
            return one, found
    return organization, list(coordinators())
