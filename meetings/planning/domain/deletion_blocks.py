"""What of meetings is in the way of deleting somebody's data: leading a group alone, being a contact."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import GroupLead, Meeting, Network, WorkingGroup
from partners.models import Person
from partners.people.domain.deletion import Block


def leads_alone(person: Person, /, *, at: datetime) -> Iterable[Block]:
    """Yield a block for each team, and each group of a network that goes on, that nobody else leads."""
    leads = GroupLead.objects.current().filter(working_group=OuterRef("pk"))
    goes_on = Meeting.objects.filter(network=OuterRef("network"), ends_at__gt=at)
    groups = WorkingGroup.objects.filter(
        Exists(leads.filter(person=person)), ~Exists(leads.exclude(person=person))
    )
    for group in groups.filter(Q(network=None) | Exists(goes_on)).select_related("network"):
        words = _("You lead the group %(group)s. Ask its staff to name another lead.")
        yield Block(words % {"group": group.title}, reverse("group", args=[group.uid]), group.title)


def is_named_contact(person: Person, /, *, at: datetime) -> Iterable[Block]:
    """Yield a block for each network that goes on and gives an address of theirs as its contact."""
    addresses = person.emails.values("address")
    goes_on = Meeting.objects.filter(network=OuterRef("pk"), ends_at__gt=at)
    for network in Network.objects.filter(Exists(goes_on), contact_email__in=addresses):
        words = _("You're the contact of %(network)s. Ask its staff to name another one.")
        yield Block(words % {"network": network}, network.get_absolute_url(), network.title)
