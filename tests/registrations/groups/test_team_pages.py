"""Pages of teams and of what was: whose own they are, who was there before, and copies for another year."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from meetings.groups.domain import teams
from meetings.models import WorkingGroup
from meetings.planning.domain.cloning import clone
from registrations.groups.domain import joining
from stemnet import landing
from tests.factories import NOW, SWEEP, a_group, a_network, a_registration, a_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_the_page_of_a_team_is_a_page_of_its_members_own(client):
    team, member = a_group(None, kind="advisory_team", title="Advisors"), a_user()
    teams.join_team(team, person=member.person, on=NOW.date())
    assert [page.url for page in landing.pages_of(member.person, at=NOW)] == [team.get_absolute_url()]
    client.force_login(member)
    html = client.get(team.get_absolute_url()).content.decode()
    assert "To leave the team, write to a coordinator." in html
    assert client.get(reverse("group_settings", args=[team.uid])).status_code == 403


def test_a_closed_team_is_a_page_for_nobody_else(client):
    team = a_group(None, kind="local_team", title="Wareham")
    client.force_login(a_user())
    assert client.get(team.get_absolute_url()).status_code == 404


def test_members_see_who_was_there_before(client):
    group = a_group(a_network())
    former, member = a_registration(group.network), a_user()
    a_registration(group.network, member.person)
    for person in (former.person, member.person):
        joining.join(group, person, at=NOW)
    joining.leave(group, former.person, at=NOW + 30 * DAY)
    client.force_login(member)
    html = client.get(reverse("group_members", args=[group.uid])).content.decode()
    assert "1 earlier member" in html
    assert f"{former.person}" in html
    assert "Mon, Sep 7, 2020 to Wed, Oct 7, 2020" in html


def test_a_copied_network_keeps_how_one_joins_its_groups():
    network = a_network()
    a_group(network, title="Hub", kind="hub", joining="by_request", is_public=True)
    copy = clone(network, school_year="2021-22", dates=[date(2021, 10, 13)], by=SWEEP, at=NOW)
    made = WorkingGroup.objects.get(network=copy)
    assert (made.kind, made.joining, made.is_public) == ("hub", "by_request", True)
