"""Make-up work: who approves it, how much, and where it is said (docs/rules.md 6.6)."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from partners.models import User
from registrations.attendance.domain import completing, making_up
from registrations.attendance.exceptions import AttendanceRefused, MakeUpRefused, ReasonWanted
from registrations.credit.documents import render_document
from registrations.credit.domain import issuing
from registrations.credit.domain.export_columns import meeting_columns
from registrations.credit.domain.export_lines import Line, Part
from registrations.credit.domain.readiness import course_of, readiness_of_person
from registrations.models import Attendance, Document, Evidence, Seen
from tests.factories import SWEEP, a_staff_member
from tests.registrations.attendance.test_attendance import mark, meeting, network, registration, wall
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.credit.test_documents import text_of

__all__ = ["meeting", "network", "registration"]
pytestmark = pytest.mark.django_db
LATER = datetime(2020, 10, 20, 14, tzinfo=UTC)
DAY = date(2020, 10, 19)


def make_up(registration, meeting, minutes=60, **fields):
    values = {"done": "Watched the recording", "done_on": DAY, "by": a_staff_member(), "at": LATER}
    return making_up.approve_make_up(
        registration=registration, meeting=meeting, minutes=minutes, **{**values, **fields}
    )


def row(registration, meeting):
    found = Attendance.objects.get(registration=registration, meeting=meeting)
    return found.minutes_counted, found.minutes_made_up, found.made_up_by


def test_staff_add_what_was_missed_and_their_name_stands_beside_it(registration, meeting):
    mark(registration, meeting, left=wall(meeting, 10))
    anna = a_staff_member(first_name="Anna", last_name="Desk")
    made = make_up(registration, meeting, 60, by=anna)
    assert (made.minutes, made.done_on, made.reason, made.by) == (60, DAY, "Watched the recording", anna)
    assert row(registration, meeting) == (120, 60, "Anna Desk")


@pytest.mark.parametrize(
    ("minutes", "words"), [(121, "Up to 120 minutes"), (0, "Up to 120 minutes"), (-5, "Up to 120 minutes")]
)
def test_no_more_is_made_up_for_than_was_missed(registration, meeting, minutes, words):
    mark(registration, meeting, left=wall(meeting, 10))
    with pytest.raises(MakeUpRefused, match=words):
        make_up(registration, meeting, minutes)
    assert Evidence.objects.count() == 1


def test_what_is_made_up_for_already_is_taken_off(registration, meeting):
    make_up(registration, meeting, 100)
    with pytest.raises(MakeUpRefused, match="Up to 80 minutes"):
        make_up(registration, meeting, 81)
    make_up(registration, meeting, 80)
    with pytest.raises(MakeUpRefused, match="Nothing is left"):
        make_up(registration, meeting, 1)
    assert row(registration, meeting)[:2] == (180, 180)


def test_nobody_approves_their_own(registration, meeting):
    with pytest.raises(AttendanceRefused, match="your own make-up work"):
        make_up(registration, meeting, by=registration.person)


@pytest.mark.parametrize("day", [date(2020, 10, 13), date(2020, 10, 21)])
def test_the_work_is_done_between_the_meeting_and_today(registration, meeting, day):
    with pytest.raises(MakeUpRefused, match="between the day") as refused:
        make_up(registration, meeting, done_on=day)
    assert refused.value.field == "done_on"


def test_nothing_is_made_up_for_before_the_meeting_is_over(registration, meeting):
    with pytest.raises(AttendanceRefused, match="isn't over yet"):
        make_up(registration, meeting, at=meeting.starts_at)


def test_a_correction_keeps_the_old_and_says_why(registration, meeting):
    old = make_up(registration, meeting, 60)
    with pytest.raises(ReasonWanted):
        make_up(registration, meeting, 180, instead_of=old.pk)
    new = make_up(registration, meeting, 180, instead_of=old.pk, reason="It was all of it")
    old.refresh_from_db()
    assert (old.replaced_by, old.taken_back_reason) == (new, "It was all of it")
    assert row(registration, meeting)[:2] == (180, 180)
    with pytest.raises(AttendanceRefused, match="in the meantime"):
        make_up(registration, meeting, 1, instead_of=old.pk, reason="Again")


def test_taken_back_it_counts_no_longer_and_stays_on_record(registration, meeting):
    made, by = make_up(registration, meeting, 180), a_staff_member()
    making_up.take_back_make_up(
        registration=registration, meeting=meeting, mark=made.pk, by=by, at=LATER, reason="Not done"
    )
    assert (Attendance.objects.count(), Evidence.objects.standing().count()) == (0, 0)
    assert Evidence.objects.get().taken_back_reason == "Not done"


def test_a_document_says_it_and_is_reviewed_when_it_changes():
    network = an_awarding_network(asks_evaluation=False)
    registration = a_participant(network, attended=0, evaluated=False)
    meetings = list(network.meetings.order_by("starts_at"))
    for one in meetings:
        completing.complete_attendance(one, by=SWEEP, at=JUNE)
    for one in meetings[:3]:
        mark(registration, one, at=JUNE, by=a_staff_member(), seen=Seen.PRESENT)
    anna = a_staff_member(first_name="Anna", last_name="Desk")
    make_up(registration, meetings[3], 180, by=anna, at=JUNE, done_on=date(2021, 5, 1))
    issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    document = Document.objects.get(kind="pdp")
    text = text_of(render_document(document.snapshot))
    assert "make-up work, 180 minutes, approved by Anna Desk" in text
    made = Evidence.objects.get(source="make_up")
    make_up(
        registration, meetings[3], 90, at=JUNE, done_on=date(2021, 5, 1), instead_of=made.pk, reason="Half"
    )
    document.refresh_from_db()
    assert "the total is 630 minutes" in document.review_reason


def test_the_export_says_minutes_and_who_approved(registration, meeting, network):
    mark(registration, meeting, left=wall(meeting, 10))
    make_up(registration, meeting, 60, by=a_staff_member(first_name="Anna", last_name="Desk"))
    columns = meeting_columns(course_of(network, at=LATER))
    one = readiness_of_person(network, registration.person, at=LATER)
    cells = dict(
        zip(
            columns.sheet("").header,
            columns.row(Line(one, Part([one]), meeting, one.attendances[0])),
            strict=True,
        )
    )
    assert (cells["Minutes made up for"], cells["Make-up work approved by"]) == (60, "Anna Desk")
    assert cells["How we know"] == "marked by staff, made up for"


@pytest.fixture
def staff(client):
    person = a_staff_member(first_name="Anna", last_name="Desk")
    client.force_login(person.user)
    with time_machine.travel(LATER, tick=False):
        yield person


def page_of(registration, meeting):
    return reverse("staff_make_up", args=[meeting.uid, registration.uid])


def typed(**fields):
    return {"minutes": "60", "done_on": "2020-10-19", "done": "Read the minutes", **fields}


def test_staff_add_correct_and_remove_it_on_the_page(client, staff, registration, meeting):
    page = page_of(registration, meeting)
    assert client.post(page, typed()).url == page
    made = Evidence.objects.get()
    mark_page = reverse("staff_make_up_mark", args=[meeting.uid, registration.uid, made.pk])
    refused = client.post(mark_page, typed(minutes="90"))
    assert (refused.status_code, 'value="90"' in refused.content.decode()) == (422, True)
    assert client.post(mark_page, typed(minutes="90", reason="Longer")).status_code == 302
    new = Evidence.objects.standing().get()
    mark_page = reverse("staff_make_up_mark", args=[meeting.uid, registration.uid, new.pk])
    assert "Say why" in client.post(mark_page, {"take_back": "1", "reason": ""}).content.decode()
    client.post(mark_page, {"take_back": "1", "reason": "Wrong person"})
    assert (Evidence.objects.count(), Evidence.objects.standing().count()) == (2, 0)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"minutes": "200"}, "Up to 180 minutes"),
        ({"minutes": "an hour"}, "Enter a whole number"),
        ({"done_on": "2020-10-01"}, "between the day of the meeting and today"),
        ({"done": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_kept(client, staff, registration, meeting, fields, words):
    answer = client.post(page_of(registration, meeting), typed(**fields))
    text = answer.content.decode()
    assert (answer.status_code, words in text, Evidence.objects.count()) == (422, True, 0)
    assert all(f'value="{value}"' in text for value in typed(**fields).values() if value)


def test_a_button_pressed_twice_adds_or_removes_it_once(client, staff, registration, meeting):
    page = page_of(registration, meeting)
    again = [client.post(page, typed()) for _twice in range(2)][-1]
    assert (again.status_code, "This make-up work was already added." in again.content.decode()) == (
        422,
        True,
    )
    made = Evidence.objects.get()
    assert client.post(page, typed(done="Wrote half a page")).status_code == 302
    mark_page = reverse("staff_make_up_mark", args=[meeting.uid, registration.uid, made.pk])
    sent = {"take_back": "1", "reason": "Wrong person"}
    twice = [client.post(mark_page, sent, follow=True) for _twice in range(2)][-1]
    assert "Somebody changed this make-up work in the meantime." in twice.content.decode()
    assert Evidence.objects.standing().get().reason == "Wrote half a page"


def test_my_learning_the_desk_and_the_person_s_page_say_it(client, staff, registration, meeting):
    mark(registration, meeting, left=wall(meeting, 10), by=a_staff_member())
    client.post(page_of(registration, meeting), typed())
    words = "make-up work, 60 minutes, approved by Anna Desk"
    desk = client.get(
        reverse("staff_meeting", args=[meeting.uid]), {"open": registration.uid}
    ).content.decode()
    assert (words in desk, "is based on: marked by staff, made up for" in desk) == (True, True)
    of_person = reverse("staff_person", args=[meeting.network.slug, registration.uid])
    text = client.get(of_person).content.decode()
    assert ("We know from: marked by staff, made up for" in text, "Read the minutes" in text) == (True, True)
    client.force_login(User.objects.create_user("who@example.org", person=registration.person))
    learning = client.get(reverse("learning_network", args=[meeting.network.slug])).content.decode()
    assert words in learning


def test_the_desk_does_not_tick_or_undo_what_was_made_up_for(client, staff, registration, meeting):
    client.post(page_of(registration, meeting), typed(minutes="180"))
    desk = client.get(reverse("staff_meeting", args=[meeting.uid])).content.decode()
    assert ('value="undo"' in desk, "make-up work, 180 minutes" in desk) == (False, True)
