"""Two import one report at once, and somebody marks by hand meanwhile (PostgreSQL)."""

import threading
from datetime import timedelta

import pytest

from registrations.attendance.domain import attendance, report_importing
from registrations.attendance.exceptions import ReportChanged
from registrations.models import AttendanceReport, Evidence, Source
from tests.races import at_once
from tests.registrations.attendance.report_story import AT, Story, zoom

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT_ONCE = 4


@pytest.fixture
def story(private_files):
    story = Story()
    for number in range(6):
        story.person("Person", f"N{number}")
    return story


def everyone():
    return zoom(*((f"Person N{number}", "", "09:00", "11:00") for number in range(6)))


def imports(story, report):
    seen = story.plan(report).fingerprint
    fresh = AttendanceReport.objects.select_related("meeting__network").get(pk=report.pk)
    return lambda: report_importing.confirm(fresh, seen=seen, leave_out=False, by=story.staff, at=AT)


def marks():
    return Evidence.objects.filter(source=Source.IMPORT).count()


def test_of_those_who_import_one_report_at_once_one_writes(story):
    report = story.report(everyone())
    outcomes = at_once([imports(story, report) for _ in range(AT_ONCE)])
    kinds = sorted(type(outcome).__name__ for outcome in outcomes)
    assert kinds == ["ReportChanged"] * (AT_ONCE - 1) + ["int"]
    assert marks() == 6


def test_one_file_in_two_reports_at_once_makes_each_mark_once(story):
    first, second = story.report(everyone()), story.report(everyone() + b"\r\n")
    outcomes = at_once([imports(story, report) for report in (first, second)])
    assert (sorted(outcomes), marks()) == ([0, 6], 6)


def test_without_the_lock_two_reports_write_each_mark_twice(story, monkeypatch):
    """The fault that the lock is there for: both see that nothing is known yet."""
    gate = threading.Barrier(2, timeout=10)
    marks_of = report_importing.marks_of

    def both_have_looked(*args, **fields):
        gate.wait()
        return marks_of(*args, **fields)

    monkeypatch.setattr(report_importing, "locked", lambda meeting: meeting)
    monkeypatch.setattr(report_importing, "marks_of", both_have_looked)
    monkeypatch.setattr(report_importing, "recount", lambda *args, **fields: None)
    first, second = story.report(everyone()), story.report(everyone() + b"\r\n")
    outcomes = at_once([imports(story, report) for report in (first, second)])
    assert (outcomes, marks()) == ([6, 6], 12)


def test_a_mark_by_hand_meanwhile_decides_whoever_comes_first(story):
    report = story.report(everyone())
    one = story.network.registrations.order_by("pk").first()
    half = story.meeting.starts_at + timedelta(minutes=90)

    def mark():
        attendance.mark_attendance(
            registration=one, meeting=story.meeting, seen="present", left=half, by=story.staff, at=AT
        )

    outcomes = at_once([imports(story, report), mark])
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert (story.minutes(one), marks()) == (90, 6)


def test_taking_back_twice_at_once_is_done_once(story):
    report = story.imported(everyone())
    back = [
        lambda: report_importing.take_back(report, reason="Wrong room", by=story.staff, at=AT)
        for _ in range(AT_ONCE)
    ]
    outcomes = at_once(back)
    assert sum(isinstance(outcome, ReportChanged) for outcome in outcomes) == AT_ONCE - 1
    assert not Evidence.objects.standing().exists()
