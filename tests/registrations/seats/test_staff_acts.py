"""Staff register, move, excuse and correct somebody; each is told, and can be undone for a week."""

from datetime import timedelta

import pytest

from partners.models import PersonEmail
from partners.people.domain.organizations import Workplace
from registrations.attendance.domain import attendance
from registrations.attendance.emails import missed_letters
from registrations.models import Attendance, Offer, PlannedAbsence, Registration, Seen, StaffAct
from registrations.seats.domain import (
    adding,
    correcting,
    excusing,
    groups,
    line_words,
    moving,
    reopening,
    seats,
    undoing,
    withdrawing,
)
from registrations.seats.exceptions import (
    AlreadyRegistered,
    Full,
    HolderHasAnotherName,
    RegistrationClosed,
    RegistrationRefused,
    WithdrawingRefused,
)
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_position,
    a_registration,
    a_staff_member,
    an_organization,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def added(network, address="ana@example.org", **said):
    said = {"first_name": "Ana", "last_name": "Lead", "workplace": Workplace(words="Wareham"), **said}
    return adding.add_person(network, address=address, by=SWEEP, at=NOW, **said)


def moved(one, network, **said):
    return moving.move_to_network(one, network, **{"by": SWEEP, "at": NOW, "reason": "Works there", **said})


def reopened(one, **said):
    return reopening.reopen(one, **{"by": SWEEP, "at": NOW, "reason": "Asked by phone", **said})


def undone(one, at=NOW):
    return undoing.undo(undoing.last_of(one, at=at) or one.staff_acts.last(), by=SWEEP, at=at)


def status(one):
    one.refresh_from_db()
    return one.status


def mails_to(person):
    return [mail.subject for mail in Mail.objects.filter(address=person.primary_address).order_by("pk")]


# Registering


def test_staff_register_somebody_new_who_is_told_and_asked_for_the_rest():
    one = added(a_network(title="Leaders"))
    assert (one.status, one.origin, str(one.person)) == ("seated", "staff", "Ana Lead")
    assert PersonEmail.objects.get(person=one.person).verified_at is None
    mail = Mail.objects.get(address="ana@example.org")
    assert mail.subject == "You're registered: Leaders 2020-21"
    assert "complete" in mail.text


def test_somebody_known_keeps_their_name_and_is_asked_about_first():
    known = a_person(first_name="Bea", last_name="Known", address="bea@example.org")
    network = a_network()
    with pytest.raises(HolderHasAnotherName) as question:
        added(network, "bea@example.org")
    assert question.value.holder == known
    one = added(network, "bea@example.org", meant=str(known.uid))
    assert str(one.person) == "Bea Known"


def test_registered_already_is_refused():
    one = added(a_network())
    with pytest.raises(AlreadyRegistered):
        added(one.network)


def test_without_a_free_seat_they_wait_and_read_so():
    network = a_network(seats=1)
    a_registration(network)
    assert added(network).status == "waiting"
    assert "waitlist" in Mail.objects.get(address="ana@example.org").subject


def test_a_full_waitlist_is_refused_and_nobody_is_made():
    network = a_network(seats=1, waitlist=False)
    a_registration(network)
    with pytest.raises(Full):
        added(network)
    assert not PersonEmail.objects.filter(address="ana@example.org").exists()


def test_going_over_the_seats_wants_a_reason_which_is_kept():
    network = a_network(seats=1)
    a_registration(network)
    with pytest.raises(RegistrationRefused):
        added(network, over=True)
    one = added(network, over=True, reason="She presents")
    assert (one.status, one.over_seats_reason) == ("seated", "She presents")
    assert one.changes.get().reason == "She presents"


def test_staff_read_why_there_are_more_than_the_seats_and_those_in_line_only_how_many():
    network = a_network(seats=1)
    a_registration(network), a_registration(network)
    added(network, over=True, reason="She presents")
    assert line_words.why_still(network, at=NOW)[1] == "Staff seated 1 more person. Why: She presents."
    assert line_words.why_still(network, at=NOW, party_size=1)[1] == "Staff seated 1 more person."


