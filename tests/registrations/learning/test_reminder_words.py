"""What the reminder of a meeting says of the way to the minimum; the whole of it is in test_reaching."""

from datetime import date, time, timedelta

import pytest
from model_bakery import baker

from registrations.models import AttendanceCompletion, PlannedAbsence
from registrations.seats.domain.reminding import sweep_reminders
from stemnet.models import Mail, MailClass
from tests.factories import NOW, a_group, a_meeting, a_person, a_registration, an_attendance
from tests.registrations.learning.test_learning_pages import provided

pytestmark = pytest.mark.django_db
GOAL = "the 10 hours that PDPs start at"


def a_year(attended, **fields):
    """A network of five meetings of three hours, somebody who was at the first ones, and these."""
    network = provided(meetings=5, **fields)
    registration = a_registration(network)
    meetings = list(network.meetings.own().order_by("starts_at"))
    for meeting in meetings[:attended]:
        an_attendance(registration, meeting, arrived_at=meeting.starts_at, left_at=meeting.ends_at)
    return registration, meetings


def reminded_of(meeting, days=1):
    """The text of the mail that goes out so many days before."""
    sweep_reminders(at=meeting.starts_at - timedelta(days=days))
    return Mail.objects.filter(mail_class=MailClass.REMINDER, state="queued").latest("pk").text


def test_who_has_the_hours_reads_so():
    _registration, meetings = a_year(4)
    assert f"You already have {GOAL}: 12 hours, 12 PDPs so far." in one_line(reminded_of(meetings[4]))


def one_line(text):
    return " ".join(text.split())


def test_who_needs_this_meeting_reads_so():
    _registration, meetings = a_year(3)
    assert f"Attend this meeting in full, and you'll have {GOAL}." in one_line(reminded_of(meetings[3]))


def test_who_needs_both_meetings_of_a_day_reads_so():
    registration, meetings = a_year(2)
    group = a_group(registration.network)
    registration.group_memberships.create(working_group=group, joined_at=NOW)
    times = {"start_time": time(12), "end_time": time(15)}
    a_meeting(registration.network, on=meetings[2].on, working_group=group, **times)
    text = one_line(reminded_of(meetings[2]))
    assert f"Attend these meetings in full, and you'll have {GOAL}." in text


def test_who_needs_more_than_this_one_reads_which():
    _registration, meetings = a_year(1)
    text = one_line(reminded_of(meetings[1]))
    assert f"Attend 3 more meetings in full (Nov 11, Dec 9 and Jan 6), and you'll have {GOAL}." in text


def test_who_cannot_get_there_reads_what_the_hours_are_and_what_can_be_done():
    registration, meetings = a_year(0)
    for meeting in meetings[:4]:
        baker.make(AttendanceCompletion, meeting=meeting, by_name="staff")
    text = one_line(reminded_of(meetings[4]))
    assert f"You can no longer reach {GOAL} with the meetings that are left." in text
    assert "Your hours count as hours of attendance." in text
    assert "ask the network's staff whether you can make it up" in text
    assert "The PDP certificate also needs" not in text
    assert registration.is_seated


def test_what_staff_have_not_marked_yet_and_a_meeting_that_one_misses_can_still_help():
    registration, meetings = a_year(2)
    baker.make(AttendanceCompletion, meeting=meetings[2], by_name="staff")
    PlannedAbsence.objects.create(registration=registration, meeting=meetings[4], said_at=NOW)
    a_meeting(registration.network, on=date(2021, 1, 4), title="Not marked yet")
    text = one_line(reminded_of(meetings[3]))
    assert f"Your upcoming meetings give at most 3 hours more. That isn't enough for {GOAL}." in text
    ways = "you can come after all on Feb 3 or your attendance on Jan 4, which isn't final yet, counts"
    assert f"You can still get there if {ways}." in text


def test_where_it_takes_two_things_both_are_said():
    registration, meetings = a_year(1)
    baker.make(AttendanceCompletion, meeting=meetings[1], by_name="staff")
    PlannedAbsence.objects.create(registration=registration, meeting=meetings[4], said_at=NOW)
    text = one_line(reminded_of(meetings[3]))
    ways = "you can come after all on Feb 3 and your attendance on Dec 9, which isn't final yet, counts"
    assert f"You can still get there if {ways}." in text


def test_a_group_that_one_could_join_can_still_help():
    registration, meetings = a_year(2)
    for meeting in meetings[2:4]:
        baker.make(AttendanceCompletion, meeting=meeting, by_name="staff")
    group = a_group(registration.network)
    a_meeting(registration.network, on=date(2021, 2, 10), working_group=group)
    text = one_line(reminded_of(meetings[4]))
    assert "You can still get there if you join a working group that meets on Feb 10." in text


def test_the_mail_says_what_the_certificate_needs_besides_hours():
    registration, meetings = a_year(3, requires_demonstration=True)
    needs = "a demonstration of learning and your answers to the network evaluation"
    assert f"The PDP certificate also needs {needs}." in one_line(reminded_of(meetings[3], days=7))
    registration.demonstrated_at = NOW
    registration.save()
    text = one_line(reminded_of(meetings[3]))
    assert "The PDP certificate also needs your answers to the network evaluation." in text


@pytest.mark.parametrize("lack", [{"provider": None}, {"credit_code": ""}, {"credit_code": "WA-CLOCK"}])
def test_nothing_is_said_where_nothing_can_be_awarded_or_there_is_no_minimum(lack):
    _registration, meetings = a_year(3, **lack)
    text = reminded_of(meetings[3])
    assert ("in full" in text, "PDP" in text) == (False, False)


def test_each_reads_their_own_way():
    registration, meetings = a_year(3)
    other = a_registration(registration.network, a_person())
    sweep_reminders(at=meetings[3].starts_at - timedelta(days=1))
    texts = {mail.address: one_line(mail.text) for mail in Mail.objects.filter(state="queued")}
    assert "Attend this meeting in full" in texts[registration.person.primary_address]
    assert "Attend this meeting in full" not in texts[other.person.primary_address]


def test_who_meets_in_two_networks_on_a_day_reads_which_is_meant():
    registration, meetings = a_year(3)
    other = provided(meetings=5, title="Computer science")
    a_registration(other, registration.person)
    text = one_line(reminded_of(meetings[3]))
    assert f"{registration.network}: Attend this meeting in full" in text
    assert f"{other}: " in text
