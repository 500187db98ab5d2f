"""A portal with the demo in it, in a process of its own, and a browser that looks at it."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.someone import Meet, Someone, someone

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs its loop in this thread
expect.set_options(timeout=15_000)  # as every other wait: a busy machine is no fault of the page
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclass
class Portal:
    """Where the demo is, and how to run its command line."""

    url: str
    env: dict[str, str]

    def manage(self, *words: str) -> str:
        return subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *words],
            cwd=ROOT,
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory) -> None:
    """Let SQLite be a file: a page asks for several things at once, for which memory is one connection."""
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder to be copied by everyone who wants a portal, made by the first worker that asks."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            begun = shared / f"{name}-begun"
            begun.mkdir()
            make(begun)
            begun.rename(data)
    return data


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """A folder with an empty database."""
    return made_once(tmp_path_factory, "migrated", lambda data: at(data).manage("migrate", "-v0"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory, migrated) -> Path:
    """A folder with the demo."""

    def make(data: Path) -> None:
        shutil.copytree(migrated, data, dirs_exist_ok=True)
        at(data).manage("demo")

    return made_once(tmp_path_factory, "demo", make)


@pytest.fixture(scope="session")
def portal(tmp_path_factory, demo) -> Iterator[Portal]:
    with served(tmp_path_factory.mktemp("portal"), demo) as one:
        yield one


def at(data: Path) -> Portal:
    """A portal in ``data`` on a port that is free."""
    port = free_port()
    env = {**os.environ, "DEBUG": "1", "PORT": str(port), "STEMNET_DATA": str(data), "REDIS_URL": ""}
    env |= {"DATABASE_URL": f"sqlite:///{data}/stemnet.sqlite3", "SITE_URL": f"http://localhost:{port}"}
    return Portal(f"http://localhost:{port}", env)


@contextmanager
def served(data: Path, made: Path, *words: str) -> Iterator[Portal]:
    """A portal of its own in ``data``, a copy of ``made`` and the story that ``words`` ask for."""
    shutil.copytree(made, data, dirs_exist_ok=True)
    one = at(data)
    if words:
        one.manage("demo", *words)
    port = one.env["PORT"]
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env=one.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(one.url)
        yield one
    finally:
        server.terminate()
        server.wait(10)


def wait_for(url: str) -> None:
    for _attempt in range(300):
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def meet(browser: Browser, live_server, settings) -> Iterator[Meet]:
    """Give people browsers of their own, which are closed at the end."""
    settings.SITE_URL = live_server.url
    met: list[Someone] = []

    def one(address: str, **more: Any) -> Someone:
        met.append(someone(browser, live_server.url, address, **more))
        return met[-1]

    yield one
    for person in met:
        person.page.context.close()


def sign_in(context: BrowserContext, portal: Portal, name: str) -> None:
    page = context.new_page()
    page.goto(f"{portal.url}/accounts/login/")
    page.click('summary:has-text("password")')
    page.fill("input[name=login]", f"{name}@example.org")
    page.fill("input[name=password]", "network-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
    page.close()
