"""The e-mails about whether somebody works where they say: to whoever answers for it, and the answer."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.emails.mou import coordinators, queue_to
from partners.models import MouRole, Organization, Person, Position


def asked(position: Position, *, at: datetime) -> None:
    """Ask the lead contacts of the organization, or of what it is part of, else the coordinators."""
    organization = position.organization
    if organization is None:
        return
    answering, people = _who_answers(organization)
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


def _who_answers(organization: Organization) -> tuple[Organization, list[Person]]:
    """Return who answers whether somebody works there, and the organization for which they answer."""
    for one in filter(None, (organization, organization.part_of)):
        roles = MouRole.objects.filter(organization=one).exclude(status=MouRole.Status.WITHDRAWN)
        people = Person.objects.current().filter(pk__in=roles.values("lead_contact"))
        if found := [who for who in people.prefetch_related("emails") if who.primary_address]:
            return one, found
    return organization, list(coordinators())
