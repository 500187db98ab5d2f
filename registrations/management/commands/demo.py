"""``manage.py demo``: a portal with a story in it, for looking around and for load."""

import gc
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from registrations.management.demo import clearing, crowd, life
from registrations.management.demo.people import PASSWORD
from registrations.management.demo.stories import STORIES, told


class Command(BaseCommand):
    """Load the demo; a second time on the same day changes nothing."""

    help = "Load a demo story. Refuses outside DEBUG."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the story, a fresh start and a crowd."""
        parser.add_argument(
            "--story",
            choices=sorted(STORIES),
            help="which story to tell; without it, the one that this portal tells, else massachusetts",
        )
        parser.add_argument("--fresh", action="store_true", help="empty the database first")
        parser.add_argument("--people", type=int, default=0, metavar="N", help="add N educators, for load")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell the story as of now."""
        if not settings.DEBUG:
            raise CommandError("The demo is for DEBUG only: it makes accounts with a known password.")
        gc.freeze()  # what was imported stays to the end, and need not be looked through again and again
        if options["fresh"]:
            clearing.clear()
        current = told()
        now, story = timezone.now(), STORIES[options["story"] or current or "massachusetts"]
        if current and story is not STORIES[current]:
            raise CommandError(f"This portal tells the story {current}. With --fresh another one can begin.")
        with transaction.atomic():  # interrupted halfway, nothing of it stays
            story.tell(at=now)
            if not current:
                life.remember_reminders(at=now)
        if options["people"]:
            crowd.gather(options["people"], at=now)
        names = ", ".join(f"{name}@example.org" for name in story.sign_ins)
        self.stdout.write(f"Demo sign-ins: {names}; password {PASSWORD}")
