"""A portal with a network of 1,000 people, and what its page of a report is made of, from bytes to rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

PEOPLE = 1_000
NOW = datetime(2026, 3, 11, 14, tzinfo=UTC)


def a_meeting() -> tuple[Any, Any]:
    """Return the meeting of a network with so many seated people, and somebody of its staff."""
    from django.core.management import call_command

    from partners.models import Person, PersonEmail
    from registrations.models import Registration
    from tests import factories

    call_command("migrate", verbosity=0)
    network = factories.a_network(seats=PEOPLE, meetings=0)
    meeting = factories.a_meeting(network, on=NOW.date() - timedelta(days=1))
    made = Person.objects.bulk_create(
        [Person(first_name="Participant", last_name=str(number)) for number in range(PEOPLE)]
    )
    PersonEmail.objects.bulk_create(
        PersonEmail(person=one, address=f"participant{number}@example.org", primary=True)
        for number, one in enumerate(made)
    )
    Registration.objects.bulk_create(
        Registration(network=network, person=one, status="seated", requested_at=NOW, seated_at=NOW)
        for one in made
    )
    return meeting, factories.a_staff_member()


@contextmanager
def kept(meeting: Any, name: str, content: bytes) -> Iterator[Any]:
    """Keep a file as an open report, which goes again."""
    from django.core.files.base import ContentFile

    from registrations.attendance.domain.report_files import discard
    from registrations.models import AttendanceReport, ReportFile

    report = AttendanceReport.objects.create(
        meeting=meeting, zone="America/New_York", uploaded_at=NOW, by_name="Staff"
    )
    file = ReportFile(report=report, name=name, size=len(content), sha256=name)
    file.file.save("", ContentFile(content), save=False)
    file.save()
    yield AttendanceReport.objects.get(pk=report.pk)
    discard(report)


def preview(report: Any, meeting: Any, staff: Any) -> Any:
    """Return the plan of a kept file, with all worked out that its page shows: who it is, what changes."""
    from registrations.attendance.pages.reports import read_plan, report_context

    plan = read_plan(report, meeting, viewer=staff)
    report_context(report, plan, viewer=staff, asked="", page=None, at=NOW, typed={}, pointed=None)
    assert plan.fingerprint  # noqa: S101 - the page keeps it
    return plan
