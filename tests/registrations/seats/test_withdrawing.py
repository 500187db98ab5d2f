"""Leaving a network, missing a meeting, being removed, and seats from the waitlist."""

from datetime import timedelta

import pytest

from registrations.models import Registration
from registrations.seats.domain import seats, waitlist, withdrawing
from registrations.seats.emails.registering import leaving_token
from registrations.seats.exceptions import RegistrationRefused, WithdrawingRefused
from stemnet.models import Mail
from tests.factories import NOW, a_group, a_meeting, a_network, a_person, a_registration, a_staff_member

pytestmark = pytest.mark.django_db
Status = Registration.Status


def leave(registration, *, at=NOW):
    return withdrawing.leave_network(registration, by=registration.person, at=at)


def status_of(registration):
    return Registration.objects.get(pk=registration.pk).status


def mails_to(registration):
    mails = Mail.objects.filter(address=registration.person.primary_address).order_by("pk")
    return [mail.template.rpartition("/")[2] for mail in mails]


def test_leave_hands_the_seat_to_the_first_in_line_and_tells_both():
    network = a_network(seats=1)
    first, second, third = (a_registration(network) for _each in range(3))
    leave(first)
    assert [status_of(one) for one in (first, second, third)] == ["withdrawn", "seated", "waiting"]
    assert (mails_to(first), mails_to(second), mails_to(third)) == (["withdrawn"], ["seat_given"], [])


def test_leave_writes_history():
    registration = a_registration(a_network())
    leave(registration)
    change = registration.changes.last()
    assert (change.from_status, change.to_status, change.by) == ("seated", "withdrawn", registration.person)


def test_leave_tells_how_to_come_back_and_takes_the_dates_out_of_the_calendar():
    registration = a_registration(a_network())
    leave(registration)
    mail = Mail.objects.get()
    assert "end of the line" in mail.text
    assert "METHOD:CANCEL" in mail.attachments[0]["content"]


def test_leave_within_48_hours_leaves_the_seat_to_staff():
    network = a_network(seats=1)
    first, second = a_registration(network), a_registration(network)
    leave(first, at=network.closes_at() - timedelta(hours=48))
    assert status_of(second) == "waiting"


def test_leave_twice_is_refused():
    registration = a_registration(a_network())
    leave(registration)
    with pytest.raises(WithdrawingRefused, match="already"):
        leave(registration)


def test_leave_after_the_last_meeting_is_refused():
    network = a_network(meetings=2)
    registration = a_registration(network)
    last = network.meetings.own().order_by("starts_at").last()
    leave_at = last.ends_at
    with pytest.raises(WithdrawingRefused, match="over"):
        leave(registration, at=leave_at)


def test_leave_gives_the_place_in_the_group_back():
    network = a_network()
    registration = a_registration(network)
    membership = registration.group_memberships.create(working_group=a_group(network), joined_at=NOW)
    leave(registration)
    membership.refresh_from_db()
    assert membership.left_at == NOW


def test_register_again_goes_to_the_end_of_the_line():
    network = a_network(seats=1)
    first, second, third = (a_registration(network) for _each in range(3))
    leave(first)
    again = a_registration(network, first.person)
    assert [one.line for one in (second, third, again)] == [1, 2, 3]
    assert status_of(second) == "seated"
    assert [seats.place_in_line(one) for one in (third, again)] == [1, 2]


def test_remove_wants_a_reason_and_tells_it():
    network, staff = a_network(seats=1), a_staff_member()
    first, second = a_registration(network), a_registration(network)
    with pytest.raises(WithdrawingRefused, match="Say why"):
        withdrawing.remove_from_network(first, by=staff, at=NOW, reason=" ")
    withdrawing.remove_from_network(first, by=staff, at=NOW, reason="Registered twice")
    assert (status_of(first), status_of(second)) == ("removed", "seated")
    assert "Registered twice" in Mail.objects.get(template__endswith="removed").text


def test_miss_meeting_keeps_the_seat_and_can_be_taken_back():
    network = a_network()
    registration, meeting = a_registration(network), network.meetings.own().get()
    withdrawing.miss_meeting(registration, meeting, at=NOW)
    withdrawing.miss_meeting(registration, meeting, at=NOW)
    assert registration.planned_absences.count() == 1
    withdrawing.come_after_all(registration, meeting, at=NOW)
    assert registration.planned_absences.count() == 0
    assert status_of(registration) == "seated"


def test_miss_meeting_of_another_network_or_a_past_one_is_refused():
    network = a_network()
    registration, meeting = a_registration(network), network.meetings.own().get()
    with pytest.raises(WithdrawingRefused):
        withdrawing.miss_meeting(registration, a_meeting(a_network()), at=NOW)
    with pytest.raises(WithdrawingRefused, match="over"):
        withdrawing.miss_meeting(registration, meeting, at=meeting.ends_at)


def test_give_seat_wants_a_reason_for_passing_others_or_going_over():
    network, staff = a_network(seats=1), a_staff_member()
    _first, second, third = (a_registration(network) for _each in range(3))
    with pytest.raises(RegistrationRefused, match="Every seat"):
        waitlist.give_seat(second, by=staff, at=NOW)
    network.seats = 2
    network.save()
    with pytest.raises(RegistrationRefused, match="ahead in line"):
        waitlist.give_seat(third, by=staff, at=NOW)
    waitlist.give_seat(third, by=staff, at=NOW, reason="Presents at the first meeting")
    change = third.changes.last()
    assert (change.by, change.reason) == (staff, "Presents at the first meeting")
    assert mails_to(third) == ["seat_given"]


def test_give_seat_twice_is_refused():
    network, staff = a_network(seats=1), a_staff_member()
    _first, second = a_registration(network), a_registration(network)
    waitlist.give_seat(second, by=staff, at=NOW, reason="Needed")
    with pytest.raises(RegistrationRefused, match="on the waitlist"):
        waitlist.give_seat(second, by=staff, at=NOW, reason="Needed")


def test_fill_seats_the_first_in_line_when_seats_are_raised():
    network = a_network(seats=1)
    _first, second, third = (a_registration(network) for _each in range(3))
    network.seats = 2
    network.save()
    assert waitlist.fill_seats(network, by="seats raised", at=NOW) == [second]
    assert status_of(third) == "waiting"


def test_sweep_heals_what_was_missed_in_every_network_and_twice_changes_nothing():
    networks = [a_network(seats=1) for _each in range(2)]
    waiting = [[a_registration(network), a_registration(network)][1] for network in networks]
    for network in networks:
        type(network).objects.filter(pk=network.pk).update(seats=2)
    assert (waitlist.sweep_waitlists(at=NOW), waitlist.sweep_waitlists(at=NOW)) == (2, 0)
    assert [status_of(one) for one in waiting] == ["seated", "seated"]


def test_sweep_leaves_cancelled_networks_alone():
    network = a_network(seats=1)
    _first, second = a_registration(network), a_registration(network)
    type(network).objects.filter(pk=network.pk).update(seats=2, status="cancelled")
    assert waitlist.sweep_waitlists(at=NOW) == 0
    assert status_of(second) == "waiting"


def test_the_link_of_a_session_dies_with_the_persons_number():
    registration = a_registration(a_network(), a_person())
    token = leaving_token(registration)
    assert withdrawing.registration_of(token) == registration
    assert withdrawing.registration_of(token + "x") is None
    registration.person.link_number = 1
    registration.person.save()
    assert withdrawing.registration_of(token) is None
