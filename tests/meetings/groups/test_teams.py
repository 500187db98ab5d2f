"""The teams of the partnership: on its page, who sits there, and how coordinators write them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.groups.domain import teams
from meetings.groups.exceptions import NotOnTheTeam
from meetings.models import TeamMember, WorkingGroup
from tests.factories import NOW, a_coordinator, a_group, a_network, a_partnership, a_person, a_user

pytestmark = pytest.mark.django_db
PAGE = "/partnership/"
TODAY = NOW.date()


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def a_team(**fields):
    return a_group(None, kind="leadership_team", **fields)


def shown(client):
    """Return the teams on the page of the partnership."""
    return [team for one in client.get(PAGE).context["panels"] for team in one.content["teams"]]


def test_members_are_named_only_by_their_own_choice(client):
    a_partnership()
    team, user = a_team(), a_user(last_name="Chosen")
    teams.join_team(team, person=user.person, on=TODAY)
    teams.join_team(team, person=a_person(last_name="Silent"), on=TODAY)
    assert b"Chosen" not in client.get(PAGE).content
    client.force_login(user)
    client.post(f"/partnership/teams/{team.uid}/listed/", {"listed": "yes"})
    client.logout()
    page = client.get(PAGE).content
    assert (b"Chosen" in page, b"Silent" in page) == (True, False)


def test_nobody_else_names_a_member(desk):
    team, person = a_team(), a_person()
    teams.join_team(team, person=person, on=TODAY)
    assert desk.post(f"/partnership/teams/{team.uid}/listed/", {"listed": "yes"}).status_code == 403
    assert TeamMember.objects.get().listed is False


def test_group_of_a_network_is_no_team(client, desk):
    a_partnership()
    group = a_group(a_network())
    assert shown(client) == []
    assert desk.get(f"/partnership/teams/{group.uid}/").status_code == 404


def test_team_is_made_joined_and_left(desk):
    person = a_person(address="one@example.org")
    desk.post("/partnership/teams/new/", {"kind": "advisory_team", "title": "Advisory team"})
    team = WorkingGroup.objects.get()
    desk.post(f"/partnership/teams/{team.uid}/join/", {"address": "ONE@example.org"})
    desk.post(f"/partnership/teams/{team.uid}/join/", {"address": "one@example.org"})
    member = TeamMember.objects.get()
    assert (member.person, member.listed, member.left_on) == (person, False, None)
    desk.post(f"/partnership/teams/{team.uid}/leave/", {"member": person.uid})
    member.refresh_from_db()
    assert member.left_on is not None


def test_stranger_does_not_join(desk):
    team = a_team()
    page = desk.post(f"/partnership/teams/{team.uid}/join/", {"address": "nobody@example.org"})
    assert (page.status_code, b"Nobody in our records has this e-mail address" in page.content) == (422, True)


def test_two_teams_of_one_name_are_refused(desk):
    a_team(title="Leadership team")
    page = desk.post("/partnership/teams/new/", {"kind": "leadership_team", "title": "leadership TEAM"})
    assert b"Another team already has this name" in page.content


def test_whoever_left_can_not_leave_again():
    team = a_team()
    member = teams.join_team(team, person=a_person(), on=TODAY)
    teams.leave_team(team, person=member.person, on=TODAY, at=NOW)
    with pytest.raises(NotOnTheTeam):
        teams.leave_team(team, person=member.person, on=TODAY, at=NOW)


def test_the_page_has_no_section_without_teams_but_for_those_who_write_them(client):
    a_partnership()
    asked = [b'id="teams-title"' in client.get(PAGE).content]
    client.force_login(a_coordinator().user)
    page = client.get(PAGE).content
    assert [*asked, b'id="teams-title"' in page, b"Add a team" in page] == [False, True, True]


def test_page_asks_the_database_equally_often(client):
    a_partnership()

    def add():
        teams.join_team(a_team(), person=a_person(), on=TODAY)
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


def test_a_form_of_a_team_with_a_mistake_says_so(desk):
    team = a_team()
    pages = ["/partnership/teams/new/", f"/partnership/teams/{team.uid}/"]
    assert [desk.post(page, {"title": ""}).status_code for page in pages] == [422, 422]
