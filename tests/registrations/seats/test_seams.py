"""Where acts of staff, guests, designees and teams meet: each was a fault once."""

from uuid import uuid4

import pytest

from partners.merging.domain.merging import merge_people
from partners.people.domain.organizations import Workplace
from registrations.models import Designation, MeetingGuest, PlaceWish, Registration, SeatInvitation
from registrations.records.domain.giving_up import give_up_seats
from registrations.seats.domain import (
    adding,
    coming_once,
    designating,
    moving,
    parties,
    registering,
    reopening,
    seat_invitations,
    seats,
    undoing,
    ways,
    withdrawing,
)
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.parties import Member
from registrations.seats.exceptions import RegistrationRefused
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_network,
    a_person,
    a_position,
    a_registration,
    a_user,
    an_organization,
)
from tests.registrations.seats.test_ways import chosen, hybrid

pytestmark = pytest.mark.django_db
LEADER = {"leader_name": "The chief", "leader_job": "Superintendent", "leader_email": "head@example.org"}
BY_STAFF = {"by": SWEEP, "at": NOW, "reason": "Asked by phone"}


def a_designee(network, person=None):
    """Somebody who comes for a leader: their seat is held."""
    person = person or a_user().person
    answers = Answers(first_name=person.first_name, last_name=person.last_name, **LEADER)
    return registering.register_person(network=network, person=person, answers=answers, at=NOW)


def status_of(registration):
    return Registration.objects.get(pk=registration.pk).status


def added(network, address, first="Ana", last="Lima"):
    said = {"first_name": first, "last_name": last, "workplace": Workplace(words="Wareham")}
    return adding.add_person(network, address=address, by=SWEEP, at=NOW, **said)


def mails(template):
    return Mail.objects.filter(template__endswith=f"/{template}").count()


def a_guest(address="coach@example.org"):
    network = a_network(seats=2, meetings=2, takes_guests=True, guest_places=2)
    meeting = network.meetings.order_by("starts_at").first()
    who = {"first_name": "Coach", "last_name": "Bourne", "workplace": Workplace(words="Bourne schools")}
    return coming_once.come(meeting, **who, address=address, at=NOW)


def test_a_move_of_a_designee_is_undone_to_a_seat_that_is_held_and_asked_for_again():
    held = a_designee(a_network(seats=1))
    new = moving.move_to_network(held, a_network(), **BY_STAFF)
    undoing.undo(undoing.last_of(new, at=NOW), by=SWEEP, at=NOW)
    assert status_of(held) == "held"
    assert Designation.objects.open().filter(registration=held).exists()


def test_whom_staff_register_again_needs_no_leader():
    held = a_designee(a_network(seats=1))
    withdrawing.leave_network(held, by=held.person, at=NOW)
    reopening.reopen(Registration.objects.get(pk=held.pk), **BY_STAFF)
    assert status_of(held) == "seated"


@pytest.mark.parametrize("places", [1, 2])
def test_a_seat_that_comes_back_has_its_place_in_the_room_only_where_one_is_left(places):
    meeting = hybrid(room=places)
    one, other = a_registration(meeting.network), a_registration(meeting.network)
    ways.choose_way(one, meeting, "room", at=NOW)
    withdrawing.remove_from_network(one, **BY_STAFF)
    ways.choose_way(other, meeting, "room", at=NOW)
    undoing.undo(undoing.last_of(one, at=NOW), by=SWEEP, at=NOW)
    assert status_of(one) == "seated"
    assert chosen(meeting) == ["room"] * places
    wishes = list(PlaceWish.objects.values_list("registration", "way"))
    assert wishes == ([] if places == 2 else [(one.pk, "room")])


def test_who_left_and_is_registered_again_chooses_anew():
    meeting = hybrid(room=1)
    one = a_registration(meeting.network)
    ways.choose_way(one, meeting, "room", at=NOW)
    withdrawing.leave_network(one, by=one.person, at=NOW)
    reopening.reopen(Registration.objects.get(pk=one.pk), **BY_STAFF)
    assert chosen(meeting) == []


