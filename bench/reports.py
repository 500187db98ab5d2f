"""How long reading a report of many rows takes beside pandas, which reads it and merges its visits, too.

    python -m bench.reports [ROWS]

A Zoom report with a waiting room and one of Teams are written; both sides take turns on them, and both must
find the same seconds. Ours is `read_report` and `visitors`: layout, encoding, order of dates, zone, names and
totals are found out. pandas is told where the table begins, what its columns are and how moments are written.
"Looked at" is all that the page of a report works out: read again from storage, everyone matched to
as many people of a network, what changes for those on its first page; without its HTML. pandas, which
matches nobody, is installed from PyPI into a folder that goes again; PANDAS_VENV names an environment that
has it. The processor's work counts.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

PINNED = "pandas==3.1.1"
TURNS = 7
DAY, ZONE = date(2026, 3, 10), ZoneInfo("America/New_York")
WINDOW = tuple(datetime(2026, 3, 10, hour, tzinfo=ZONE) for hour in (9, 12))
LINE = "{:<16}{:>10.1f} ms ours{:>10.1f} ms pandas, a loop ({:.2f}){:>10.1f} ms pandas, columns ({:.2f})\n"


def visits(rows: int) -> list[tuple[str, str, datetime, datetime]]:
    """Return visits of a third as many people, some of whom have no address."""
    draw = random.Random(rows)  # noqa: S311 - the same for every run
    begin, found = datetime(2026, 3, 10, 8, 40), []  # noqa: DTZ001 - of the clock on the wall
    for _row in range(rows):
        number = draw.randrange(rows // 3 + 1)
        start = begin + timedelta(seconds=draw.randrange(9_000))
        end = start + timedelta(seconds=draw.randrange(60, 9_000))
        found.append(
            (f"Participant {number}", f"participant{number}@example.org" * (number % 4 > 0), start, end)
        )
    return found


def write(folder: Path, rows: int) -> list[Path]:
    """Write both reports."""
    from tests.registrations.attendance.report_writers import teams, zoom

    ones = visits(rows)
    header = (
        b"Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording,In waiting room"
    )
    lines = zoom(ones).split(b"\n")
    lines[2:4] = [b"", header]
    marked = [line + b",OK,No" if place > 3 else line for place, line in enumerate(lines)]
    for name, content in (("zoom.csv", b"\n".join(marked)), ("teams.csv", teams(ones))):
        (folder / name).write_bytes(content)
    return [folder / "zoom.csv", folder / "teams.csv"]


def ours(path: Path) -> tuple[float, int]:
    """Return the seconds of work that a file takes, and the seconds that it says people were there."""
    from registrations.attendance.imports.report import read_report
    from registrations.attendance.imports.visits import visitors

    data = path.read_bytes()
    forget()
    begun = process_time()
    found = visitors([read_report(data, path.name, day=DAY)], window=WINDOW, zone=ZONE)
    return process_time() - begun, sum(one.low or 0 for one in found)


def forget() -> None:
    """Empty what is remembered of cells and names, as for a file that nobody has read before."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("registrations.attendance.imports", "stemnet.plain_names")):
            for one in vars(module).values():
                if hasattr(one, "cache_clear"):
                    one.cache_clear()


def brought(path: Path, rows: int) -> Any:
    """Return a meeting of that day with as many people as the report names, and the report of it."""
    from django.core.management import call_command

    from partners.models import Person, PersonEmail
    from registrations.models import Registration
    from tests.factories import a_meeting
    from tests.registrations.attendance.report_story import Story

    call_command("migrate", verbosity=0)
    story = Story()
    story.meeting = a_meeting(story.network, on=DAY)
    people = [Person(first_name="Participant", last_name=str(number)) for number in range(rows // 3 + 1)]
    Person.objects.bulk_create(people)
    at = datetime(2026, 3, 10, 18, tzinfo=UTC)
    PersonEmail.objects.bulk_create(
        PersonEmail(person=one, address=f"participant{one.last_name}@example.org", primary=True)
        for one in people
    )
    Registration.objects.bulk_create(
        Registration(network=story.network, person=one, status="seated", requested_at=at, seated_at=at)
        for one in people
    )
    story.reports = [story.report(path.read_bytes(), at=at)]
    return story


def looked_at(story: Any) -> tuple[float, int]:
    """Return the seconds of work that looking at a report takes, and the seconds that it says."""
    from registrations.attendance.pages.reports import read_plan, report_context

    (report,), viewer = story.reports, story.staff
    forget()
    begun = process_time()
    plan = read_plan(report, story.meeting, viewer=viewer)
    context = {"asked": "", "page": None, "typed": {}, "pointed": None, "at": report.uploaded_at}
    report_context(report, plan, viewer=viewer, **context)
    return process_time() - begun, sum(one.low or 0 for one in plan.reading.visitors)


def python_with_pandas(folder: Path) -> str:
    """Return the Python of an environment with pandas, made where none is named."""
    if kept := os.environ.get("PANDAS_VENV"):
        return f"{kept}/bin/python"
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)  # noqa: S603 - ours
    pip = str(folder / "venv" / "bin" / "pip")
    subprocess.run([pip, "install", "--quiet", PINNED], check=True)  # noqa: S603 - ours
    return str(folder / "venv" / "bin" / "python")


def measure(folder: Path, rows: int) -> dict[str, list[Any]]:
    """Return what each side took, the least of all turns, and the seconds that it found."""
    paths, best = write(folder, rows), {}
    story = brought(paths[0], rows)
    command = [
        python_with_pandas(folder),
        str(Path(__file__).with_name("reports_pandas.py")),
        *map(str, paths),
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:  # noqa: S603
        assert other.stdin and other.stdout  # noqa: S101 - both are pipes
        for _turn in range(TURNS):
            other.stdin.write("\n")
            other.stdin.flush()
            taken = json.loads(other.stdout.readline())
            taken |= {path.stem: list(ours(path)) for path in paths}
            taken["zoom looked at"] = list(looked_at(story))
            best = {name: min(one, best.get(name, one)) for name, one in taken.items()}
        other.stdin.close()
    return best


def main() -> int:
    """Measure, and write a line for each report."""
    os.environ |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "stemnet.settings"}
    sys.path.insert(0, str(Path.cwd()))
    rows = int(sys.argv[1]) if sys.argv[1:] else 5_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STEMNET_DATA"] = folder
        import django

        django.setup()
        best = measure(Path(folder), rows)
    sys.stdout.write(f"{rows:,} rows, {datetime.now(UTC):%Y-%m-%d}\n")
    for name in ("zoom", "teams", "zoom looked at"):
        other = name.split()[0]
        (mine, found), (loop, told), (whole, also) = (
            best[one] for one in (name, f"{other} loop", f"{other} columns")
        )
        sys.stdout.write(LINE.format(name, mine * 1e3, loop * 1e3, mine / loop, whole * 1e3, mine / whole))
        if not found == told == also:
            sys.stdout.write(f"The sides differ: {found:,}, {told:,} and {also:,} seconds.\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
