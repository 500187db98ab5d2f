"""The contacts of partners, to whom coordinators can write."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import MouRole, Organization, Person, Position, Sector, Stage, local_day
from partners.models.people.person import PersonQuerySet
from registrations.messages.domain.audiences import Audience, Chosen, add_audience


def organizations(chosen: Chosen) -> QuerySet[Organization]:
    """Return the organizations of the chosen stages, sectors, regions and states of their part."""
    found = Organization.objects.current()
    for field in ("stage", "sector", "region"):
        if values := chosen.choice.get(field):
            found = found.filter(**{f"{field}__in": values})
    if states := chosen.choice.get("part"):
        parts = MouRole.objects.standing().filter(status__in=states)
        found = found.filter(pk__in=parts.values("organization"))
    return found


def contacts(chosen: Chosen) -> PersonQuerySet:
    """Return the contacts of these organizations: lead contacts of their parts, and their own contacts."""
    places = organizations(chosen).order_by().values("pk")
    leads = MouRole.objects.standing().filter(organization__in=places).values("lead_contact")
    speaking = Position.objects.speaking(local_day(chosen.at)).filter(organization__in=places)
    return Person.objects.filter(Q(pk__in=leads) | Q(pk__in=speaking.values("person")))


def words(chosen: Chosen) -> str:
    """Say whose contacts they are."""
    labels = {"stage": Stage, "sector": Sector, "part": MouRole.Status}
    said = [
        " / ".join(str(labels[field](value).label) for value in chosen.choice.get(field, []))
        for field in labels
    ]
    said.append(" / ".join(chosen.choice.get("region", [])))
    named = "; ".join(filter(None, said))
    return _("who are contacts of partners (%(which)s)") % {"which": named or _("all")}


def add_partner_audiences() -> None:
    """Fill the registry with the contacts of partners."""
    wants = ("stage", "sector", "region", "part")
    add_audience(
        Audience("contacts", gettext_lazy("Contacts of partners"), contacts, words, wants, of_partners=True)
    )
