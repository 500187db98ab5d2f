"""Who is next by the network's rule, which place that is, and why nobody moves."""

from datetime import timedelta

import pytest

from registrations.models import Registration
from registrations.seats.domain import line, line_words, seats, waitlist, withdrawing
from tests.factories import (
    NOW,
    SWEEP,
    a_network,
    a_person,
    a_position,
    a_registration,
    a_staff_member,
    an_organization,
)

pytestmark = pytest.mark.django_db
SESSION = {"kind": "information_session", "credit_code": "", "asks_evaluation": False}


def from_organization(network, organization=None, **fields):
    person = a_person()
    where = {"organization": organization} if organization else fields
    return a_registration(network, person, position=a_position(person, **where))


def a_line(rule, **fields):
    """Return a full network and its line: of the body with the seat, of another one twice, of none."""
    network = a_network(seats=1, line_rule=rule, **fields)
    here, there = an_organization(), an_organization(stage="none")
    there_in_part = an_organization(stage="none", part_of=there)
    rows = [from_organization(network, one) for one in (here, here, there, there_in_part)]
    return network, [*rows, a_registration(network)]


@pytest.mark.parametrize(
    ("rule", "places"),
    [("asked", [1, 2, 3, 4]), ("organizations", [2, 1, 3, 4]), ("partners", [1, 2, 3, 4])],
)
def test_the_place_follows_the_rule(rule, places):
    _network, rows = a_line(rule)
    assert [seats.place_in_line(row) for row in rows[1:]] == places


def test_partners_go_first():
    network = a_network(seats=0, line_rule="partners")
    other = from_organization(network, an_organization(stage="came"))
    partner = an_organization()
    part = from_organization(network, an_organization(stage="none", part_of=partner))
    assert [seats.place_in_line(row) for row in (other, part)] == [2, 1]


def test_the_seat_goes_to_whoever_is_at_place_one():
    network, rows = a_line("organizations")
    type(network).objects.filter(pk=network.pk).update(seats=2)
    assert waitlist.fill_seats(network, by=SWEEP, at=NOW) == [rows[2]]
    assert [seats.place_in_line(row) for row in (rows[1], rows[3], rows[4])] == [1, 2, 3]


def test_organizations_that_are_not_listed_are_told_apart_by_their_names():
    network = a_network(seats=1, line_rule="organizations")
    from_organization(network, organization=None, organization_words="Wareham Schools")
    same = from_organization(network, organization=None, organization_words="wareham schools")
    other = from_organization(network, organization=None, organization_words="Carver Schools")
    assert [seats.place_in_line(row) for row in (same, other)] == [2, 1]


def test_a_list_asks_as_often_for_thirty_as_for_one(django_assert_num_queries):
    network = a_network(seats=1, line_rule="organizations", offer_hours=48)
    first = a_registration(network)
    for _each in range(30):
        from_organization(network)
    withdrawing.leave_network(first, by=SWEEP, at=NOW)
    rows = list(Registration.objects.live())
    for some in (rows[:2], rows):
        with django_assert_num_queries(4):
            line.tell_apart(some, [network])
    assert sorted(row.place for row in rows if row.place) == list(range(1, 30))


def test_why_nobody_moves_says_who_has_the_seats():
    network = a_network(seats=2, offer_hours=48)
    rows = [a_registration(network) for _each in range(3)]
    withdrawing.leave_network(rows[0], by=SWEEP, at=NOW)
    a_registration(network)
    assert line_words.why_still(network, at=NOW) == [
        "All 2 seats are taken: 1 is filled, 1 is offered until Wed, Sep 9, 2020, 10:00 a.m. ET."
    ]


def test_why_nobody_moves_just_before_the_start_and_after_it():
    network = a_network(seats=0)
    start = network.closes_at()
    near = line_words.why_still(network, at=start - timedelta(hours=40))
    assert near[-1] == "In the last 48 hours before the first meeting, only staff give seats."
    assert line_words.why_still(network, at=start)[0].startswith("Registration is closed")


def test_a_party_that_is_too_large_reads_that_it_is_passed():
    network = a_network(seats=1, **SESSION)
    large = a_registration(network, party_size=2)
    (words,) = line_words.told_to(large, at=NOW).why
    assert words.startswith("1 seat is free, and you're coming with 2.")
    (words,) = line_words.why_still(network, at=NOW)
    assert words.startswith("1 seat is free, and everyone in line is coming with more people")


def test_odds_are_said_of_earlier_years_with_ten_in_line():
    past = a_network(seats=1, meetings=1)
    rows = [a_registration(past) for _each in range(11)]
    withdrawing.leave_network(rows[0], by=SWEEP, at=NOW)
    network = a_network(cloned_from=past)
    after = past.closes_at() + timedelta(days=1)
    assert line_words.odds_of(network, at=NOW) == ""
    words = "In earlier years, 1 of the last 10 people in line got a seat."
    assert line_words.odds_of(network, at=after) == words
    past.registrations.filter(pk=rows[5].pk).update(line=None, status="removed")
    assert line_words.odds_of(network, at=after) == ""


def test_staff_read_the_rule_and_why(client):
    network = a_network(seats=0, line_rule="organizations")
    registration = a_registration(network)
    client.force_login(a_staff_member().user)
    home = f"/staff/networks/{network.slug}/"
    for address in (home, f"{home}people/{registration.uid}/"):
        html = client.get(address).content.decode()
        assert "People of organizations without a seat go first" in html
