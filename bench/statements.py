"""What issuing, registering and exporting cost: statements and milliseconds, in a database in memory.

    python -m bench.statements

Statements are all that the database was told, with the beginning and the end of every transaction and
savepoint. The first network has the demo's shape: 41 people, 18 of them ready for both documents, so 36 are
issued; the second has ten people more who are ready. Milliseconds are those on the clock and those that the
processor worked, which tell more on a machine that does other things besides.
"""

import io
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meetings.models import Network
    from registrations.models import Hold
    from registrations.seats.domain.answers import Answers

SUM = "{:<56}{:>6} statements{:>9.1f} ms{:>9.1f} ms of work"


def measured(act: Callable[[], object]) -> tuple[list[str], float, float]:
    """Return every statement that ``act`` sent, and what it took: milliseconds on the clock and of work."""
    from django.db import connection, reset_queries

    reset_queries()
    connection.force_debug_cursor = True
    clock, work = perf_counter(), process_time()
    act()
    clock, work = perf_counter() - clock, process_time() - work
    connection.force_debug_cursor = False
    return [str(query["sql"]) for query in connection.queries_log], clock * 1000, work * 1000


def told(words: str, act: Callable[[], object]) -> int:
    """Do ``act`` once, write a line of what it cost, and return how many statements it took."""
    statements, clock, work = measured(act)
    sys.stdout.write(SUM.format(words, len(statements), clock, work) + "\n")
    if "-v" in sys.argv:
        for shape, times in Counter(shape_of(one) for one in statements).most_common():
            sys.stdout.write(f"      {times:>4} x {shape}\n")
    return len(statements)


def shape_of(statement: str) -> str:
    """Return what a statement does to which table."""
    words = re.sub(r'"([^"]*)"', r"\1", statement)
    where = re.search(r"(FROM|INTO|UPDATE) (\w+)", words)
    return f"{words.split()[0]} {where[2]}" if where else words.split("_")[0][:40]


def a_network_of(people: int, ready: int) -> "Network":
    """Return a network of ``people`` who came, of whom ``ready`` answered the evaluation."""
    from tests.registrations.credit.stories import a_participant, an_awarding_network

    network = an_awarding_network()
    for number in range(people):
        a_participant(network, evaluated=number < ready)
    return network


def issued(people: int, ready: int) -> int:
    """Issue to all of a network as the job does, and return the statements."""
    from stemnet import jobs
    from tests.factories import a_staff_member
    from tests.registrations.credit.stories import JUNE

    network, staff = a_network_of(people, ready), a_staff_member()
    params = {"slug": network.slug, "at": JUNE.isoformat(), "language": "en"}
    job = jobs.start_job(kind="registrations.issue", params=params, by=str(staff.uid), at=JUNE)
    claimed = jobs.claim_job(job.pk, at=JUNE)
    if claimed is None:
        raise RuntimeError("The job is taken already.")
    return told(
        f"issuing {2 * ready} documents to {ready} of {people} people, as a job",
        lambda: jobs.run(claimed, clock=lambda: JUNE),
    )


def issuing(*, people: int = 41, ready: int = 18) -> None:
    """Write what issuing costs: to everyone, for each of ten further people, and to one."""
    from registrations.credit.domain import issuing as domain
    from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

    few, many = issued(people, ready), issued(people + 10, ready + 10)
    sys.stdout.write(f"{'for each further person who is ready':<56}{(many - few) / 10:>6.1f} statements\n")
    one = a_participant(an_awarding_network())
    told(
        "issue both documents to one person, on their own click",
        lambda: domain.issue_ready(registration=one, by=one.person, at=JUNE),
    )


def exporting(*, people: int = 250) -> None:
    """Write what the export of a network costs, as a workbook."""
    from registrations.credit.domain import exporting as domain
    from registrations.credit.exports import write_export
    from tests.registrations.credit.stories import JUNE

    network = a_network_of(people, 0)
    told(
        f"export a network of {people} people as a workbook",
        lambda: write_export(domain.export(network, at=JUNE), io.BytesIO(), kind="xlsx"),
    )


def typesetting() -> None:
    """Write what typesetting one document takes, once the process is warm."""
    from registrations.credit.documents import render_document
    from registrations.models import Document

    for kind in ("attendance", "pdp"):
        snapshots = [one.snapshot for one in Document.objects.filter(kind=kind)[:40]]
        took = [measured(lambda one=one: render_document(one))[1:] for one in snapshots]
        clock, work = (sorted(column)[len(column) // 2] for column in zip(*took, strict=True))
        words = f"typeset one document ({kind}), the median"
        sys.stdout.write(f"{words:<73}{clock:>9.1f} ms{work:>9.1f} ms of work\n")


def typed(address: str) -> "Answers":
    """Return the answers of somebody whose organization is not listed."""
    from registrations.seats.domain.answers import Answers

    return Answers(
        address=address, first_name="Ana", last_name="Reis", job="coordinator", organization_words="Diman"
    )


def code_of(address: str) -> str:
    """Return the code in the newest mail to ``address``."""
    from stemnet.models import Mail

    found = re.search(r"\b\d{6}\b", Mail.objects.filter(address=address).latest("pk").text)
    if found is None:
        raise RuntimeError("There is no code in the mail.")
    return found[0]


def registering() -> None:
    """Write what registering costs: the form, the code, and at once for who is signed in."""
    import time_machine
    from django.test import Client
    from django.urls import reverse

    from registrations.seats.domain import registering as domain
    from tests.factories import NOW, a_network, a_partnership, a_user

    a_partnership()
    network = a_network(meetings=5)

    def start(address: str) -> "Hold":
        return domain.start_registration(
            network=network, answers=typed(address), browser=address, client="c" * 64, at=NOW
        )

    first = start("first@example.org")  # its turn fills what a process remembers
    domain.confirm_registration(hold=first, code=code_of(first.address), at=NOW)
    told("register: the form, which mails a code", lambda: start("lead@example.org"))
    hold = network.holds.get(address="lead@example.org")
    code = code_of(hold.address)
    told("register: the code", lambda: domain.confirm_registration(hold=hold, code=code, at=NOW))
    other = start("other@example.org")
    page = reverse("register_code", args=[network.slug, other.uid])
    typed_code = {"code": code_of(other.address)}
    with time_machine.travel(NOW, tick=False):
        told("register: the code as a request, which signs in", lambda: Client().post(page, typed_code))
    person = a_user().person
    told(
        "register who is signed in",
        lambda: domain.register_person(
            network=network, person=person, answers=typed(person.primary_address), at=NOW
        ),
    )


def main() -> None:
    """Make a database in memory and files in a folder that goes again, and measure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemnet.settings")
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    os.environ.setdefault("DEBUG", "1")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        settings.STORAGES["default"]["OPTIONS"]["location"] = folder
        registering()
        issuing()
        typesetting()
        exporting()


if __name__ == "__main__":
    main()
