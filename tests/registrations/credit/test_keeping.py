"""How long marks are kept: as the rule says, and hours and documents longer."""

from datetime import UTC, date, datetime, timedelta

import pytest
import structlog
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse

from meetings.planning.domain import breaks, counting
from meetings.planning.domain.breaks import BreakPlan
from registrations.attendance.domain import attendance
from registrations.credit.domain import issuing, keeping
from registrations.credit.domain.readiness import readiness_of_person
from registrations.models import (
    Attendance,
    AttendanceReport,
    CreditRule,
    Document,
    Evidence,
    Registration,
    ReportFile,
)
from stemnet.models import LegalHold
from tests.factories import SWEEP, a_network, a_registration, a_staff_member, a_user
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = pytest.mark.django_db
LAST_DAY = datetime(2031, 5, 27, 3, 59, tzinfo=UTC)  # 11:59 p.m. of 26 May in New York
DAY_AFTER = LAST_DAY + timedelta(minutes=1)


def marked(registration: Registration) -> Registration:
    """Was at every meeting, and the first mark was corrected once."""
    for meeting in registration.network.meetings.own():
        attendance.mark_attendance(
            registration=registration, meeting=meeting, seen="present", by=SWEEP, at=JUNE
        )
    meeting = registration.network.meetings.own().first()
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen="absent", by=SWEEP, at=JUNE, reason="Typed wrong"
    )
    return registration


@pytest.fixture
def registration():
    return marked(a_registration(an_awarding_network(), a_user().person))


def test_marks_are_kept_for_the_years_of_the_rule_from_the_last_meeting_on(registration):
    network = registration.network
    version = CreditRule.objects.version_for(network)
    assert keeping.kept_until(network, version) == date(2031, 5, 26)


def test_a_document_that_was_issued_later_keeps_them_longer():
    registration = a_participant(an_awarding_network())
    issuing.issue(registration=registration, kind="attendance", by=SWEEP, at=JUNE + timedelta(days=400))
    network = registration.network
    assert keeping.kept_until(network, CreditRule.objects.version_for(network)) == date(2032, 7, 7)


@pytest.mark.parametrize(
    ("day", "years", "until"),
    [
        (date(2021, 5, 26), 7, date(2028, 5, 26)),
        (date(2024, 2, 29), 8, date(2032, 2, 29)),
        (date(2024, 2, 29), 7, date(2031, 3, 1)),
    ],
)
def test_years_are_added_to_the_day(day, years, until):
    assert keeping.years_after(day, years) == until


def test_on_the_last_day_nothing_is_removed(registration):
    assert keeping.remove_old_marks(at=LAST_DAY) == 0
    assert Evidence.objects.count() == 6


def test_after_the_last_day_the_marks_go_and_the_hours_stay(registration):
    before = list(Attendance.objects.order_by("pk").values())
    assert keeping.remove_old_marks(at=DAY_AFTER) == 6
    assert Evidence.objects.count() == 0
    assert list(Attendance.objects.order_by("pk").values()) == before
    assert keeping.remove_old_marks(at=DAY_AFTER) == 0


def test_only_the_networks_that_ended_lose_their_marks(registration):
    marked(a_registration(an_awarding_network(credit_code="WA-CLOCK", asks_evaluation=False)))
    assert keeping.remove_old_marks(at=datetime(2028, 6, 1, tzinfo=UTC)) == 6
    assert {mark.meeting.network for mark in Evidence.objects.all()} == {registration.network}


def test_without_a_rule_nothing_says_how_long():
    network = a_network(credit_code="")
    registration = a_registration(network)
    attendance.mark_attendance(
        registration=registration, meeting=network.meetings.get(), seen="present", by=SWEEP, at=JUNE
    )
    assert keeping.remove_old_marks(at=datetime(2100, 1, 1, tzinfo=UTC)) == 0


def test_the_log_counts_what_went(registration):
    with structlog.testing.capture_logs() as logs:
        keeping.remove_old_marks(at=DAY_AFTER)
    assert logs == [
        {
            "event": "old marks removed",
            "log_level": "info",
            "networks": [registration.network.slug],
            "marks": 6,
        }
    ]


def test_documents_stay_and_still_check(client):
    registration = a_participant(an_awarding_network())
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    keeping.remove_old_marks(at=datetime(2050, 1, 1, tzinfo=UTC))
    document.refresh_from_db()
    assert document.status == Document.Status.VALID
    assert client.get(reverse("verified", args=[document.printed_code])).status_code == 200


def test_hours_stay_also_when_something_is_counted_anew(registration):
    keeping.remove_old_marks(at=DAY_AFTER)
    meeting = registration.network.meetings.own()[1]
    with counting.watched(registration.network, at=DAY_AFTER):
        breaks.write(meeting, [BreakPlan(meeting.start_time, 30)])
    total = readiness_of_person(registration.network, registration.person, at=DAY_AFTER).total
    assert (total.hours, total.units) == (12, 12)


def shown(client, name: str, user, *args, at=JUNE) -> str:
    with time_machine.travel(at, tick=False):
        client.force_login(user)
        return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def test_staff_read_until_when_marks_are_kept(client, registration):
    staff, slug = a_staff_member().user, registration.network.slug
    assert "We keep attendance marks until Mon, May 26, 2031, as the rule MA-PDP v1 says." in shown(
        client, "staff_documents", staff, slug
    )
    assert "We kept attendance marks until Mon, May 26, 2031" in shown(
        client, "staff_documents", staff, slug, at=DAY_AFTER
    )


def test_the_page_of_a_person_says_why_no_mark_is_left(client, registration):
    keeping.remove_old_marks(at=DAY_AFTER)
    page = shown(
        client,
        "staff_person",
        a_staff_member().user,
        registration.network.slug,
        registration.uid,
        at=DAY_AFTER,
    )
    assert "We kept this network's attendance marks until Mon, May 26, 2031. The hours stay." in page


def test_people_read_until_when_their_marks_are_kept(client):
    registration = a_participant(an_awarding_network(), person=a_user().person)
    issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    page = shown(client, "my_documents", registration.person.user, registration.network.slug)
    assert "at each meeting only until Mon, Jun 2, 2031" in page


def test_looking_for_old_marks_takes_the_same_queries_for_any_number(registration, django_assert_num_queries):
    for _number in range(3):
        marked(a_registration(an_awarding_network(asks_evaluation=False)))
    with django_assert_num_queries(6):
        assert keeping.remove_old_marks(at=JUNE) == 0


def test_reports_of_meeting_tools_go_with_the_marks_and_their_files_too(
    registration, django_capture_on_commit_callbacks
):
    meeting = registration.network.meetings.own().first()
    report = AttendanceReport.objects.create(
        meeting=meeting, zone=meeting.zone, by_name="staff", uploaded_at=JUNE
    )
    kept = ReportFile(report=report, name="zoom.csv", size=4, sha256="0" * 64)
    kept.file.save("", ContentFile(b"Name"))
    storage, name = kept.file.storage, kept.file.name
    keeping.remove_old_marks(at=LAST_DAY)
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        keeping.remove_old_marks(at=DAY_AFTER)
    assert (AttendanceReport.objects.count(), ReportFile.objects.count(), storage.exists(name)) == (
        0,
        0,
        False,
    )


def test_a_legal_hold_on_somebody_in_a_network_keeps_its_marks(registration):
    LegalHold.objects.create(
        object=f"person:{registration.person.uid}",
        label="x",
        reason="r",
        ask="a",
        begins_at=JUNE,
        set_by="Ann",
    )
    assert keeping.remove_old_marks(at=DAY_AFTER) == 0
