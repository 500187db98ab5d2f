"""The partnership's own page, its teams, and the pages that coordinators write them on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.groups.domain import teams
from meetings.models import TeamMember, WorkingGroup
from meetings.planning.exceptions import NotOnTheTeam
from partners.models import Alias, Partnership
from tests.factories import (
    NOW,
    a_coordinator,
    a_group,
    a_network,
    a_partnership,
    a_person,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db
PAGE = "/partnership/"
TODAY = NOW.date()


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def a_team(**fields):
    return a_group(None, kind="leadership_team", **fields)


def test_page_names_three_leads_host_region_sponsor_and_contact(client):
    one = a_partnership(
        host=an_organization(name="Educational Service District"),
        region="South King County",
        region_places="Auburn\nSeattle Public Schools (South Seattle)\n",
        sponsor="A foundation",
        contact_name="Pat Doe",
    )
    one.lead_organizations.set(an_organization(name=f"Lead {letter}") for letter in "ABC")
    page = client.get(PAGE).content.decode()
    words = ["Educational Service District", "Lead A", "Lead B", "Lead C", "South King County", "Auburn"]
    words += ["Seattle Public Schools (South Seattle)", "A foundation", "Pat Doe", "hello@example.org"]
    assert [word for word in words if word not in page] == []


def test_place_of_the_region_leads_to_the_partner_of_that_name_or_other_name(client):
    a_partnership(region_places="auburn\nThe South End\nNobody yet")
    auburn, south = an_organization(name="Auburn"), an_organization(name="Seattle (South Seattle)")
    Alias.objects.create(organization=south, name="the south end")
    found = [place.organization for place in client.get(PAGE).context["places"]]
    assert found == [auburn, south, None]


def test_page_of_a_portal_that_is_not_set_up_yet(client):
    assert client.get(PAGE).status_code == 200


def test_members_are_named_only_by_their_own_choice(client):
    a_partnership()
    team, user = a_team(), a_user(last_name="Chosen")
    teams.join(team, person=user.person, on=TODAY)
    teams.join(team, person=a_person(last_name="Silent"), on=TODAY)
    assert b"Chosen" not in client.get(PAGE).content
    client.force_login(user)
    client.post(f"/partnership/teams/{team.uid}/listed/", {"listed": "yes"})
    client.logout()
    page = client.get(PAGE).content
    assert (b"Chosen" in page, b"Silent" in page) == (True, False)


def test_nobody_else_names_a_member(desk):
    team, person = a_team(), a_person()
    teams.join(team, person=person, on=TODAY)
    assert desk.post(f"/partnership/teams/{team.uid}/listed/", {"listed": "yes"}).status_code == 403
    assert TeamMember.objects.get().listed is False


def test_group_of_a_network_is_no_team(client, desk):
    a_partnership()
    group = a_group(a_network())
    assert client.get(PAGE).context["teams"] == []
    assert desk.get(f"/partnership/teams/{group.uid}/").status_code == 404


def test_coordinator_writes_the_page(desk):
    a_partnership()
    for name in ("First", "Second", "Third"):
        an_organization(name=name)
    data = {"name": "South King County STEM Network", "short_name": "SKC STEM", "host": "First"}
    data |= {"lead_1": "First", "lead_2": "Second", "lead_3": "Third", "region": "South King County"}
    assert desk.post("/partnership/edit/", data)["Location"] == PAGE
    one = Partnership.objects.get()
    assert (one.name, one.host.name, one.region) == (data["name"], "First", "South King County")
    assert set(one.lead_organizations.values_list("name", flat=True)) == {"First", "Second", "Third"}


def test_lead_that_is_not_listed_is_refused_and_nothing_is_saved(desk):
    a_partnership(name="Before")
    page = desk.post("/partnership/edit/", {"name": "After", "short_name": "A", "lead_1": "Nowhere"})
    assert b"This is not in our list" in page.content
    assert Partnership.objects.get().name == "Before"


def test_team_is_made_joined_and_left(desk):
    person = a_person(address="one@example.org")
    desk.post("/partnership/teams/new/", {"kind": "advisory_team", "title": "Advisory team"})
    team = WorkingGroup.objects.get()
    desk.post(f"/partnership/teams/{team.uid}/join/", {"address": "ONE@example.org"})
    desk.post(f"/partnership/teams/{team.uid}/join/", {"address": "one@example.org"})
    member = TeamMember.objects.get()
    assert (member.person, member.listed, member.left_on) == (person, False, None)
    desk.post(f"/partnership/teams/{team.uid}/leave/", {"member": member.pk})
    member.refresh_from_db()
    assert member.left_on is not None


def test_stranger_does_not_join(desk):
    team = a_team()
    page = desk.post(f"/partnership/teams/{team.uid}/join/", {"address": "nobody@example.org"})
    assert (page.status_code, b"We know nobody" in page.content) == (422, True)


def test_two_teams_of_one_name_are_refused(desk):
    a_team(title="Leadership team")
    page = desk.post("/partnership/teams/new/", {"kind": "leadership_team", "title": "leadership TEAM"})
    assert b"Another team has this name" in page.content


def test_whoever_left_can_not_leave_again():
    team = a_team()
    member = teams.join(team, person=a_person(), on=TODAY)
    teams.leave(team, member=member.pk, on=TODAY)
    with pytest.raises(NotOnTheTeam):
        teams.leave(team, member=member.pk, on=TODAY)


def test_page_asks_the_database_equally_often(client):
    one = a_partnership(region_places="District")

    def add():
        one.lead_organizations.add(an_organization())
        Alias.objects.create(organization=an_organization(), name="Another")
        teams.join(a_team(), person=a_person(), on=TODAY)
        TeamMember.objects.update(listed=True)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE)
        return len(captured)

    add()
    first = queries()
    for _ in range(29):
        add()
    assert queries() == first
