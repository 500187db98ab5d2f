"""``manage.py serve``: bring the data up to date, then become the web process; ``make run``, ``make dev``."""

import errno
import gc
import io
import multiprocessing
import os
import shutil
import signal
import socket
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection, connections
from gunicorn.app.wsgiapp import run

from stemnet.first_page import load_first_page

NEEDED_MB = 50
SIGN_INS = ("coordinator", "staff", "educator", "partner", "group-lead")


class Command(BaseCommand):
    """Migrate, load the demo under DEBUG, and become gunicorn with worker and clock inside it."""

    help = "Start the portal on PORT: migrations, the demo under DEBUG, then the web process."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether somebody works on the code."""
        parser.add_argument(
            "--reload",
            action="store_true",
            help="load edited code and templates anew, and the demo only into an empty database",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do all that in order, each step as a child that leaves nothing of itself in the web process."""
        port = port_of(os.environ.get("PORT") or "8000")
        refuse_full_disk(settings.STEMNET_DATA)
        gc.freeze()  # what was imported stays to the end, and need not be looked through again and again
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _frame: sys.exit(128 + number))  # with its children
        migrating = begin(migrate)
        if not options["reload"]:
            load_first_page()
        finish(migrating)
        if settings.DEBUG and "demo" in get_commands() and not (options["reload"] and holds_data()):
            connections.close_all()
            finish(begin(load_demo))
        os.environ["STEMNET_GREETING"] = greeting()
        connections.close_all()
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        become_gunicorn(port, reload=options["reload"])


def migrate() -> None:
    """Bring the tables up to date."""
    call_command("migrate", verbosity=0, interactive=False)


def load_demo() -> None:
    """Load the demo, or what it has of today."""
    call_command("demo", verbosity=0, stdout=io.StringIO())


def begin(step: Callable[[], None]) -> BaseProcess:
    """Begin one step as a child of this process, which ends when this process ends."""
    child = multiprocessing.get_context("fork").Process(target=done, args=(step,), daemon=True)
    child.start()
    return child


def done(step: Callable[[], None]) -> None:
    """Do one step; end with one sentence where that was refused, or the data cannot be read or written."""
    gc.disable()  # a process that ends so soon keeps no garbage
    # Nobody reads the notes that DEBUG takes of every statement.
    connection.make_debug_cursor = connection.make_cursor  # type: ignore[method-assign, assignment]
    try:
        step()
    except CommandError as refusal:
        sys.exit(f"CommandError: {refusal}")
    except (OperationalError, OSError) as error:
        sys.exit(f"CommandError: {in_the_way(error)}")


def finish(child: BaseProcess) -> None:
    """Wait for a step, and go no further where it did not get through, of which it has told."""
    child.join()
    if child.exitcode:
        sys.exit(1)


def become_gunicorn(port: int, *, reload: bool) -> NoReturn:
    """Serve the pages to the end, with what is loaded; edited code must be loaded anew by a new process."""
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    sys.argv = [gunicorn, "--bind", f"127.0.0.1:{port}"]
    if reload:
        os.execv(gunicorn, [*sys.argv, "--reload"])  # noqa: S606 - no shell is wanted
    gc.collect()
    gc.freeze()
    sys.exit(run())


def holds_data() -> bool:
    """Return whether anybody can sign in, so that the database is no empty one."""
    return get_user_model()._default_manager.exists()


def port_of(text: str) -> int:
    """Return the port to listen on.

    Raises CommandError where it is no port, or it is taken.
    """
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise CommandError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError:
            raise CommandError(f"Port {text} may not be used without root. Choose one above 1023.") from None
        except OSError:
            other = int(text) % 65_535 + 1
            raise CommandError(f"Port {text} is taken. Choose another: PORT={other} make run") from None
    return int(text)


def refuse_full_disk(folder: Path) -> None:
    """Refuse to start where there is no room for data.

    Raises CommandError where fewer than 50 MB are free.
    """
    free = shutil.disk_usage(folder).free // 1024 // 1024
    if free < NEEDED_MB:
        raise CommandError(
            f"The disk is full: {NEEDED_MB} MB are needed in {folder}, and {free} MB are free."
        )


def in_the_way(error: Exception) -> CommandError:
    """Return one sentence for what kept the data from being read or written."""
    if getattr(error, "errno", None) == errno.ENOSPC or "disk is full" in str(error):
        return CommandError(f"The disk is full: there is no room for data in {settings.STEMNET_DATA}.")
    first_line = str(error).strip().partition("\n")[0]
    return CommandError(f"The data cannot be read or written: {first_line}.")


def greeting() -> str:
    """Return what is printed once the portal listens."""
    lines = [f"The portal runs: {settings.SITE_URL}"]
    addresses = [f"{name}@example.org" for name in SIGN_INS]
    known = set(get_user_model()._default_manager.filter(email__in=addresses).values_list("email", flat=True))
    if settings.DEBUG and known:
        names = ", ".join(address for address in addresses if address in known)
        lines.append(f"Sign in as {names}; the password is network-demo.")
    if settings.DEBUG:
        lines.append("Ctrl-C ends it.")
    return "\n".join(lines)
