"""The export of everybody's attendance, a cell, and the most memory that it takes; and one document."""

import io
import time
import zipfile

from bench import machine
from bench.browser import Answer, Browser
from bench.sides import Side
from bench.works.work import Records, Work, measured

WAIT_SECONDS = 600


class Exports(Work):
    """CSV and workbook."""

    name = "exports"

    def load(self, side: Side, records: Records, *, quick: bool) -> None:
        """Ask for each file as staff do, wait for its job, and fetch it."""
        if side.name == "peer":
            return
        for kind in ("csv", "xlsx"):
            pids = side.pids()
            machine.forget_peaks(pids)
            held, work, begun = max(map(machine.peak, pids)), side.cpu(), time.monotonic()
            answer = exported(side, kind)
            seconds, work = time.monotonic() - begun, side.cpu() - work
            cells = cells_of(answer.content, kind)
            what = f"export, {kind}"
            records.note(side, f"{what}: cells", cells)
            records.note(side, f"{what}: seconds", seconds)
            records.note(side, f"{what}: microseconds a cell", seconds * 1e6 / cells)
            records.note(side, f"{what}: microseconds of work a cell", work * 1e6 / cells)
            records.note(
                side, f"{what}: MB of the largest process beside before", max(map(machine.peak, pids)) - held
            )
        document = "/document.pdf" if side.name == "floor" else f"/documents/{side.made['document']}/"
        browser = side.browser(session="coordinator")

        def act(_number: int) -> None:
            if browser.get(document).content[:4] != b"%PDF":
                raise RuntimeError(f"{document} is no PDF.")

        act(0)
        measured(side, records, "one document", act, clients=1, seconds=3, count=100)


def exported(side: Side, kind: str) -> Answer:
    """Return the file. Raises RuntimeError where it does not come."""
    browser = side.browser(session="coordinator")
    if side.name == "floor":
        return browser.get(f"/export.{kind}")
    path = f"/staff/networks/{side.made['crowd']}/export/"
    browser.get(path)
    started = browser.post(path, {"kind": kind}, follow=False)
    if started.status == 302:
        return from_job(browser, started.headers["location"])
    if started.status != 200 or not started.content.startswith(b"PK"):
        raise RuntimeError(f"The export was answered {started.status}.")
    return started


def from_job(browser: Browser, job: str) -> Answer:
    """Wait for a job and return its file."""
    begun = time.monotonic()
    while time.monotonic() - begun < WAIT_SECONDS:
        time.sleep(0.25)
        answer = browser.get(f"{job}file/")
        if answer.status == 200:
            return answer
    raise RuntimeError(f"The job was not done within {WAIT_SECONDS} s.")


def cells_of(body: bytes, kind: str) -> int:
    """Return how many cells a file has: of one table, or of several in an archive."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            if kind == "csv":
                return sum(cells_of(archive.read(name), kind) for name in archive.namelist())
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            return sum(archive.read(name).count(b"<c ") for name in sheets)
    lines = body.splitlines()
    return len(lines) * (lines[0].count(b",") + 1)
