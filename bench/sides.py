"""One side of a comparison: makes its data once, starts, stops, and says what its processes take."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg2

from bench import machine
from bench.browser import Browser
from bench.services import Services
from bench.wire import Tap, Told

ROOT = Path(__file__).resolve().parent.parent
UP_SECONDS = 60
STOP_SECONDS = 30


class Side:
    """One program that is measured."""

    name = ""
    python = sys.executable
    is_postgres = True
    lock = "$^"
    ready = "/"

    def __init__(self, services: Services, *, people: int) -> None:
        self.services, self.people = services, people
        self.url = services.database(f"{self.name}_{people}") if self.is_postgres else ""
        self.running: list[subprocess.Popen[bytes]] = []
        self.port, self.tap = 0, None
        self.cold = self.made_seconds = 0.0
        self.made: dict[str, Any] = {}
        self.clients = 0

    def prepare(self) -> None:
        """Make tables and rows."""
        raise NotImplementedError

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """Return its settings."""
        raise NotImplementedError

    def more_rows(self, kind: str) -> None:
        """Add rows that only one work wants."""
        raise NotImplementedError

    def commands(self, database: str) -> list[tuple[list[str], dict[str, str]]]:
        """Return what is started, the web process first, each with its environment."""
        raise NotImplementedError

    def run(self, command: list[str], environment: dict[str, str], *, cwd: Path = ROOT) -> str:
        """Run to the end, and return what was printed.

        Raises RuntimeError with the end of what it said where it fails.
        """
        done = subprocess.run(  # noqa: S603 - our own commands
            command, env=environment, cwd=cwd, capture_output=True, text=True, timeout=3600, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{self.name}: {' '.join(command)} failed: {done.stderr[-2000:]}")
        return done.stdout

    def start(self, *, tapped: bool = False) -> None:
        """Start it, past the wire where statements are counted, and wait until it answers."""
        self.tap = Tap(self.url, lock=self.lock) if tapped else None
        self.port = machine.free_port()
        begun = time.monotonic()
        for command, environment in self.commands(self.tap.url if self.tap else self.url):
            log = (self.services.folder / f"{self.name}.log").open("ab")
            self.running.append(
                subprocess.Popen(  # noqa: S603 - our own commands
                    command, env=environment, cwd=self.folder, stdout=log, stderr=log, start_new_session=True
                )
            )
            if len(self.running) == 1:
                self._wait(begun)
                self.cold = time.monotonic() - begun

    @property
    def folder(self) -> Path:
        """Return where it is started."""
        return ROOT

    def _wait(self, begun: float) -> None:
        while time.monotonic() - begun < UP_SECONDS:
            if self.running[0].poll() is not None:
                break
            try:
                if self.browser().get(self.ready).status == 200:
                    return
            except OSError:
                time.sleep(0.02)
        said = (self.services.folder / f"{self.name}.log").read_text(errors="replace")[-1500:]
        raise RuntimeError(f"{self.name} does not answer. It said: {said}")

    def stop(self) -> None:
        """End it; what does not end is killed."""
        for process in reversed(self.running):
            process.send_signal(signal.SIGTERM)
        for process in self.running:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.running = []
        if self.tap:
            self.tap.close()
        self.tap = None

    def public_page(self) -> str:
        """Return the address of the one page that stands for all public ones."""
        return f"/networks/{self.made['network']}/"

    def register(self, browser: Browser, slug: str, address: str) -> str:
        """Register as a visitor does: the form, the code from the mail, the seat; say how it ended.

        Raises RuntimeError where a page is not what it should be.
        """
        raise NotImplementedError

    def seated(self, slug: str) -> int:
        """Return how many have a seat in a network, as the database has it."""
        raise NotImplementedError

    def ask(self, statement: str, *values: object) -> int:
        """Return the one number that a question to the side's database gives."""
        connection = psycopg2.connect(self.url)
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return int(cursor.fetchone()[0])
        finally:
            connection.close()

    def browser(self, *, session: str = "") -> Browser:
        """Return a new visitor from an address of their own, signed in where a session is named."""
        self.clients += 1
        browser = Browser(self.port, client=self.clients)
        if session:
            browser.cookies["sessionid"] = self.made[session]
        return browser

    def pids(self) -> list[int]:
        """Return all processes of it, without PostgreSQL's."""
        return [pid for process in self.running for pid in machine.tree(process.pid)]

    def cpu(self) -> float:
        """Return the seconds of work of it and of PostgreSQL for it."""
        return machine.cpu(self.pids()) + machine.cpu(machine.backends(self.url))

    def memory(self) -> list[float]:
        """Return the MB of each thing that was started, in its order."""
        return [machine.memory(machine.tree(process.pid)) for process in self.running]

    def told(self) -> Told:
        """Return what the web process told PostgreSQL since the last time; only where it was started so."""
        if self.tap is None:
            raise RuntimeError("The side was not started past the wire.")
        return self.tap.take()