def test_the_tick_keeps_no_reason_where_a_seat_is_free():
    assert added(a_network(), over=True, reason="She presents").over_seats_reason == ""


def test_a_limit_of_the_organization_holds_for_staff():
    school = an_organization()
    network = a_network(each_organization=1)
    someone = a_person()
    a_registration(network, someone, position=a_position(someone, organization=school))
    assert added(network, workplace=Workplace(organization=school)).status == "waiting"


def test_after_closing_staff_say_why():
    network = a_network(closed_at=NOW - A_DAY)
    with pytest.raises(RegistrationRefused):
        added(network)
    assert added(network, reason="Her form was lost").status == "seated"


def test_nobody_is_registered_for_a_draft_or_once_the_last_meeting_is_over():
    with pytest.raises(RegistrationClosed):
        added(a_network(status="draft"))
    network = a_network()
    with pytest.raises(RegistrationClosed):
        adding.add_person(
            network,
            address="ana@example.org",
            first_name="Ana",
            last_name="Lead",
            workplace=Workplace(words="Wareham"),
            reason="Late",
            by=SWEEP,
            at=network.meetings.get().ends_at,
        )


def test_undoing_ends_what_staff_registered():
    one = added(a_network())
    undone(one)
    assert status(one) == "removed"
    assert mails_to(one.person)[-1] == f"Undone: {one.network}"


# Moving


def test_a_move_frees_the_seat_once_and_gives_one_there():
    here, there = a_network(seats=1), a_network(title="Coaches")
    one, waits = a_registration(here), a_registration(here)
    new = moved(one, there)
    assert (status(one), new.status, new.network) == ("moved", "seated", there)
    assert status(waits) == "seated"
    assert here.registrations.seated().count() == 1
    assert "You've been moved to Coaches 2020-21" in mails_to(one.person)
    assert (one.changes.last().to_status, new.changes.get().to_status) == ("moved", "seated")


def test_hours_stay_where_they_were_earned():
    here, there = a_network(), a_network()
    one, meeting = a_registration(here), here.meetings.get()
    attendance.mark_attendance(
        registration=one, meeting=meeting, seen=Seen.PRESENT, by=SWEEP, at=meeting.ends_at
    )
    a_meeting(there, on=(meeting.ends_at + A_DAY).date())
    new = moved(one, there, at=meeting.ends_at)
    assert Attendance.objects.get().registration == one
    assert not new.attendances.exists()


def test_a_full_network_refuses_a_move_and_the_seat_stays():
    here, there = a_network(), a_network(seats=1)
    a_registration(there)
    one = a_registration(here)
    with pytest.raises(RegistrationRefused, match="Every seat in"):
        moved(one, there)
    assert status(one) == "seated"
    assert not StaffAct.objects.exists()


def test_a_move_beyond_the_seats_keeps_the_reason():
    there = a_network(seats=1)
    a_registration(there)
    new = moved(a_registration(a_network()), there, over=True)
    assert (new.status, new.over_seats_reason) == ("seated", "Works there")


def test_who_waits_waits_there():
    here, there = a_network(seats=1), a_network(seats=1)
    a_registration(here), a_registration(there)
    assert moved(a_registration(here), there).status == "waiting"


def test_an_offer_ends_with_the_move_and_goes_to_the_next():
    here = a_network(seats=1, offer_hours=48)
    first, second, third = (a_registration(here) for _each in range(3))
    withdrawing.leave_network(first, by=SWEEP, at=NOW)
    assert status(second) == "offered"
    assert moved(second, a_network()).status == "seated"
    assert Offer.objects.get(registration=second).outcome == "taken_back"
    assert status(third) == "offered"


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_move_wants_a_reason(reason):
    one = a_registration(a_network())
    with pytest.raises(RegistrationRefused, match="Say why"):
        moved(one, a_network(), reason=reason)


