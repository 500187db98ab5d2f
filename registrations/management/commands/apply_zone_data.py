"""`manage.py apply_zone_data`: planned wall times become instants again, after new rules of time zones."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from meetings.planning.domain.zone_updates import Moved, apply_zone_data
from registrations.seats.domain.reminding import follow_instants
from stemnet.zone_data import zone_data_version


class Command(BaseCommand):
    """Work out the instants of all meetings by the rules of now, and say which moved."""

    help = "Works out the instants of planned meetings by the time zone rules in use, and says which moved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take `--dry-run`."""
        parser.add_argument("--dry-run", action="store_true", help="Only say what would move.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        """Write and report."""
        with transaction.atomic():
            update = apply_zone_data(at=timezone.now(), write=not dry_run)
            if not dry_run:
                for moved in update.moved:
                    follow_instants(moved.meeting, before=moved.starts_at)
        for moved in update.moved:
            self.stdout.write(f"{'would move' if dry_run else 'moved'}: {line(moved)}")
        for moved in update.begun:
            self.stdout.write(f"left, because it has begun; correct it by hand: {line(moved)}")
        for meeting, reason in update.refused:
            self.stdout.write(f"left, give it a new time: {meeting} ({meeting.network}): {reason}")
        self.stdout.write(
            f"Time zone rules {zone_data_version()}: {len(update.moved)} moved, "
            f"{len(update.begun) + len(update.refused)} left for you."
        )


def line(moved: Moved) -> str:
    """Say which meeting, its wall time, and both instants."""
    one = moved.meeting
    return (
        f"{one.title} ({one.network}), {one.on} {one.start_time:%H:%M} {one.zone}: "
        f"{moved.starts_at:%Y-%m-%d %H:%M} UTC is now {one.starts_at:%Y-%m-%d %H:%M} UTC"
    )
