"""What an import of many rows costs: seconds of work, and how long nobody else could write to SQLite.

    python -m bench.imports [ROWS]

On a new SQLite file, rows of organizations and then of people are looked at, imported, and looked at again.
Another process tries all the time to write and measures how long it could not: the longest time, and all
together. The script also runs on builds whose imports name the modules as they were: from their folder, by
this file's path.
"""

import io
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import Any

NOW = datetime(2026, 8, 31, 14, tzinfo=UTC)
SUM = "{:<44}{:>8.2f} s{:>8.2f} s of work{:>9.3f} s locked at most{:>8.2f} s in all\n"
STEMS = (
    "Lincoln",
    "Washington",
    "Central",
    "North",
    "South",
    "Memorial",
    "Riverside",
    "Saint Mary’s",
    "Peña",
)
TOWNS = 300


def organizations(rows: int) -> str:
    """Return a list of districts and their schools, of which many share a name."""
    lines = [f"Town {n} Public Schools,School district,Town {n},MA,{n:08d},,\n" for n in range(1, TOWNS + 1)]
    for n in range(TOWNS, rows):
        town, stem = n % TOWNS + 1, STEMS[n % len(STEMS)]
        name = f"{stem} School {n // 900}"
        lines.append(f"{name},School,Town {town},MA,{n + 1:08d},The {stem} {n},Town {town} Public Schools\n")
    return "name,sector,city,state,code,other names,part of\n" + "".join(lines)


def people(rows: int) -> str:
    """Return a list of people with an address each, at those districts."""
    lines = (
        f"Lead {n},Number {n % 997},lead{n}@example.org,Town {n % TOWNS + 1} Public Schools,Teacher,Lead\n"
        for n in range(rows)
    )
    return "first name,last name,e-mail,organization,job,title\n" + "".join(lines)


def module(*names: str) -> Any:
    """Return the first of these modules that this build has."""
    for name in names:
        try:
            return import_module(name)
        except ModuleNotFoundError:
            continue
    raise ModuleNotFoundError(names[0])


def probe(path: str) -> None:
    """Try to write every two milliseconds until a line comes; tell the longest time in vain, and all."""
    import select

    database = sqlite3.connect(path, timeout=0, isolation_level=None)
    longest = together = 0.0
    began = None
    while True:
        try:
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
        except sqlite3.OperationalError:
            began = began or perf_counter()
        else:
            took = perf_counter() - began if began else 0.0
            longest, together, began = max(longest, took), together + took, None
            if select.select([sys.stdin], [], [], 0)[0]:
                break
        sleep(0.002)
    sys.stdout.write(f"{longest} {together}\n")


def told(words: str, path: str, act: Callable[[], Any]) -> Any:
    """Do ``act`` while another process tries to write, and write a line of what it cost."""
    other = subprocess.Popen(  # noqa: S603 - this file
        [sys.executable, __file__, "--probe", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    sleep(0.5)
    clock, work = perf_counter(), process_time()
    done = act()
    clock, work = perf_counter() - clock, process_time() - work
    longest, together = map(float, other.communicate("\n")[0].split())
    sys.stdout.write(SUM.format(words, clock, work, longest, together))
    sys.stdout.flush()
    return done


def measure(rows: int, path: str) -> None:
    """Look at rows of each kind, import them, and look at them again."""
    importing = module("partners.importing.domain.importing", "partners.domain.importing")
    applying = module("partners.importing.domain.applying", "partners.domain.import_applying")
    tables = module("stemnet.tables.reading", "stemnet.domain.tables")
    from tests.factories import a_coordinator

    by = a_coordinator()
    for kind, content in (("organizations", organizations(rows)), ("people", people(rows))):

        def bring(kind: str = kind, content: str = content) -> Any:
            table = tables.read_table(io.BytesIO(content.encode()))
            return importing.bring(table, kind=kind, name="list.csv", by=by, at=NOW)

        def look(table: Any) -> Any:
            if hasattr(importing, "match"):  # the build before
                return importing.match(table, columns=table.columns, defaults={})
            kept = importing.keep_columns(table, columns=table.columns, defaults={})
            return import_module("partners.importing.domain.preview").look_at_rows(kept)

        table = bring()
        table = told(f"look at {rows:,} rows of {kind}", path, lambda table=table: look(table))
        told(
            "import them",
            path,
            lambda table=table: applying.apply(table, seen=table.looks, leave_out=False, by=by, at=NOW),
        )
        again = bring()
        told("look at them again", path, lambda table=again: look(table))


def main() -> None:
    """Make a database of its own, and measure."""
    if sys.argv[1:2] == ["--probe"]:
        probe(sys.argv[2])
        return
    sys.path.insert(0, str(Path.cwd()))
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "bench.sqlite3")
        os.environ |= {
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{path}",
            "STEMNET_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "stemnet.settings",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        measure(int(sys.argv[1]) if sys.argv[1:] else 20_000, path)


if __name__ == "__main__":
    main()
