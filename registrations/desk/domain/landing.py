"""Which pages are somebody's own: the staff desk, the page of a group that they lead, My learning."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.models import WorkingGroup
from partners.models import Person
from registrations.desk.domain import staff_duties
from registrations.learning.pages import missing
from stemnet.landing import OwnPage

MOST = 3  # teams that are named among the pages of one person
NEWEST = (F("network__school_year").desc(nulls_last=True), "title", "pk")


def desk_pages(person: Person, /, *, at: datetime) -> Iterable[OwnPage]:
    """Return the staff desk, for staff and coordinators, and for whoever works for one network."""
    if person.is_staff_for_all or "staffs_network" in person.roles:
        yield OwnPage(_("Staff desk"), reverse("staff"), partial(staff_duties.has_due, person, at=at))


def group_pages(person: Person, /, *, at: datetime) -> Iterable[OwnPage]:
    """Return the page of the group that somebody leads this year; several are on the staff desk."""
    if "leads_group" not in person.roles:
        return
    led = list(WorkingGroup.objects.led_by(person).select_related("network").order_by(*NEWEST)[:2])
    due = partial(staff_duties.meetings_due(person, at=at).exists)
    if len(led) == 1 or (led and year_of(led[0]) != year_of(led[1])):
        yield OwnPage(led[0].title, led[0].get_absolute_url(), due)
    elif led and not (person.is_staff_for_all or "staffs_network" in person.roles):
        yield OwnPage(_("My groups"), reverse("staff"), due)


def team_pages(person: Person, /, *, at: datetime) -> Iterable[OwnPage]:
    """Return the pages of the teams of the partnership on which somebody sits, and which they don't lead."""
    if "sits_on_team" not in person.roles:
        return
    led = WorkingGroup.objects.led_by(person).values("pk")
    for team in WorkingGroup.objects.with_team_member(person).exclude(pk__in=led).order_by("title")[:MOST]:
        yield OwnPage(team.title, team.get_absolute_url(), lambda: False)


def year_of(group: WorkingGroup) -> str:
    """Return the school year of a group's network; none of a team."""
    return group.network.school_year if group.network else ""


def learning_pages(person: Person, /, *, at: datetime) -> Iterable[OwnPage]:
    """Return My learning, for whoever ever registered, or registered others."""
    if {"registered", "registers_others"} & person.roles:
        yield OwnPage(_("My learning"), reverse("learning"), partial(missing.has_due, person, at=at))
