"""The floor as a side."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from bench.browser import Browser
from bench.sides import Side

TYPED = {"first_name": "Ana", "last_name": "Reis", "organization": "Diman Regional", "job": "teacher"}


class Floor(Side):
    """The bare app."""

    name = "floor"
    lock = r'"floor_network".* FOR UPDATE'

    def environment(self, database: str) -> dict[str, str]:
        """Return its few settings."""
        parts = urlsplit(self.services.mailbox.url)
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.floor.settings",
            "DATABASE_URL": database,
            "EMAIL_HOST": str(parts.hostname),
            "EMAIL_PORT": str(parts.port),
        }

    def prepare(self) -> None:
        """Make its tables and as many people."""
        fill = [sys.executable, "-m", "bench.floor.fill", str(self.people)]
        admin = self.run(fill, self.environment(self.url)).strip()
        fifty = [f"fifty-{number}" for number in range(40)]
        self.made = {
            "open": "open",
            "network": "open",
            "fifty": fifty,
            "coordinator": admin,
            "educator": admin,
        }

    def commands(self, database: str) -> list[tuple[list[str], dict[str, str]]]:
        """Return gunicorn with two processes of four threads."""
        gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "--config", "/dev/null"]
        more = [
            "--workers",
            "2",
            "--threads",
            "4",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--log-level",
            "warning",
        ]
        return [([*gunicorn, *more, "bench.floor.wsgi:application"], self.environment(database))]

    def register(self, browser: Browser, slug: str, address: str) -> str:
        """Fill in the form, wait for the code, and type it."""
        path = f"/networks/{slug}/register/"
        browser.get(path)
        sent = browser.post(path, {**TYPED, "address": address, "accept_1": "on"})
        if sent.status != 200:
            raise RuntimeError(f"The form was answered {sent.status}.")
        done = browser.post(path, {**sent.hidden(), "code": self.services.mailbox.code_for(address)})
        if done.status != 200:
            raise RuntimeError(f"The code was answered {done.status}.")
        return "full" if "is full" in done.text else "seated"

    def seated(self, slug: str) -> int:
        """Return how many have a seat."""
        return self.ask(
            "SELECT count(*) FROM floor_registration r JOIN floor_network n ON n.id = r.network_id"
            " WHERE n.slug = %s",
            slug,
        )
