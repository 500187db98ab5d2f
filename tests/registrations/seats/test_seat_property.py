"""Whatever happens in whatever order: seats = occupied + free, and nobody waits while a seat is free."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registrations.seats.domain import registering, seats, waitlist, withdrawing
from registrations.seats.domain.answers import Answers
from registrations.seats.exceptions import RegistrationsRefused
from tests.factories import NOW, SWEEP, a_network, a_person, a_registration

pytestmark = pytest.mark.django_db
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["register", "withdraw", "hold", "confirm", "expire", "raise", "lower", "sweep"]),
        st.integers(0, 4),
    ),
    max_size=25,
)


class Story:
    """One network, five people and a clock."""

    def __init__(self):
        self.network, self.at = a_network(seats=2), NOW
        self.people = [a_person() for _each in range(5)]

    def act(self, name, number):
        with contextlib.suppress(RegistrationsRefused):
            getattr(self, f"do_{name}")(number)
        self.network.refresh_from_db()

    def do_register(self, number):
        a_registration(self.network, self.people[number], at=self.at)

    def do_withdraw(self, number):
        mine = self.network.registrations.live().filter(person=self.people[number]).first()
        if mine:
            withdrawing.leave_network(mine, by=SWEEP, at=self.at)

    def do_hold(self, number):
        self.at += timedelta(minutes=1)
        address = self.people[number].primary_address
        answers = Answers(address=address, first_name="Ana", last_name="Nuñez")
        registering.start_registration(
            network=self.network,
            answers=answers,
            browser=f"{number % 2}-{self.at.minute % 2}",
            client=f"{self.network.pk}-{number}",
            at=self.at,
        )

    def do_confirm(self, number):
        mine = self.network.holds.live(self.at).filter(address=self.people[number].primary_address)
        if hold := mine.order_by("pk" if self.at.minute % 2 else "-pk").first():
            registering.admit(hold, at=self.at)

    def do_expire(self, _number):
        self.at += timedelta(minutes=31)
        waitlist.sweep_waitlists(at=self.at)

    def do_raise(self, _number):
        self.set_seats(self.network.seats + 1)

    def do_lower(self, _number):
        self.set_seats(max(0, self.network.seats - 1))

    def do_sweep(self, _number):
        waitlist.sweep_waitlists(at=self.at)

    def set_seats(self, number):
        type(self.network).objects.filter(pk=self.network.pk).update(seats=number)
        waitlist.fill_seats(self.network, by=SWEEP, at=self.at)


def check(story, *, lowered):
    """The promises that hold after every act."""
    network, at = story.network, story.at
    taken, free = seats.occupied(network, at=at), seats.free_seats(network, at=at)
    seated = network.registrations.seated().count()
    assert taken == seated + network.holds.occupying(at).count()
    assert free >= 0
    if not lowered:
        assert taken <= network.seats
    assert taken + free == max(taken, network.seats)
    waitlist.sweep_waitlists(at=at)
    if network.registrations.waiting().exists():
        assert seats.free_seats(network, at=at) == 0
    lines = [line for line in network.registrations.values_list("line", flat=True) if line]
    assert sorted(lines) == list(range(1, len(lines) + 1))
    people = list(network.registrations.live().values_list("person", flat=True))
    assert len(people) == len(set(people))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_seats_are_occupied_plus_free_under_any_order(acts):
    story, lowered = Story(), False
    for name, number in acts:
        story.act(name, number)
        lowered = lowered or name == "lower"
        check(story, lowered=lowered)
