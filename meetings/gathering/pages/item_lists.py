"""The lists of action items: one's own, those of a network, group or organization, and what is overdue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from meetings.gathering.domain.sources import groups_of
from meetings.gathering.pages.left_behind import shown_to
from meetings.models import ActionItem, Network, WorkingGroup, meeting_roles
from meetings.models.planning.working_group import WorkingGroupQuerySet
from partners.models import Organization, Person

MINE, OVERDUE, GIVEN, OPEN, DONE = "mine", "overdue", "given", "open", "done"
State = ActionItem.State


@dataclass(frozen=True)
class Asked:
    """Which list: of whom or where, and which of it; ``key`` and ``name`` are its words in the address."""

    show: str
    key: str = ""
    name: str = ""
    of: Network | WorkingGroup | Organization | None = None

    @property
    def title(self) -> str:
        """Return what the page is called."""
        if self.of:
            return _("Action items: %(name)s") % {"name": self.of}
        names = {MINE: _("My action items"), OVERDUE: _("Overdue action items")}
        return names.get(self.show, _("Action items you look after"))

    def address(self, show: str) -> str:
        """Return the address of the same list with another choice."""
        query = {self.key: self.name} if self.key else {}
        return f"{reverse('action_items')}?{urlencode({**query, 'show': show})}"


def asked_list(person: Person, query: Mapping[str, Any]) -> Asked | None:
    """Return the list that an address names; None where there is no such place to this person."""
    networks = Network.objects.visible_to(person)
    of, key, name = None, "", ""
    for word, rows, column in (
        ("network", networks, "slug"),
        ("group", _groups_known_to(person, networks), "uid"),
        ("organization", Organization.objects.answered_for_by(person), "slug"),
    ):
        if value := str(query.get(word, "")):
            of, key, name = _found(rows, column, value), word, value
            if of is None:
                return None
    choices = (OPEN, DONE) if of else (MINE, DONE, OVERDUE, GIVEN)
    show = str(query.get("show", ""))
    return Asked(show if show in choices else choices[0], key, name, of)


def _groups_known_to(person: Person, networks: QuerySet[Network]) -> WorkingGroupQuerySet:
    """Return the groups whose name this person may read: public ones, those they run, and their own."""
    public = Q(is_public=True) & (Q(network=None) | Q(network__in=networks))
    own = meeting_roles.meetings_as(meeting_roles.REGISTERED, person).values("working_group")
    items = ActionItem.objects.visible_to(person).values("working_group")
    sits = WorkingGroup.objects.with_team_member(person)
    runs = groups_of(person)
    ours = Q(pk__in=own) | Q(pk__in=items) | Q(pk__in=sits.values("pk")) | Q(pk__in=runs.values("pk"))
    return WorkingGroup.objects.filter(public | ours)


def _found(rows: Any, column: str, value: str) -> Any:
    try:
        return rows.filter(**{column: UUID(value) if column == "uid" else value}).first()
    except ValueError:
        return None


def items_of(asked: Asked, *, person: Person, today: date) -> QuerySet[ActionItem]:
    """Return the items of a list that ``person`` sees, those due first first."""
    rows = ActionItem.objects.all()
    if isinstance(asked.of, Network):
        rows = rows.filter(network=asked.of)
    elif isinstance(asked.of, WorkingGroup):
        rows = rows.filter(working_group=asked.of)
    elif isinstance(asked.of, Organization):
        rows = rows.filter(organization=asked.of)
    elif asked.show in (MINE, DONE):
        rows = rows.owned_by(person)
    else:
        rows = rows.run_by(person).whole()
    if asked.show == OVERDUE:
        rows = rows.overdue(today)
    elif asked.show == DONE:
        rows = rows.exclude(state=State.OPEN)
    else:
        rows = rows.open()
    found = shown_to(person, rows)
    return found.order_by("-closed_at", "pk") if asked.show == DONE else found


def shows_for(person: Person, asked: Asked) -> list[tuple[str, str, bool]]:
    """Return the choices above a list: label, address, and whether it is the one shown."""
    if asked.of:
        words = [(OPEN, _("Open")), (DONE, _("Done or dropped"))]
    else:
        words = [(MINE, _("To do")), (DONE, _("Done or dropped"))]
        if person.is_staff_for_all or person.roles & {"staffs_network", "leads_group"}:
            words += [(GIVEN, _("All open")), (OVERDUE, _("Overdue"))]
    return [(label, asked.address(show), show == asked.show) for show, label in words]


def back_to(address: str, item: ActionItem) -> str:
    """Return the page of ours that a press came from, else that of the item."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else item.get_absolute_url()