def test_nobody_is_moved_twice_or_to_where_they_are():
    here, there = a_network(), a_network()
    one = a_registration(here)
    with pytest.raises(RegistrationRefused):
        moved(one, here)
    moved(one, there)
    with pytest.raises(RegistrationRefused, match="isn't registered"):
        moved(one, there)
    with pytest.raises(RegistrationRefused, match="already"):
        moved(a_registration(here, one.person), there)


def test_undoing_a_move_gives_the_seat_and_the_group_back():
    here, there = a_network(), a_network()
    group, one = a_group(here), a_registration(here)
    groups.enter_group(one, group, at=NOW)
    new = moved(one, there, at=NOW + A_DAY)
    undone(new, at=NOW + 2 * A_DAY)
    assert (status(one), status(new)) == ("seated", "moved")
    assert one.group_memberships.current().get().working_group == group


def test_a_move_is_not_undone_where_the_seat_has_gone():
    here = a_network(seats=1)
    one, _waits = a_registration(here), a_registration(here)
    new = moved(one, a_network())
    with pytest.raises(RegistrationRefused, match="gone to somebody else"):
        undone(new)
    assert (status(one), status(new)) == ("moved", "seated")


def test_a_move_is_not_undone_once_attendance_was_marked_there():
    there = a_network()
    new = moved(a_registration(a_network()), there)
    meeting = there.meetings.get()
    attendance.mark_attendance(
        registration=new, meeting=meeting, seen=Seen.PRESENT, by=SWEEP, at=meeting.ends_at
    )
    with pytest.raises(RegistrationRefused, match="attendance has been marked"):
        undoing.undo(new.staff_acts.get(), by=SWEEP, at=NOW + A_DAY)


def test_after_a_week_nothing_is_undone_and_the_sentence_says_until_when():
    new = moved(a_registration(a_network()), a_network())
    with pytest.raises(RegistrationRefused, match="You could undo this until Mon, Sep 14, 2020"):
        undone(new, at=NOW + timedelta(days=7))


def test_undoing_twice_changes_nothing_more():
    one = a_registration(a_network())
    act = moved(one, a_network()).staff_acts.get()
    first = undoing.undo(act, by=SWEEP, at=NOW)
    assert undoing.undo(act, by=SWEEP, at=NOW + A_DAY).undone_at == first.undone_at
    assert one.changes.filter(to_status="seated").count() == 2


# Registering again


def test_who_left_gets_a_free_seat_and_their_group():
    group = a_group(a_network())
    one = a_registration(group.network)
    groups.enter_group(one, group, at=NOW)
    withdrawing.leave_network(one, by=SWEEP, at=NOW + A_DAY)
    reopened(one, at=NOW + 2 * A_DAY)
    assert status(one) == "seated"
    assert one.group_memberships.current().get().working_group == group
    assert f"You're registered again: {one.network}" in mails_to(one.person)


def test_who_left_a_full_network_goes_to_the_end_of_the_line():
    network = a_network(seats=1)
    one, second, third = (a_registration(network) for _each in range(3))
    withdrawing.leave_network(one, by=SWEEP, at=NOW)
    reopened(one)
    assert (status(one), status(second), status(third)) == ("waiting", "seated", "waiting")
    assert seats.place_in_line(one) == 2


def test_who_left_can_be_seated_beyond_the_seats():
    network = a_network(seats=1)
    one, _second = a_registration(network), a_registration(network)
    withdrawing.leave_network(one, by=SWEEP, at=NOW)
    assert (reopened(one, over=True).status, one.network.registrations.seated().count()) == ("seated", 2)


def test_who_is_registered_is_not_registered_again():
    one = a_registration(a_network())
    withdrawing.leave_network(one, by=SWEEP, at=NOW)
    a_registration(one.network, one.person)
    with pytest.raises(AlreadyRegistered):
        reopened(one)


