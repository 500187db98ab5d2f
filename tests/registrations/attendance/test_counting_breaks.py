"""Breaks in the hours that people earn: taken out where the rule does not count them."""

from datetime import UTC, datetime, time

import pytest
from django.urls import reverse

from meetings.planning.domain import breaks, counting, moving
from meetings.planning.domain.breaks import BreakPlan
from registrations.attendance.domain import attendance
from registrations.credit.domain import changing_rule, issuing
from registrations.models import Attendance, CreditRule
from tests.factories import SWEEP, a_coordinator, a_group, a_meeting, a_network, a_registration
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.desk.setup_page import as_shown

pytestmark = pytest.mark.django_db
AFTER = datetime(2020, 10, 14, 17, tzinfo=UTC)
COFFEE = BreakPlan(time(10, 30), 15)


def held(code: str):
    """A meeting with a break, and somebody who was there from start to end."""
    network = a_network(meetings=0, credit_code=code)
    meeting = a_meeting(network)
    breaks.write(meeting, [COFFEE])
    registration = a_registration(network)
    attendance.mark_attendance(registration=registration, meeting=meeting, seen="present", by=SWEEP, at=AFTER)
    return meeting


def minutes(meeting) -> tuple[int, int, int]:
    row = Attendance.objects.get(meeting=meeting)
    return row.minutes_scheduled, row.minutes_attended, row.minutes_counted


@pytest.mark.parametrize(("code", "counted"), [("MA-PDP", 180), ("", 180), ("CEU", 165)])
def test_breaks_count_where_the_rule_counts_them(code, counted):
    assert minutes(held(code)) == (counted, counted, counted)


def test_other_breaks_of_a_meeting_that_was_held_change_the_hours():
    meeting = held("CEU")
    with counting.watched(meeting.network, at=AFTER):
        breaks.write(meeting, [BreakPlan(time(10, 30), 30)])
    assert minutes(meeting) == (150, 150, 150)


def test_a_meeting_that_moves_takes_its_break_out_at_the_new_time():
    meeting = held("CEU")
    moving.change_meetings(
        [meeting],
        moving.rescheduled(start_time=time(10), end_time=time(13)),
        by=SWEEP,
        at=AFTER,
        reason="Clock",
    )
    assert minutes(meeting) == (165, 165, 165)


def edited(client, network, **changed) -> None:
    client.force_login(a_coordinator().user)
    address = reverse("network_edit", args=[network.slug])
    client.post(address, as_shown(client.get(address).context["page"], **changed))


def test_the_page_of_the_network_changes_the_hours_of_a_held_meeting(client):
    meeting = held("CEU")
    edited(client, meeting.network, **{"meetings-0-breaks": "10:30-11:00"})
    assert minutes(meeting) == (150, 150, 150)


def test_another_rule_changes_the_hours_of_a_held_meeting():
    meeting = held("MA-PDP")
    version = CreditRule.objects.get(code="CEU", version=1)
    changing_rule.change_rule(meeting.network, version, reason="IACET", by=SWEEP, at=AFTER)
    assert minutes(meeting) == (165, 165, 165)


def test_a_group_on_another_topic_changes_the_hours_of_its_meetings(client):
    network = a_network(meetings=1)
    group = a_group(network)
    meeting = a_meeting(network, working_group=group, start_time=time(12), end_time=time(15))
    registration = a_registration(network)
    attendance.mark_attendance(
        registration=registration,
        meeting=meeting,
        seen="present",
        by=SWEEP,
        at=datetime(2020, 10, 14, 20, tzinfo=UTC),
    )
    edited(client, network, **{"groups-0-same_topic": ""})
    row = Attendance.objects.get(meeting=meeting)
    assert (row.minutes_counted, row.reason) == (0, "other_topic")


def test_a_document_is_to_be_reviewed_when_breaks_change_its_figures():
    network = an_awarding_network(credit_code="CEU")
    registration = a_participant(network, attended=4)
    meeting = network.meetings.own().first()
    attendance.mark_attendance(registration=registration, meeting=meeting, seen="present", by=SWEEP, at=JUNE)
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    with counting.watched(network, at=JUNE):
        breaks.write(meeting, [COFFEE])
    document.refresh_from_db()
    assert document.review_reason == (
        "The times, breaks or categories of “Meeting 1” were changed, so the total is 705 minutes and 1.1 "
        "CEUs instead of 720 minutes and 1.2 CEUs."
    )


def test_the_desk_of_the_admin_changes_breaks_and_hours(client):
    meeting = held("CEU")
    client.force_login(a_coordinator().user)
    one = meeting.breaks.get()
    typed = {
        "title": meeting.title,
        "counts": "on",
        "breaks-TOTAL_FORMS": "2",
        "breaks-INITIAL_FORMS": "1",
        "breaks-0-id": one.pk,
        "breaks-0-meeting": meeting.pk,
        "breaks-0-start_time": "10:30",
        "breaks-0-minutes": "15",
        "breaks-1-meeting": meeting.pk,
        "breaks-1-start_time": "11:30",
        "breaks-1-minutes": "15",
    }
    for prefix in ("agenda_items", "materials", "changes"):
        typed |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    address = reverse("admin:meetings_meeting_change", args=[meeting.pk])
    form = client.get(address).context["adminform"].form
    shown = {name: form.initial.get(name) for name in form.fields}
    typed = {name: value for name, value in shown.items() if value} | typed
    assert client.post(address, {**typed, "breaks-1-start_time": "11:50"}).status_code == 200
    assert minutes(meeting) == (165, 165, 165)
    client.post(address, typed)
    assert minutes(meeting) == (150, 150, 150)


def test_a_rule_decides_what_a_break_beside_another_meeting_counts():
    network = a_network(meetings=0, credit_code="CEU")
    main = a_meeting(network)
    breaks.write(main, [BreakPlan(time(10, 30), 60)])
    group = a_group(network)
    beside = a_meeting(network, working_group=group, start_time=time(10, 30), end_time=time(11, 30))
    registration = a_registration(network)
    for meeting in (main, beside):
        attendance.mark_attendance(
            registration=registration, meeting=meeting, seen="present", by=SWEEP, at=AFTER
        )
    assert [minutes(main)[2], minutes(beside)[2]] == [120, 60]


def test_pages_say_the_breaks(client):
    meeting = held("CEU")
    page = client.get(meeting.network.get_absolute_url()).content.decode()
    assert "Break 10:30 a.m. to 10:45 a.m." in page
    assert "2.75 hours in one meeting" in " ".join(page.split())
    assert "Breaks don't count." not in page