def test_what_somebody_chose_before_they_left_does_not_come_back_by_a_merge():
    meeting = hybrid(room=1)
    gone, stays, other = (a_registration(meeting.network) for _each in range(3))
    ways.choose_way(gone, meeting, "room", at=NOW)
    withdrawing.leave_network(gone, by=gone.person, at=NOW)
    ways.choose_way(other, meeting, "room", at=NOW)
    merge_people(kept=stays.person, gone=gone.person, take=set(), by=a_coordinator(), at=NOW)
    assert chosen(meeting) == ["room"]


def test_who_waits_because_of_a_limit_takes_no_seat_that_is_kept_for_people_of_another_place():
    network = a_network(seats=10, each_organization=1)
    here, there = an_organization(), an_organization()
    a_registration(network, position=a_position(a_person(), organization=here))
    person = a_person()
    waits = a_registration(network, person, position=a_position(person, organization=here))
    assert waits.status == "waiting"
    members = [Member(person.primary_address)]
    who = {"kind": "leader", "workplace": Workplace(there), "members": members, "by": a_person()}
    parties.register_party(network, uid=uuid4(), **who, at=NOW)
    invitation = SeatInvitation.objects.get()
    answers = Answers(
        address=person.primary_address, first_name="Ana", last_name="Lima", organization=here.pk
    )
    with pytest.raises(RegistrationRefused, match="Your organization has its 1 seat"):
        seat_invitations.accept(invitation, answers, at=NOW)
    assert (status_of(waits), SeatInvitation.objects.get().ended_at) == ("waiting", None)


def test_designees_of_a_network_that_was_called_off_are_asked_no_more():
    held = a_designee(a_network(seats=1))
    until = Designation.objects.get().until
    assert designating.overdue(until).count() == 1
    type(held.network).objects.update(status="cancelled")
    assert designating.overdue(until).count() == 0


def test_who_registers_for_a_leader_again_and_again_sends_them_no_more_codes_than_an_hour_allows(settings):
    network, person = a_network(seats=1), a_user().person
    for _time in range(settings.CODES_PER_HOUR + 2):
        held = a_designee(network, person)
        assert status_of(held) == "held"
        withdrawing.leave_network(held, by=person, at=NOW)
    assert mails("designee") == settings.CODES_PER_HOUR


def test_a_guest_whom_staff_register_has_a_seat_and_is_no_guest():
    guest = a_guest()
    new = added(guest.meeting.network, "coach@example.org", "Coach", "Bourne")
    assert (new.status, MeetingGuest.objects.standing().count()) == ("seated", 0)


def test_who_is_deleted_comes_to_no_meeting_as_a_guest():
    guest = a_guest()
    give_up_seats(guest.registration.person, by=SWEEP, at=NOW)
    assert MeetingGuest.objects.standing().count() == 0


def test_each_leaving_is_told():
    registration = a_registration(a_network())
    for time in (1, 2):
        withdrawing.leave_network(registration, by=registration.person, at=NOW)
        assert mails("withdrawn") == time
        reopening.reopen(Registration.objects.get(pk=registration.pk), **BY_STAFF)
        registration.refresh_from_db()


def test_a_seat_kept_for_somebody_is_theirs_when_staff_register_them():
    network = a_network(seats=2)
    people = [Member(f"{name}@example.org", name.title(), "Lima") for name in ("ana", "ben")]
    who = {"kind": "team", "workplace": Workplace(an_organization()), "members": people, "by": a_person()}
    parties.register_party(network, uid=uuid4(), **who, at=NOW)
    assert seats.occupied(network, at=NOW) == 2
    assert added(network, "ana@example.org").status == "seated"
    assert seats.occupied(network, at=NOW) == 2
    assert SeatInvitation.objects.get(address="ana@example.org").outcome == "registered"
