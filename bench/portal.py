"""The portal as a side: of this tree, or of an older commit."""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from bench import machine
from bench.browser import Answer, Browser
from bench.services import Services
from bench.sides import ROOT, Side

TYPED = {
    "first_name": "Ana",
    "last_name": "Reis",
    "certificate_name": "",
    "job": "teacher",
    "attending": "self",
    "leader_name": "",
    "leader_job": "",
    "leader_email": "",
    "group": "",
}


class Portal(Side):
    """This portal, of this tree or of an older one, in the grown shape or embedded."""

    name = "ours"
    lock = r'"meetings_network".* FOR (NO KEY )?UPDATE|^UPDATE "meetings_network"'

    def __init__(
        self, services: Services, *, people: int, tree: Path = ROOT, python: str = sys.executable
    ) -> None:
        self.tree, self.python = tree, python
        super().__init__(services, people=people)
        self.data = Path(tempfile.mkdtemp(dir=services.folder))

    @property
    def folder(self) -> Path:
        """Return the tree of the commit that is measured."""
        return self.tree

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """Return the settings of a portal behind one proxy that speaks HTTPS."""
        kept = {
            name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")
        }
        return {
            **kept,
            "SECRET_KEY": "bench-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
            "ALLOWED_HOSTS": "bench.example.org",
            "SITE_URL": "https://bench.example.org",
            "EMAIL_URL": self.services.mailbox.url,
            "DATABASE_URL": database,
            "REDIS_URL": self.services.redis,
            "STEMNET_DATA": str(self.data),
            "TRUSTED_PROXY_COUNT": "1",
            "PORT": str(self.port),
            **more,
        }

    def prepare(self) -> None:
        """Migrate, tell the demo's story with a crowd, and add what the bench needs."""
        for_data = self.environment(self.url, DEBUG="1", REDIS_URL="")
        manage = [self.python, "manage.py"]
        self.run([*manage, "migrate", "--verbosity", "0"], for_data, cwd=self.tree)
        clock = time.monotonic()
        self.run([*manage, "demo", "--people", str(self.people)], for_data, cwd=self.tree)
        self.made_seconds = time.monotonic() - clock
        self.run([*manage, "collectstatic", "--noinput"], self.environment(self.url), cwd=self.tree)
        rows = [self.python, str(ROOT / "bench" / "rows.py")]
        self.made = json.loads(self.run(rows, for_data, cwd=self.tree).splitlines()[-1])

    def more_rows(self, kind: str) -> None:
        """Add rows that only one work wants, and note what is new."""
        rows = [self.python, str(ROOT / "bench" / "rows.py"), kind]
        for_data = self.environment(self.url, DEBUG="1", REDIS_URL="")
        self.made |= json.loads(self.run(rows, for_data, cwd=self.tree).splitlines()[-1])

    def embedded(self, *, people: int) -> "Portal":
        """Return the same portal as one process on a database of its own, SQLite."""
        return Embedded(self.services, people=people, tree=self.tree, python=self.python)

    def commands(self, database: str) -> list[tuple[list[str], dict[str, str]]]:
        """Return web, worker and clock; only web is counted."""
        bin_ = Path(self.python).parent
        celery = [str(bin_ / "celery"), "-A", "stemnet"]
        quiet = ["--loglevel", "WARNING"]
        direct = self.environment(self.url)
        return [
            ([str(bin_ / "gunicorn")], self.environment(database)),
            ([*celery, "worker", *quiet], direct),
            ([*celery, "beat", *quiet, "--schedule", str(self.data / "beat")], direct),
        ]

    def register(self, browser: Browser, slug: str, address: str) -> str:
        """Fill in the form, wait for the code, and type it."""
        path = f"/networks/{slug}/register/"
        form = browser.get(path)
        if 'name="address"' not in form.text:
            return "full"
        who = {"address": address, "organization": self.made["organization"]}
        sent = browser.post(path, {**form.hidden(), **TYPED, **who})
        if 'name="code"' not in sent.text:
            raise RuntimeError(f"The form was answered {sent.status} without a page for the code.")
        done = browser.post(sent.path, {**sent.hidden(), "code": self.services.mailbox.code_for(address)})
        return ended(done)

    def seated(self, slug: str) -> int:
        """Return how many have a seat."""
        return self.ask(
            "SELECT count(*) FROM registrations_registration r JOIN meetings_network n ON n.id = r.network_id"
            " WHERE n.slug = %s AND r.status = 'seated'",
            slug,
        )


class Embedded(Portal):
    """The portal in one process on SQLite."""

    is_postgres = False

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """Return the settings without PostgreSQL and Redis."""
        settings = super().environment(database, **more)
        return {name: value for name, value in settings.items() if name not in ("DATABASE_URL", "REDIS_URL")}

    def commands(self, database: str) -> list[tuple[list[str], dict[str, str]]]:
        """Return the one process."""
        return super().commands(database)[:1]

    def cpu(self) -> float:
        """Return the seconds of work of the process."""
        return machine.cpu(self.pids())


def ended(answer: Answer) -> str:
    """Return what the last page says. Raises RuntimeError where it says neither."""
    if answer.status == 200 and "registered" in answer.text:
        return "seated"
    if "waitlist" in answer.text:
        return "waiting"
    raise RuntimeError(f"The code was answered {answer.status} without a seat.")
