"""Does one thing in the portal of any commit, and prints what it took as JSON.

cd TREE && DEBUG=1 DATABASE_URL=… TREE/.venv/bin/python …/bench/jobs.py mail 2000
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import time as clock_time
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

sys.path[0] = str(Path.cwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "stemnet.settings"

import django  # noqa: E402 - the tree must come first on the path

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from stemnet.models import Mail  # noqa: E402

NINE, NOON = clock_time(9), clock_time(12)


def found(*names: str) -> Any:
    """Return the first of these modules that the tree has.

    Raises ImportError where it has none.
    """
    for name in names:
        try:
            return import_module(name)
        except ModuleNotFoundError:
            continue
    raise ImportError(f"The tree has none of {', '.join(names)}.")


def mail(number: str = "0") -> Callable[[], int]:
    """Put so many letters into the outbox, and return what sends them."""
    now, host = timezone.now(), "bench.example.org"
    common = {"subject": "A bench letter", "text": "Hello.\n" * 40, "html": "<p>Hello.</p>" * 40}
    Mail.objects.filter(state="queued").update(state="cancelled")
    begun = time.time_ns()
    Mail.objects.bulk_create(
        [
            Mail(
                key=f"bench/{begun}/{n}",
                address=f"person{n}@example.org",
                message_id=f"<{begun}.{n}@{host}>",
                due_at=now,
                created_at=now,
                **common,
            )
            for n in range(int(number))
        ],
        batch_size=500,
    )
    delivery = found("stemnet.outbox.delivery", "stemnet.domain.delivery")
    return lambda: int(delivery.deliver(at=timezone.now()))


def a_full_network(number: int) -> tuple[Any, Any]:
    """Return a network with so many seated people, and a meeting tomorrow, made once a run."""
    people, networks, rows = found("partners.models"), found("meetings.models"), found("registrations.models")
    now = timezone.now()
    network = networks.Network.objects.create(
        title="Bench", slug=f"bench-{time.time_ns()}", school_year="2026-27", status="published", seats=number
    )
    meeting = networks.Meeting(network=network, title="Routines")
    on = (now + timedelta(days=40)).date()
    planning = found("meetings.planning.domain.planning")
    planning.set_time(meeting, on=on, start_time=NINE, end_time=NOON, zone=network.zone)
    meeting.save()
    made = people.Person.objects.bulk_create(
        [people.Person(first_name="Science lead", last_name=f"District {n}") for n in range(number)],
        batch_size=500,
    )
    people.PersonEmail.objects.bulk_create(
        [
            people.PersonEmail(person=one, address=f"{network.slug}-{one.pk}@example.org", primary=True)
            for one in made
        ],
        batch_size=500,
    )
    rows.Registration.objects.bulk_create(
        [
            rows.Registration(network=network, person=one, status="seated", requested_at=now, seated_at=now)
            for one in made
        ],
        batch_size=500,
    )
    return network, meeting


def message(number: str = "0") -> Callable[[], int]:
    """Write a personal message to so many people, and return what queues its mail."""
    network, _meeting = a_full_network(int(number))
    writing, sending = (found(f"registrations.messages.domain.{name}") for name in ("writing", "sending"))
    jobs, rows = found("stemnet.jobs"), found("stemnet.models")
    writer, now = found("partners.models").Person.objects.first(), timezone.now()
    draft = writing.begin_message(
        network=network, audience="seated", choice={}, uid=uuid4(), by=writer, at=now
    )
    text = "Dear {first_name},\n\nYou have {hours} hours. Next: {next_meeting}.\n\n{my_page}"
    writing.save_draft(draft, subject="For {name}", text=text)
    sending.send_message(draft, when=None, by=writer, at=now)
    later = now + sending.HELD_BACK
    sending.begin(draft, at=later)

    def queue() -> int:
        jobs.run(jobs.claim_job(rows.Job.objects.get(uid=draft.uid).pk, at=later), clock=lambda: later)
        return int(Mail.objects.filter(object=f"message:{draft.uid}").count())

    return queue


def reminders(number: str = "0") -> Callable[[], int]:
    """Return what queues the reminder of one meeting to so many people."""
    _network, meeting = a_full_network(int(number))
    due = found("registrations.seats.domain.reminders_due")
    at = due.due_at(meeting, due.Offset.WEEK)
    return lambda: int(found("registrations.seats.domain.reminding").sweep_reminders(at=at))


def duplicates() -> Callable[[], int]:
    """Return what looks for likely duplicates among people."""
    looking = found("partners.merging.domain.duplicates", "partners.domain.duplicates")
    return lambda: len(list(looking.people()))


def main(act: str, *values: str) -> None:
    """Prepare, do it, and print what it took."""
    do = {"mail": mail, "message": message, "reminders": reminders, "duplicates": duplicates}[act](*values)
    connection.ensure_connection()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock, work = time.perf_counter(), time.process_time()
    done = do()
    took = {
        "seconds": time.perf_counter() - clock,
        "work": time.process_time() - work,
        "done": done,
        "memory": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) / 1024,
    }
    sys.stdout.write(json.dumps(took) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
