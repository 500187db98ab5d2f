"""The rows of the floor, and a session of somebody who may do everything.

DJANGO_SETTINGS_MODULE=bench.floor.settings DATABASE_URL=postgres://… python -m bench.floor.fill PEOPLE
"""

import sys
from datetime import timedelta

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - after the setup above
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from bench.floor.models import NOW, Attendance, Meeting, Network, Person, Registration  # noqa: E402


def fill(people: int) -> None:
    """Put the same rows there as the portal's load network has: everyone came to five meetings."""
    many = Network.objects.create(slug="many", title="Network of many educators", summary="x", seats=people)
    for slug, seats in (("open", 1_000_000), *((f"fifty-{n}", 50) for n in range(40))):
        network = Network.objects.create(
            slug=slug, title=f"Network {slug}", summary="Five meetings. " * 20, seats=seats
        )
        meet(network)
    meetings = meet(many)
    for begin in range(0, people, 1000):
        add(range(begin, min(begin + 1000, people)), many, meetings)


def meet(network: Network) -> list[Meeting]:
    """Plan five meetings."""
    days = [NOW + timedelta(days=28 * number) for number in range(5)]
    return Meeting.objects.bulk_create(
        Meeting(
            network=network,
            title=f"Meeting {n}",
            starts_at=day,
            ends_at=day + timedelta(hours=3),
            place="Library",
        )
        for n, day in enumerate(days, start=1)
    )


def add(numbers: range, network: Network, meetings: list[Meeting]) -> None:
    """Write one batch of people with what hangs on them."""
    persons = Person.objects.bulk_create(
        Person(first_name="Educator", last_name=f"Number {n + 1:06d}", address=f"educator{n + 1}@example.org")
        for n in numbers
    )
    registrations = Registration.objects.bulk_create(
        Registration(network=network, person=one) for one in persons
    )
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            registration=one,
            arrived_at=meeting.starts_at,
            left_at=meeting.ends_at,
            minutes=180,
        )
        for meeting in meetings
        for one in registrations
    )


def session() -> str:
    """Return the session of somebody who may do everything."""
    user = get_user_model().objects.create_superuser("bench", "bench@example.org", None)
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    call_command("migrate", run_syncdb=True, verbosity=0)
    fill(int(sys.argv[1]))
    sys.stdout.write(session() + "\n")
