"""What lists say of a network is what happens to whoever registers: the SQL and the Python agree."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_bakery import baker

from meetings.models import Network
from meetings.planning.domain import planning
from registrations.models import Hold, Registration
from registrations.seats.domain import registering, seats
from registrations.seats.domain.occupancy import Standing, with_occupancy
from registrations.seats.exceptions import Full, NotOpenYet, RegistrationClosed
from tests.factories import NOW, a_group, a_meeting, a_network, a_person, a_registration

pytestmark = pytest.mark.django_db
MINUTES = st.sampled_from([-60, -1, 0, 1, 60])
MEETINGS = st.lists(
    st.tuples(st.sampled_from(["own", "of a group", "cancelled"]), MINUTES), max_size=3, unique=True
)
REGISTRATIONS = st.lists(
    st.tuples(st.sampled_from([*Registration.Status.values]), st.integers(1, 2)), max_size=4
)
HOLDS = st.lists(st.tuples(st.booleans(), MINUTES, st.booleans()), max_size=3)
NETWORKS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["published"] * 4 + Network.Status.values),
        "seats": st.integers(0, 4),
        "waitlist": st.booleans(),
        "waitlist_limit": st.sampled_from([None, 0, 1, 2]),
        "opens_at": st.one_of(st.none(), MINUTES),
        "closed_at": st.one_of(st.none(), MINUTES),
    }
)
AFTER = {
    Standing.OPEN: "seated",
    Standing.WAITLIST: "waiting",
    Standing.FULL: Full,
    Standing.SOON: NotOpenYet,
    Standing.CLOSED: RegistrationClosed,
    Standing.CANCELLED: RegistrationClosed,
    Standing.DRAFT: RegistrationClosed,
}


def later(minutes):
    return NOW + timedelta(minutes=minutes)


def a_random_network(columns, meetings, registrations, holds):
    for name in ("opens_at", "closed_at"):
        columns = {**columns, name: None if columns[name] is None else later(columns[name])}
    network = a_network(meetings=0, **columns)
    for kind, minutes in meetings:
        group = a_group(network) if kind == "of a group" else None
        meeting = a_meeting(network, working_group=group)
        wall = later(minutes).astimezone(planning.zone_named(network.zone))
        until = (wall + timedelta(hours=1)).time()
        planning.set_time(meeting, on=wall.date(), start_time=wall.time(), end_time=until, zone=network.zone)
        meeting.status = "cancelled" if kind == "cancelled" else "scheduled"
        meeting.save()
    for line, (status, party_size) in enumerate(registrations, start=1):
        waits = {"line": line if status == "waiting" else None}
        fields = {"status": status, "party_size": party_size, "requested_at": NOW, **waits}
        sits = {"seated_at": NOW} if status == "seated" else {}
        baker.make(Registration, network=network, person=a_person(), **fields, **sits)
    for number, (keeps_seat, minutes, used) in enumerate(holds):
        moments = {"expires_at": later(minutes), "used_at": NOW if used else None}
        baker.make(
            Hold,
            network=network,
            address=f"{number}@example.org",
            keeps_seat=keeps_seat,
            takes_seat=keeps_seat,
            **moments,
        )
    return network


def outcome(network):
    """Register somebody, see what came of it, and take it back."""
    with transaction.atomic():
        try:
            return a_registration(network, at=NOW).status
        except (Full, RegistrationClosed) as refusal:
            return type(refusal)
        finally:
            transaction.set_rollback(True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(columns=NETWORKS, meetings=MEETINGS, registrations=REGISTRATIONS, holds=HOLDS)
def test_a_list_says_what_registering_brings(columns, meetings, registrations, holds):
    network = a_random_network(columns, meetings, registrations, holds)
    shown = with_occupancy(Network.objects.filter(pk=network.pk), at=NOW).get()
    refusal = registering.refusal(shown, at=NOW)
    assert AFTER[Standing(shown.standing)] == outcome(network)
    assert (refusal is None) == (shown.standing in (Standing.OPEN, Standing.WAITLIST))
    assert shown.taken == seats.occupied(network, at=NOW)
    ends = [moment for moment in (shown.first_starts_at, network.closed_at) if moment]
    assert network.closes_at() == min(ends, default=None)
