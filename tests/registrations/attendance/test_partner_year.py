"""How much a partner's people took part, for its year in review."""

from datetime import UTC, datetime

import pytest

from registrations.attendance.domain.partner_year import Attended, attended, meeting_lines
from tests.factories import a_network, a_person, a_position, a_registration, an_attendance, an_organization

pytestmark = pytest.mark.django_db
BEGIN, END = datetime(2020, 7, 1, tzinfo=UTC), datetime(2021, 7, 1, tzinfo=UTC)


@pytest.fixture
def partner():
    return an_organization()


def come(network, partner, **marked):
    position = a_position(a_person(), organization=partner)
    registration = a_registration(network, position.person, position=position)
    for meeting in network.meetings.own():
        an_attendance(registration, meeting, **marked)


def test_meetings_people_and_minutes_are_counted(partner):
    network = a_network(meetings=2)
    for _number in range(2):
        come(network, partner)
    assert attended(partner, BEGIN, END) == Attended(meetings=2, people=2, minutes=720)


def test_the_absent_and_people_of_others_do_not_count(partner):
    network = a_network()
    come(network, partner, status="absent", minutes_counted=0)
    come(network, an_organization())
    assert attended(partner, BEGIN, END) == Attended(meetings=0, people=0, minutes=0)


def test_the_year_in_review_says_meetings_people_and_hours(partner):
    come(a_network(), partner)
    assert meeting_lines(partner, begin=BEGIN, end=END, at=END) == [
        "1 meeting attended",
        "1 person came",
        "Total hours that count: 3.00",
    ]
