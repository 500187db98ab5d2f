"""How long the longest write transaction of each job, import and act holds the database, on SQLite.

    python -m bench.write_locks [ROWS]

While one writes nobody else can on SQLite, and on PostgreSQL nobody who wants the same rows. A lock begins
when the database gives it and ends with the commit; one statement outside any transaction counts as one, too.
The processor's work tells more than the clock on a machine that does other things besides.
Imports have 20,000 rows unless ROWS says otherwise. The database is a file in a folder that goes again.
"""

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partners.models import Person, TableImport
    from registrations.models import Hold

LINE = "{:<60}{:>8.0f} ms longest{:>8.0f} ms of work{:>6} locks{:>7.1f} s in all"
WRITES = ("INSERT", "UPDATE", "DELETE")


class Locks:
    """The write locks that one connection held: seconds each, on the clock and of the processor's work."""

    def __init__(self) -> None:
        from django.db import connections

        self.connection: Any = connections["default"]  # itself, not what stands for it
        self.held: list[tuple[float, float]] = []
        self._begun: tuple[float, float] | None = None

    @contextmanager
    def watched(self) -> Iterator["Locks"]:
        """Note every lock while this lasts."""
        database = self.connection
        kept = database._start_transaction_under_autocommit, database._commit, database._rollback
        database._start_transaction_under_autocommit = self._beginning(kept[0])
        database._commit, database._rollback = self._ending(kept[1]), self._ending(kept[2])
        try:
            with database.execute_wrapper(self._alone):
                yield self
        finally:
            for name in ("_start_transaction_under_autocommit", "_commit", "_rollback"):
                del database.__dict__[name]

    def _beginning(self, act: Callable[[], None]) -> Callable[[], None]:
        def begin() -> None:
            act()
            self._begun = now()

        return begin

    def _ending(self, act: Callable[[], None]) -> Callable[[], None]:
        def end() -> None:
            act()
            if self._begun is not None:
                self.held.append(since(self._begun))
                self._begun = None

        return end

    def _alone(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Count a statement that writes outside any transaction."""
        if self._begun is not None or not sql.startswith(WRITES):
            return execute(sql, params, many, context)
        begun = now()
        try:
            return execute(sql, params, many, context)
        finally:
            self.held.append(since(begun))


def now() -> tuple[float, float]:
    """Return the seconds of the clock, and of the work of this thread."""
    return perf_counter(), thread_time()


def since(begun: tuple[float, float]) -> tuple[float, float]:
    """Return the seconds of both since then."""
    return perf_counter() - begun[0], thread_time() - begun[1]


def told(words: str, act: Callable[[], object]) -> float:
    """Do ``act`` and write a line; return the seconds of its longest lock."""
    begun = now()
    with Locks().watched() as locks:
        act()
    longest, work = (max((one[kind] for one in locks.held), default=0.0) for kind in (0, 1))
    took, _work = since(begun)
    sys.stdout.write(LINE.format(words, longest * 1000, work * 1000, len(locks.held), took) + "\n")
    sys.stdout.flush()
    return longest


def run_jobs() -> None:
    """Run all that waits, as a worker does."""
    from django.utils import timezone

    from stemnet import jobs

    jobs.run_waiting(at=timezone.now(), clock=timezone.now)


def registering() -> None:
    """Write what registering and what giving seats holds."""
    from bench.statements import code_of, typed
    from registrations.seats.domain import registering as domain
    from registrations.seats.domain import waitlist
    from tests.factories import NOW, a_network, a_partnership, a_registration

    a_partnership()
    network = a_network(meetings=5, seats=300)

    def start(address: str) -> "Hold":
        return domain.start_registration(
            network=network, answers=typed(address), browser=address, client="c" * 64, at=NOW
        )

    hold = start("lead@example.org")
    told("register: the form, which mails a code", lambda: start("other@example.org"))
    code = code_of("lead@example.org")
    told("register: the code", lambda: domain.confirm_registration(hold=hold, code=code, at=NOW))
    full = a_network(meetings=5, seats=1)
    for _number in range(100):
        a_registration(full)
    full.seats = 100
    full.save()
    told("seats from the waitlist, 99 people", lambda: waitlist.sweep_waitlists(at=NOW))


def issuing(people: int = 200) -> None:
    """Write what issuing and exporting hold."""
    from bench import statements
    from registrations.credit.domain import exporting as domain
    from registrations.credit.exports import write_export
    from stemnet import jobs
    from tests.factories import a_staff_member
    from tests.registrations.credit.stories import JUNE

    network = statements.a_network_of(people, people)
    params = {"slug": network.slug, "at": JUNE.isoformat(), "language": "en"}
    jobs.start_job(kind="registrations.issue", params=params, by=str(a_staff_member().uid), at=JUNE)
    told(f"issuing {2 * people} documents to {people} people, as a job", run_jobs)
    told(
        f"exporting a network of {people} people",
        lambda: write_export(domain.export(network, at=JUNE), io.BytesIO(), kind="xlsx"),
    )


def moving(people: int = 500) -> None:
    """Write what a snow day holds."""
    from meetings.planning.domain import moving as domain
    from tests.factories import NOW, a_coordinator, a_network, a_registration

    network = a_network(meetings=5, seats=people)
    for _number in range(people):
        a_registration(network)
    wanted = domain.moved_online(join_url="https://meet.example.org/ste")
    told(
        f"moving five meetings of {people} people online",
        lambda: domain.change_meetings(
            network.meetings.all(), wanted, by=a_coordinator(), at=NOW, reason="snow"
        ),
    )
    told("the mails about it", run_jobs)


def importing(rows: int) -> None:
    """Write what bringing, matching and importing a table of people holds."""
    from tests.factories import NOW, a_coordinator, an_organization

    by = a_coordinator()
    for number in range(rows // 50 + 1):
        an_organization(name=f"District {number}")
    brought: list[TableImport] = []
    told(f"bringing a table of {rows:,} people", lambda: brought.append(bring(rows, by=by, at=NOW)))
    told(f"matching a table of {rows:,} people", lambda: match(brought[0], by=by, at=NOW))
    told(f"importing a table of {rows:,} people", lambda: write(brought[0], by=by, at=NOW))
    told("looking for likely duplicates among them", look_for_duplicates)


def bring(rows: int, *, by: "Person", at: Any) -> "TableImport":
    """Bring a table of as many people, at a fiftieth of as many organizations."""
    from partners.importing.domain.importing import bring as domain
    from stemnet.tables.reading import Row, Table

    header = ["First name", "Last name", "E-mail", "Organization"]
    cells = [
        [f"First {number}", f"Last{number}", f"p{number}@example.org", f"District {number // 50}"]
        for number in range(rows)
    ]
    table = Table(header, [Row(number, row) for number, row in enumerate(cells, start=2)])
    return domain(table, kind="people", name="people.csv", by=by, at=at)


def match(imported: "TableImport", **acting: Any) -> None:
    """Match it, with its job where it is one."""
    from partners.importing.domain import importing as domain

    imported.refresh_from_db()
    domain.start_match(imported, columns=imported.columns, defaults=imported.defaults, **acting)
    run_jobs()


def write(imported: "TableImport", **acting: Any) -> None:
    """Import it, with its job."""
    from partners.importing.domain.applying import start_import
    from partners.models import TableImport

    imported.refresh_from_db()
    start_import(imported, seen=imported.looks, leave_out=False, **acting)
    run_jobs()
    imported.refresh_from_db()
    if imported.state != TableImport.State.APPLIED:
        raise RuntimeError(f"The table was not imported: {imported.counts}")


def look_for_duplicates() -> None:
    """Look at all people and organizations."""
    from django.utils import timezone

    from partners.merging.domain.duplicate_looks import sweep_duplicates

    sweep_duplicates(at=timezone.now())


def merging() -> None:
    """Write what merging two people and two organizations holds."""
    from partners.merging.domain.merging import merge_organizations, merge_people
    from tests.factories import NOW, a_coordinator, a_network, a_person, a_registration, an_organization

    by, kept, gone = a_coordinator(), a_person(), a_person()
    for _number in range(20):
        a_registration(a_network(), gone)
    told(
        "merging two people, one of them in 20 networks",
        lambda: merge_people(kept=kept, gone=gone, take=set(), by=by, at=NOW),
    )
    one, other = an_organization(), an_organization()
    told(
        "merging two organizations",
        lambda: merge_organizations(kept=one, gone=other, take=set(), by=by, at=NOW),
    )


def sweeping() -> None:
    """Write what each sweep of the clock holds, over all that the lines before have left."""
    from django.conf import settings

    from stemnet.celery import app

    app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        told(f"sweep: {entry['task']}", app.tasks[entry["task"]])


def main() -> None:
    """Make a database in a folder that goes again, and measure."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATABASE_URL=f"sqlite:///{folder}/bench.sqlite3", STEMNET_DATA=folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemnet.settings")
        os.environ.setdefault("DEBUG", "1")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.DEBUG = False
        call_command("migrate", verbosity=0)
        settings.STORAGES["default"]["OPTIONS"]["location"] = str(Path(folder) / "files")
        registering()
        issuing()
        moving()
        importing(rows)
        merging()
        sweeping()


if __name__ == "__main__":
    main()
