"""The peer: pretix, which sells tickets in Django, with a free event; from PyPI, and no part of ours.

Its page of an event stands beside our page of a network, and ordering one free ticket (cart, address,
confirm) beside a registration. Whoever waits for its background work asks again, as its own page does.
"""

import json
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from bench.before import run
from bench.browser import Answer, Browser
from bench.services import Services
from bench.sides import ROOT, Side

PINNED = "pretix==2026.8.0"
WAIT_SECONDS = 60


class Peer(Side):
    """pretix with two web processes and two workers, on the same PostgreSQL and Redis."""

    name = "peer"

    def __init__(self, services: Services, *, people: int) -> None:
        super().__init__(services, people=people)
        kept = os.environ.get("PEER_VENV")
        self.place = services.folder / "peer"
        self.place.mkdir()
        self.venv = Path(kept) if kept else self.place / "venv"
        if not kept:
            run(sys.executable, "-m", "venv", str(self.venv), cwd=self.place)
            run(str(self.venv / "bin" / "pip"), "install", "--quiet", PINNED, "gunicorn", cwd=self.place)
        self.python = str(self.venv / "bin" / "python")

    @property
    def folder(self) -> Path:
        """Return where it is started."""
        return self.place

    @property
    def ready(self) -> str:
        """Return a page that answers once it is up."""
        return self.public_page()

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """Write its configuration for this database, and return where it is."""
        base, mail = urlsplit(database), urlsplit(self.services.mailbox.url)
        redis, _slash, number = self.services.redis.rpartition("/")
        sections = {
            "pretix": {
                "instance_name": "bench",
                "url": "https://bench.example.org",
                "datadir": str(self.place / "data"),
                "trust_x_forwarded_for": "on",
                "trust_x_forwarded_proto": "on",
                "currency": "USD",
            },
            "django": {"secret": "bench-" + "0123456789abcdefghijklmnop" * 2, "debug": "off"},
            "database": {
                "backend": "postgresql",
                "name": base.path[1:],
                "user": base.username or "",
                "password": base.password or "",
                "host": base.hostname or "",
                "port": str(base.port or 5432),
            },
            "mail": {"host": mail.hostname, "port": str(mail.port), "from": "network@example.org"},
            "redis": {"location": f"{redis}/{number}", "sessions": "false"},
            "celery": {"backend": f"{redis}/{number}", "broker": f"{redis}/{number}"},
        }
        lines = []
        for title, values in sections.items():
            lines += [f"[{title}]", *(f"{name}={value}" for name, value in values.items())]
        file = self.place / f"pretix-{base.port}.cfg"
        file.write_text("\n".join(lines) + "\n")
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, "PRETIX_CONFIG_FILE": str(file), "DJANGO_SETTINGS_MODULE": "pretix.settings", **more}

    def prepare(self) -> None:
        """Migrate, and make the events."""
        environment = self.environment(self.url)
        self.run([self.python, "-m", "pretix", "migrate", "--verbosity", "0"], environment, cwd=self.place)
        rows = self.run([self.python, str(ROOT / "bench" / "peer_rows.py")], environment, cwd=self.place)
        self.made = json.loads(rows.splitlines()[-1])

    def commands(self, database: str) -> list[tuple[list[str], dict[str, str]]]:
        """Return web and worker."""
        bin_ = self.venv / "bin"
        bind = ["--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--threads", "4"]
        web = [
            str(bin_ / "gunicorn"),
            "--config",
            "/dev/null",
            *bind,
            "--log-level",
            "warning",
            "pretix.wsgi",
        ]
        worker = [str(bin_ / "celery"), "-A", "pretix.celery_app", "worker", "-c", "2", "-l", "WARNING"]
        return [(web, self.environment(database)), (worker, self.environment(self.url))]

    def public_page(self) -> str:
        """Return the page of the event."""
        return "/bench/open/"

    def register(self, browser: Browser, slug: str, address: str) -> str:
        """Put one ticket into the cart, type the address, confirm."""
        event, item = slug.split(":")
        shop = f"/bench/{event}/"
        page = browser.get(shop)
        if f'name="item_{item}"' not in page.text:
            return "full"
        token = {"csrfmiddlewaretoken": page.hidden()["csrfmiddlewaretoken"]}
        added = self.awaited(browser, f"{shop}cart/add?ajax=1", {**token, f"item_{item}": "1"})
        if added.get("has_errors") or not added.get("success"):
            return "full"
        form = browser.get(f"{shop}checkout/start", follow=True)
        sent = browser.post(form.path, {**form.hidden(), "email": address})
        if "confirm" not in sent.path:
            raise RuntimeError(f"The address was answered {sent.status} at {sent.path}.")
        done = self.awaited(browser, f"{sent.path}?ajax=1", {**sent.hidden()})
        if "/order/" not in str(done.get("redirect")):
            return "full"
        browser.get(str(done["redirect"]))
        return "seated"

    def awaited(self, browser: Browser, path: str, fields: dict[str, str]) -> dict[str, object]:
        """Send what the peer does in the background, and ask until it is done.

        Raises RuntimeError where that takes longer than a minute.
        """
        answer: Answer = browser.post(path, fields, follow=False)
        begun = time.monotonic()
        while time.monotonic() - begun < WAIT_SECONDS:
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}.")
            said: dict[str, object] = json.loads(answer.text)
            if said.get("ready", True):
                return said
            time.sleep(0.1)
            answer = browser.get(f"{path}&async_id={said['async_id']}")
        raise RuntimeError(f"{path} was not done within {WAIT_SECONDS} s.")

    def seated(self, slug: str) -> int:
        """Return how many have a ticket."""
        return self.ask(
            "SELECT count(*) FROM pretixbase_orderposition p JOIN pretixbase_order o ON o.id = p.order_id"
            " JOIN pretixbase_event e ON e.id = o.event_id WHERE e.slug = %s AND o.status = 'p'",
            slug.split(":")[0],
        )
