"""The page of who is at the table: of the partnership, a team, a network; no names of people."""

import re
from datetime import date

import pytest
from django.urls import reverse

from meetings.models import Appointment, TeamMember, WorkingGroup
from partners.models import RequiredList
from registrations.desk.domain import coverage
from tests.factories import (
    NOW,
    a_coordinator,
    a_network,
    a_partnership,
    a_person,
    a_position,
    a_registration,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def shown(client, **asked):
    return re.sub(r"\s+", " ", client.get(reverse("coverage"), asked).content.decode())


def test_a_stranger_does_not_see_it(client):
    client.force_login(a_user())
    assert client.get(reverse("coverage")).status_code == 403


def test_staff_of_one_network_see_its_table_and_no_other(client):
    mine, other, person = a_network(), a_network(), a_user().person
    Appointment.objects.create(network=mine, person=person)
    client.force_login(person.user)
    asked = [f"network:{mine.slug}", f"network:{other.slug}", "partnership"]
    assert [client.get(reverse("coverage"), {"of": of}).status_code for of in asked] == [200, 404, 404]


def test_who_says_nowhere_where_they_work_is_named_as_not_counted(desk):
    team = WorkingGroup.objects.create(title="Leadership", kind="leadership_team")
    TeamMember.objects.create(team=team, person=a_person(last_name="Nowhere"), joined_on=date(2020, 1, 1))
    page = shown(desk, of=f"team:{team.uid}")
    assert "1 person isn't counted" in page and "Nowhere" in page


def test_a_network_counts_no_seat_twice_as_missing(desk):
    network = a_network()
    a_registration(network, a_person(last_name="Nowhere"))
    person = a_person(last_name="Somewhere")
    a_registration(network, person, position=a_position(person))
    found = desk.get(reverse("coverage"), {"of": f"network:{network.slug}"}).context["uncounted"]
    assert [one.last_name for one in found] == ["Nowhere"]


def test_the_partnership_counts_partners_and_what_their_people_stand_for(desk):
    college = an_organization(name="A college", sector="higher_ed_4yr")
    a_position(a_person(last_name="Hidden"), organization=college, stakeholder_group="teacher_educators")
    an_organization(name="Not yet", sector="business", stage="invited")
    page = shown(desk, list="amte-p1")
    assert "Business and industry" in page.split("Missing:")[1].split("</p>")[0]
    assert "Mathematics teacher educators" not in page.split("Missing:")[1].split("</p>")[0]
    assert "Hidden" not in page and "Not yet" not in page


@pytest.mark.parametrize(
    ("confirmed_at", "at_a_part", "counts"), [(NOW, False, True), (NOW, True, True), (None, False, False)]
)
def test_a_partner_counts_by_people_who_were_confirmed_there_or_at_a_part(confirmed_at, at_a_part, counts):
    partner = an_organization(sector="business")
    part = an_organization(part_of=partner, stage="none")
    place = part if at_a_part else partner
    said = {"stakeholder_group": "teacher_educators", "confirmed_at": confirmed_at}
    a_position(a_person(), organization=place, **said)
    table = coverage.of_partnership(on=NOW.date())
    assert [one.groups for one in table.seats] == [{"teacher_educators"} if counts else set()]


def test_host_and_lead_organizations_sit_at_the_table_though_they_signed_nothing():
    host, lead = an_organization(name="Host", stage="none"), an_organization(name="Lead", stage="none")
    one = a_partnership(host=host)
    one.lead_organizations.add(lead)
    an_organization(name="Known", stage="none")
    assert [seat.label for seat in coverage.of_partnership(on=NOW.date()).seats] == ["Host", "Lead"]


def test_a_network_counts_those_who_have_a_seat(desk):
    network = a_network()
    person = a_person()
    position = a_position(person, organization=an_organization(name="A firm", sector="business"))
    a_registration(network, person, position=position)
    page = shown(desk, list="oregon-stem-hub", of=f"network:{network.slug}")
    assert "A firm" in page and "industry or STEM" not in page.split("Missing:")[1].split("</p>")[0]


def test_a_team_counts_its_members(desk):
    team = WorkingGroup.objects.create(title="Leadership", kind="leadership_team")
    person = a_person()
    a_position(person, organization=an_organization(name="A district"), stakeholder_group="school_personnel")
    TeamMember.objects.create(team=team, person=person, joined_on=date(2020, 1, 1))
    page = shown(desk, of=f"team:{team.uid}")
    assert page.count("A district</a>") == 3


@pytest.mark.parametrize("asked", [{"of": "team:x"}, {"of": "network:x"}, {"of": "x"}, {"list": "x"}])
def test_what_is_not_there_is_not_found(desk, asked):
    assert desk.get(reverse("coverage"), asked).status_code == 404


def test_without_a_list_it_says_so(desk):
    RequiredList.objects.all().delete()
    assert "No lists yet" in shown(desk)


def test_as_many_queries_with_1_organization_and_with_30(desk, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as counted:
            shown(desk)
        return len(counted)

    a_position(a_person(), stakeholder_group="school_personnel")
    shown(desk)
    before = queries()
    for _number in range(29):
        a_position(a_person(), stakeholder_group="school_personnel")
    assert queries() == before
