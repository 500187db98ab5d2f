"""How long the preview of a report of many rows takes beside pandas, which reads it and merges its visits.

    python -m bench.reports [ROWS]

A Zoom report with a waiting room and one of Teams are written; both sides take turns on them, and both must
find the same seconds. "read" is `read_report` and `visitors`: layout, encoding, order of dates, zone, names
and totals are found out. "preview" is all that the page of the report is made of, in a portal with a network
of 1,000 people: the kept file is read, people are matched, and what would change is worked out.
pandas is told where the table begins, what its columns are and how moments are written, and matches nobody.
It is installed from PyPI into a folder that goes again; PANDAS_VENV names an environment that has it. The
processor's work counts.
"""

import gc
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
TURNS, WAYS = 12, ("frames", "loop", "columns")
DAY, ZONE = date(2026, 3, 10), ZoneInfo("America/New_York")
WINDOW = tuple(datetime(2026, 3, 10, hour, tzinfo=ZONE) for hour in (9, 12))
LINE = "{:<8}{:>8.1f} ms read{:>8.1f} ms preview; pandas with {}: preview is {} of it\n"


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
        if name.startswith(("registrations.attendance", "stemnet.plain_names")):
            for one in vars(module).values():
                if hasattr(one, "cache_clear"):
                    one.cache_clear()


def python_with_pandas(folder: Path) -> str:
    """Return the Python of an environment with pandas, made where none is named."""
    if kept := os.environ.get("PANDAS_VENV"):
        return f"{kept}/bin/python"
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)  # noqa: S603 - ours
    pip = str(folder / "venv" / "bin" / "pip")
    subprocess.run([pip, "install", "--quiet", PINNED], check=True)  # noqa: S603 - ours
    return str(folder / "venv" / "bin" / "python")


def previewed(path: Path, meeting: Any, staff: Any) -> tuple[float, int]:
    """Return the seconds of work that the page of a report takes, and the seconds that people were there."""
    from bench import reports_portal

    with reports_portal.kept(meeting, path.name, path.read_bytes()) as report:
        forget()
        begun = process_time()
        plan = reports_portal.preview(report, meeting, staff)
        return process_time() - begun, sum(one.visitor.low or 0 for one in plan.matches)


def measure(folder: Path, rows: int) -> dict[str, list[Any]]:
    """Return what each side took, the least of all turns, and the seconds that it found."""
    from bench import reports_portal

    paths, best = write(folder, rows), {}
    meeting, staff = reports_portal.a_meeting()
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
            taken |= {f"{path.stem} read": list(ours(path)) for path in paths}
            taken |= {f"{path.stem} preview": list(previewed(path, meeting, staff)) for path in paths}
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
        from django.conf import settings

        django.setup()
        settings.DEBUG = False  # it notes every statement
        gc.freeze()  # as `serve` does
        best = measure(Path(folder), rows)
    sys.stdout.write(f"{rows:,} rows, {datetime.now(UTC):%Y-%m-%d}\n")
    for name in ("zoom", "teams"):
        (read, _found), (whole, _told) = best[f"{name} read"], best[f"{name} preview"]
        took = {way: best[f"{name} {way}"][0] for way in WAYS}
        said = ", ".join(f"{way} {seconds * 1e3:.0f} ms" for way, seconds in took.items())
        parts = ", ".join(f"{whole / seconds:.2f}" for seconds in took.values())
        sys.stdout.write(LINE.format(name, read * 1e3, whole * 1e3, said, parts))
        if len(found := {best[f"{name} {one}"][1] for one in ("read", "preview", *WAYS)}) > 1:
            sys.stdout.write(f"The sides differ: {sorted(found)} seconds.\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
