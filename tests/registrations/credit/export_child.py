"""A process of its own that fills a database with people, or exports it, and says how much memory it took."""

import resource
import sys
import tempfile

import django

django.setup()

from django.utils import timezone  # noqa: E402

from meetings.models import Network  # noqa: E402
from partners.models import Person, PersonEmail  # noqa: E402
from registrations.credit.domain.exporting import export as export_of  # noqa: E402
from registrations.credit.exports import write_export  # noqa: E402
from registrations.models import Attendance, Registration  # noqa: E402
from tests.factories import NOW  # noqa: E402
from tests.registrations.credit.stories import an_awarding_network  # noqa: E402


def fill(people: int) -> None:
    network = an_awarding_network(seats=100_000, slug=f"people-{people}-2020-21")
    meetings = list(network.meetings.order_by("starts_at"))
    persons = Person.objects.bulk_create(
        Person(first_name="Science lead", last_name=f"District {number}") for number in range(people)
    )
    PersonEmail.objects.bulk_create(
        PersonEmail(person=person, address=f"p{person.pk}@example.org", primary=True) for person in persons
    )
    registrations = Registration.objects.bulk_create(
        Registration(network=network, person=person, status="seated", requested_at=NOW) for person in persons
    )
    Attendance.objects.bulk_create(
        (
            Attendance(
                registration=registration,
                meeting=meeting,
                status="present",
                arrived_at=meeting.starts_at,
                left_at=meeting.ends_at,
                minutes_scheduled=180,
                minutes_attended=180,
                minutes_counted=180,
                reason="full",
                source="staff",
                marked_by="Network staff",
                derived_at=NOW,
            )
            for registration in registrations
            for meeting in meetings
        ),
        batch_size=2000,
    )


def export(kind: str) -> None:
    with tempfile.TemporaryFile() as file:
        write_export(export_of(Network.objects.latest("pk"), at=timezone.now()), file, kind=kind)
    sys.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


if __name__ == "__main__":
    fill(int(sys.argv[2])) if sys.argv[1] == "fill" else export(sys.argv[1])