def test_undoing_it_ends_the_registration_as_it_was():
    one = a_registration(a_network())
    withdrawing.leave_network(one, by=SWEEP, at=NOW)
    reopened(one)
    undone(one)
    assert status(one) == "withdrawn"


def test_undoing_a_removal_gives_the_old_place_in_line_back():
    network = a_network(seats=1)
    _seated, one, _last = (a_registration(network) for _each in range(3))
    withdrawing.remove_from_network(one, by=SWEEP, at=NOW, reason="Mixed up")
    undone(one)
    assert (status(one), seats.place_in_line(one)) == ("waiting", 1)


# Excusing


def test_an_excuse_is_kept_with_its_reason_and_told():
    one = a_registration(a_network())
    meeting = one.network.meetings.get()
    absence = excusing.excuse(one, meeting, by=SWEEP, at=NOW, reason="Jury duty")
    assert (absence.reason, absence.excused_by_name) == ("Jury duty", "test")
    assert mails_to(one.person)[-1] == "You're excused: Meeting 1"
    excusing.excuse(one, meeting, by=SWEEP, at=NOW, reason="Another")
    assert PlannedAbsence.objects.get().reason == "Jury duty"
    assert StaffAct.objects.count() == 1


def test_who_missed_an_excused_meeting_reads_that_they_were_excused():
    one = a_registration(a_network())
    meeting = one.network.meetings.get()
    excusing.excuse(one, meeting, by=SWEEP, at=NOW, reason="Jury duty")
    [letter] = missed_letters(meeting, [one], at=meeting.ends_at)
    assert (letter["context"]["excused"], letter["context"]["by_staff"]) == (True, True)


def test_undoing_an_excuse_keeps_what_they_said_themselves():
    one = a_registration(a_network())
    meeting = one.network.meetings.get()
    withdrawing.miss_meeting(one, meeting, at=NOW)
    excusing.excuse(one, meeting, by=SWEEP, at=NOW, reason="Jury duty")
    undone(one)
    assert PlannedAbsence.objects.get().reason == ""
    withdrawing.come_after_all(one, meeting, at=NOW)
    excusing.excuse(one, meeting, by=SWEEP, at=NOW, reason="Jury duty")
    undone(one)
    assert not PlannedAbsence.objects.exists()


def test_who_was_there_is_not_excused():
    one = a_registration(a_network())
    meeting = one.network.meetings.get()
    attendance.mark_attendance(
        registration=one, meeting=meeting, seen=Seen.PRESENT, by=SWEEP, at=meeting.ends_at
    )
    with pytest.raises(WithdrawingRefused, match="They were at"):
        excusing.excuse(one, meeting, by=SWEEP, at=meeting.ends_at, reason="Jury duty")


# Correcting


def corrected(one, **fields):
    now = correcting.standing_in(one)
    known = {name: getattr(now, name) for name in (*correcting.NAMES, "workplace", "job", "group")}
    wanted = correcting.Corrections(**{**known, **fields})
    return correcting.correct(one, wanted, by=a_staff_member(), at=NOW)


def test_a_correction_is_told_and_undone():
    person = a_person(first_name="Jon", last_name="Smyth")
    one = a_registration(a_network(), person)
    corrected(one, first_name="John", last_name="Smith")
    mail = Mail.objects.filter(address=person.primary_address).last()
    assert mail.subject == f"We corrected your data: {one.network}"
    assert "Jon Smyth" in mail.text
    undone(one)
    assert str(Registration.objects.get(pk=one.pk).person) == "Jon Smyth"


def test_a_correction_is_not_undone_once_somebody_corrected_again_elsewhere():
    person = a_person(first_name="Jon", last_name="Smyth")
    one = a_registration(a_network(), person)
    corrected(one, first_name="John")
    person.refresh_from_db()
    person.first_name = "Johannes"
    person.save()
    with pytest.raises(RegistrationRefused, match="Somebody else changed"):
        undone(one)
