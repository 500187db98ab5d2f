"""What follows a snow day: one mail each, calendars, attendance and the evaluation."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from meetings.planning.domain import moving
from registrations.attendance.domain import attendance, completing
from registrations.models import Attendance, AttendanceCompletion, Evaluation, PlannedAbsence, Seen
from registrations.seats.domain.audience import audience
from stemnet.models import Mail, MailClass
from tests.factories import NOW, SWEEP, a_group, a_meeting, a_network, a_person, a_registration

pytestmark = pytest.mark.django_db
AFTER = datetime(2020, 10, 14, 17, tzinfo=UTC)


@pytest.fixture
def network():
    return a_network(meetings=0)


@pytest.fixture
def meeting(network):
    return a_meeting(network)


def letters():
    return Mail.objects.filter(key__startswith="meetings_changed").order_by("pk")


def test_one_mail_each_for_all_changes_of_an_act(network, meeting):
    other = a_meeting(network, on=date(2020, 12, 8), title="Second meeting")
    a_registration(network)
    a_registration(network)
    moving.change_meetings([meeting, other], moving.cancelled(), by=SWEEP, at=NOW, reason="Snow")
    assert [mail.mail_class for mail in letters()] == [MailClass.TRANSACTIONAL] * 2
    text = letters()[0].text
    assert ("Opening meeting" in text, "Second meeting" in text, "Why: Snow" in text) == (True,) * 3


def test_the_calendar_file_has_the_same_uid_and_a_raised_sequence(network, meeting):
    a_registration(network)
    moving.change_meetings([meeting], moving.rescheduled(on=date(2020, 12, 9)), by=SWEEP, at=NOW)
    moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=NOW)
    first, second = (mail.attachments[0] for mail in letters())
    for file, method, sequence in [(first, "REQUEST", 1), (second, "CANCEL", 2)]:
        assert f"METHOD:{method}" in file["content"]
        assert f"UID:{meeting.uid}@" in file["content"]
        assert f"SEQUENCE:{sequence}\r\n" in file["content"]


def test_a_new_date_says_the_old_one_and_the_zone(network, meeting):
    a_registration(network)
    moving.change_meetings(
        [meeting], moving.rescheduled(on=date(2020, 12, 9), start_time=time(10)), by=SWEEP, at=NOW
    )
    text = letters().get().text
    assert "Wed, Dec 9, 2020, 10:00 a.m. to 12 noon ET" in text
    assert "It was planned for Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET." in text


def test_a_cancelled_meeting_says_when_it_was_planned(network, meeting):
    a_registration(network)
    moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=NOW)
    assert "It was planned for Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET." in letters().get().text


def test_the_link_goes_to_the_seated_and_never_into_the_file(network, meeting):
    a_registration(network)
    moving.change_meetings(
        [meeting], moving.moved_online(join_url="https://video.example.org/secret"), by=SWEEP, at=NOW
    )
    mail = letters().get()
    assert "https://video.example.org/secret" in mail.text
    assert "secret" not in mail.attachments[0]["content"]


def test_those_on_the_waitlist_are_not_told_and_those_who_said_no_are(network, meeting):
    seated = a_registration(network)
    PlannedAbsence.objects.create(registration=seated, meeting=meeting, said_at=NOW)
    network.seats = 1
    network.save()
    a_registration(network)
    moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=NOW)
    assert [mail.address for mail in letters()] == [seated.person.primary_address]


def test_a_meeting_of_a_group_is_told_to_its_members(network):
    group = a_group(network)
    meeting = a_meeting(network, working_group=group)
    member = a_registration(network)
    a_registration(network)
    member.group_memberships.create(working_group=group, joined_at=NOW)
    changes = moving.planned([meeting], moving.cancelled(), by=SWEEP, at=NOW)
    assert [hearer.registration for hearer, _mine in audience(changes, at=NOW)] == [member]


def test_nobody_is_told_of_a_meeting_that_is_over(network, meeting):
    a_registration(network)
    moving.change_meetings([meeting], moving.new_place(room="B"), by=SWEEP, at=AFTER, reason="typing mistake")
    assert not letters().exists()


def test_cancelling_takes_the_hours_away_and_keeps_the_evidence(network, meeting):
    registration = a_registration(network)
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen=Seen.PRESENT, by=SWEEP, at=AFTER
    )
    moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=AFTER, reason="fire alarm")
    assert (Attendance.objects.count(), registration.evidence.count()) == (0, 1)


def test_a_longer_meeting_counts_ticks_from_start_to_end(network, meeting):
    registration = a_registration(network)
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen=Seen.PRESENT, by=SWEEP, at=AFTER
    )
    moving.change_meetings(
        [meeting], moving.rescheduled(end_time=time(12, 30)), by=SWEEP, at=AFTER, reason="typing mistake"
    )
    assert Attendance.objects.get().minutes_counted == 210


def test_a_meeting_moved_into_the_future_is_not_complete(network, meeting):
    completing.complete_attendance(meeting, by=SWEEP, at=AFTER)
    moving.change_meetings(
        [meeting], moving.rescheduled(on=date(2020, 12, 9)), by=SWEEP, at=AFTER, reason="nobody came"
    )
    assert not AttendanceCompletion.objects.exists()


def test_cancelling_the_last_open_meeting_asks_the_evaluation(network, meeting):
    last = a_meeting(network, on=date(2020, 12, 8))
    completing.complete_attendance(meeting, by=SWEEP, at=AFTER)
    assert not Evaluation.objects.exists()
    moving.change_meetings([last], moving.cancelled(), by=SWEEP, at=AFTER + timedelta(days=1))
    assert Evaluation.objects.filter(network=network).exists()


def test_each_calendar_file_names_its_own_reader(network, meeting):
    readers = [a_registration(network).person for _number in range(2)]
    moving.change_meetings([meeting], moving.cancelled(), by=SWEEP, at=NOW)
    files = [Calendar.from_ical(mail.attachments[0]["content"]) for mail in letters()]
    told = [str(file.walk("VEVENT")[0]["attendee"]) for file in files]
    assert told == [f"mailto:{person.primary_address}" for person in readers]


def test_telling_twenty_five_people_takes_as_many_queries_as_telling_one(network, meeting):
    other = a_meeting(network, on=date(2020, 12, 8), title="Second meeting")
    a_registration(network)
    with CaptureQueriesContext(connection) as one:
        moving.change_meetings([meeting], moving.rescheduled(on=date(2020, 10, 15)), by=SWEEP, at=NOW)
    for _number in range(24):
        a_registration(network)
    with CaptureQueriesContext(connection) as many:
        moving.change_meetings([other], moving.rescheduled(on=date(2020, 12, 9)), by=SWEEP, at=NOW)
    assert (letters().count(), len(many)) == (26, len(one))


def test_the_lead_of_a_group_is_told_of_its_meetings_only(network, meeting):
    lead = a_person()
    afterwards = a_meeting(network, working_group=a_group(network, lead=lead), title="Afterwards")
    moving.change_meetings([meeting, afterwards], moving.cancelled(), by=SWEEP, at=NOW, reason="Snow")
    mail = letters().get(address=lead.primary_address)
    assert ("Afterwards" in mail.text, "Opening meeting" in mail.text) == (True, False)
    assert "because you lead a working group" in mail.text


def test_a_lead_who_is_registered_gets_one_mail_about_all(network, meeting):
    lead = a_registration(network).person
    afterwards = a_meeting(network, working_group=a_group(network, lead=lead), title="Afterwards")
    moving.change_meetings([meeting, afterwards], moving.cancelled(), by=SWEEP, at=NOW, reason="Snow")
    text = letters().get(address=lead.primary_address).text
    assert ("Afterwards" in text, "Opening meeting" in text) == (True, True)
