"""``manage.py serve``: bring the data up to date, then become the web process; ``make run``, ``make dev``."""

import errno
import gc
import io
import os
import shutil
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

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
        """Do all that in order; the process that was asked becomes the web process."""
        port = port_of(os.environ.get("PORT") or "8000")
        refuse_full_disk(settings.STEMNET_DATA)
        gc.freeze()  # what was imported stays to the end, and need not be looked through again and again
        try:
            call_command("migrate", verbosity=0, interactive=False)
            if settings.DEBUG and "demo" in get_commands() and not (options["reload"] and holds_data()):
                call_command("demo", verbosity=0, stdout=io.StringIO())
        except (OperationalError, OSError) as error:
            raise in_the_way(error) from error
        os.environ["STEMNET_GREETING"] = greeting()
        connections.close_all()
        self.stdout.flush()
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        os.chdir(settings.BASE_DIR)
        more = ["--reload"] if options["reload"] else []
        os.execv(gunicorn, [gunicorn, "--bind", f"127.0.0.1:{port}", *more])  # noqa: S606 - no shell is wanted


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
