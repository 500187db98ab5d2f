"""Whoever registers after 8 p.m. has their position from that day on, whichever way they came."""

from datetime import UTC, date, datetime

import pytest

from partners.models import Position
from partners.people.domain.organizations import Workplace
from registrations.attendance.domain.walking_in import complete_registration, walk_in
from registrations.models import Registration
from registrations.seats.domain import registering, visiting
from registrations.seats.domain.answers import Answers
from tests.factories import SWEEP, a_meeting, a_network, a_partnership, a_person, a_registration
from tests.registrations.seats.test_registering import CLIENT, code_of

pytestmark = pytest.mark.django_db
EVENING = datetime(2020, 10, 14, 0, 30, tzinfo=UTC)  # 8:30 p.m. on October 13 in New York
ANSWERS = Answers(
    address="lead@example.org", first_name="Ana", last_name="Sousa", job="coach", organization_words="Diman"
)


def by_a_code():
    hold = registering.start_registration(
        network=a_network(), answers=ANSWERS, browser="b", client=CLIENT, at=EVENING
    )
    registering.confirm_registration(hold=hold, code=code_of(), at=EVENING)


def signed_in():
    registering.register_person(network=a_network(), person=a_person(), answers=ANSWERS, at=EVENING)


def for_a_session():
    network = a_network(kind="information_session", credit_code="", asks_evaluation=False)
    visiting.attend_session(network=network, answers=ANSWERS, client=CLIENT, at=EVENING)


def at_the_door():
    meeting = a_meeting(a_network(meetings=0), on=date(2020, 10, 13))
    workplace = Workplace(words="Diman")
    names = {"address": "ana@example.org", "first_name": "Ana", "last_name": "Sousa"}
    walk_in(meeting=meeting, workplace=workplace, by=SWEEP, at=EVENING, **names)


def afterwards():
    registration = a_registration(a_network())
    complete_registration(registration=registration, answers=ANSWERS, at=EVENING)


@pytest.mark.parametrize("door", [by_a_code, signed_in, for_a_session, at_the_door, afterwards])
def test_a_position_begins_on_the_day_that_people_have(door):
    a_partnership(zone="America/New_York")
    door()
    assert Registration.objects.get().position == Position.objects.get()
    assert Position.objects.get().started_on == date(2020, 10, 13)
