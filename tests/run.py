"""``make test``: all on SQLite, again on PostgreSQL and Redis where they answer, browser tests once.

Says what it ran and what it left out. With ``--all`` a service that does not answer is a failure; with
``--quick`` long tests are left out, and PostgreSQL sees only what needs it.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from redis import Redis, RedisError

DATABASES = (
    "postgres://postgres@127.0.0.1:5432/stemnet",
    "postgres://postgres:postgres@127.0.0.1:5432/stemnet",
    "postgres:///stemnet",
)
REDIS = "redis://127.0.0.1:6379/15"
ROOT = Path(__file__).resolve().parent.parent
OUTCOMES = ("failed", "passed", "deselected", "warning", "error", "rerun")


@dataclass
class Run:
    """One run of pytest: its name, its tests and its services."""

    name: str
    markers: str
    services: dict[str, str] = field(default_factory=dict)
    at_once: int = 1
    more: tuple[str, ...] = ()
    where: str = "tests"
    summary: str = ""
    failed: bool = False
    again: list[str] = field(default_factory=list)


def database() -> str:
    """Return a PostgreSQL address that answers, DATABASE_URL's first; empty where none does."""
    given = os.environ.get("DATABASE_URL", "")
    for url in [given] if given.startswith("postgres") else DATABASES:
        server, _slash, _name = url.rpartition("/")
        try:
            psycopg2.connect(f"{server}/postgres", connect_timeout=3).close()
        except psycopg2.OperationalError:
            continue
        return url
    return ""


def redis() -> str:
    """Return a Redis address that answers, REDIS_URL's first; empty where none does."""
    url = os.environ.get("REDIS_URL") or REDIS
    try:
        with Redis.from_url(url, socket_connect_timeout=3) as server:
            server.ping()
    except RedisError:
        return ""
    return url


def plan(*, quick: bool) -> tuple[list[Run], list[str]]:
    """Return what can be run here, and a sentence for each thing that cannot."""
    without, left_out = ["browser", *(["slow"] if quick else [])], []
    if not shutil.which("soffice"):
        without.append("libreoffice")
        left_out.append("reading exports with LibreOffice: soffice is not installed")
    if not shutil.which("pdfsig"):
        without.append("pdfsig")
        left_out.append("checking seals with poppler: pdfsig is not installed")
    markers = " and ".join(f"not {name}" for name in without)
    cores = os.cpu_count() or 1
    runs = [
        Run("SQLite", f"{markers} and not postgres and not once and not slow", at_once=cores),
        Run(
            "SQLite, long tests and processes",
            f"{markers} and not postgres and (once or slow)",
            at_once=cores,
        ),
    ]
    services = {"DATABASE_URL": database(), "REDIS_URL": redis()}
    missing = [name for name, url in services.items() if not url]
    if missing:
        left_out.append(f"PostgreSQL and Redis: nothing answers at {' or '.join(missing)}")
    else:
        runs.append(
            Run(
                "PostgreSQL and Redis",
                f"{markers} and not once and (postgres or {'everywhere' if quick else 'not slow'})",
                services,
                at_once=cores,
            )
        )
    if shutil.which("chromium") or shutil.which("chromium-browser") or os.environ.get("CHROMIUM"):
        markers = "browser and not slow" if quick else "browser"
        runs.append(Run("browser", markers, at_once=cores, more=ONCE_MORE, where="tests/browser"))
    else:
        left_out.append("browser and accessibility: Chromium is not installed")
    return runs, left_out


def carry_out(run: Run, arguments: list[str]) -> None:
    """Run pytest once, show what it prints, and keep its summary."""
    environment = {name: value for name, value in os.environ.items() if name not in CLEARED}
    command = [sys.executable, "-W", "error", "-m", "pytest", "-m", run.markers, *run.more]
    command += arguments or [run.where]
    command += ["-n", str(run.at_once)] if run.at_once > 1 else []
    print(f"\n### {run.name}\n", flush=True)
    with subprocess.Popen(
        command, cwd=ROOT, env={**environment, **run.services}, stdout=subprocess.PIPE, text=True
    ) as pytest:
        for line in pytest.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            if re.search(rf"\d+ ({'|'.join(OUTCOMES)})s?\b.* in [\d.]+s", line):
                run.summary = line.strip(" =\n")
            if line.startswith("RERUN "):
                run.again.append(line.split()[1])
    run.failed = pytest.returncode not in (0, 5)  # 5: no test has such a mark


# A browser that is slow once costs no run of fifteen minutes: what fails may try again. That is a bug all the
# same, so each is named at the end.
ONCE_MORE = ("--reruns", "1", "-rR")
CLEARED = (
    "DATABASE_URL",
    "REDIS_URL",
    "DEBUG",
    "SECRET_KEY",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "PORT",
)


def total(runs: list[Run], seconds: float) -> str:
    """Return one summary of all runs, in pytest's own words."""
    counts = {
        outcome: sum(int(n) for run in runs for n in re.findall(rf"(\d+) {outcome}", run.summary))
        for outcome in OUTCOMES
    }
    said = ", ".join(f"{number} {outcome}" for outcome, number in counts.items() if number)
    return f" {said or 'no tests ran'} in {seconds:.2f}s ".center(80, "=")


def main() -> int:
    """Run all that can be run, then say what was run and what was left out."""
    begun = time.monotonic()
    strict, quick = "--all" in sys.argv, "--quick" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument not in ("--all", "--quick")]
    runs, left_out = plan(quick=quick)
    if strict and left_out:
        sys.exit("Not all can be run here. " + "; ".join(left_out))
    for run in runs:
        carry_out(run, arguments)
    print("\n### What was run")
    for run in runs:
        print(f"{run.name}: {run.summary or 'no tests'}{' (FAILED)' if run.failed else ''}")
    for test in [test for run in runs for test in run.again]:
        print(f"A BUG, though it passed in the end: {test} had to run again")
    if quick:
        left_out.append("long tests, and on PostgreSQL what does not need it; without QUICK=1 they run, too")
    for sentence in left_out:
        print(f"Left out: {sentence}")
    print(total(runs, time.monotonic() - begun))
    return int(any(run.failed for run in runs))


if __name__ == "__main__":
    sys.exit(main())
