"""What the clock runs for attendance: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.attendance.domain import counting_check_ins, missing
from stemnet.retention import sweeping


@shared_task(name="registrations.sweep_missed")
def sweep_missed() -> None:
    """Write to those who missed a meeting, and forget who once waited at the door."""
    missing.sweep_missed(at=timezone.now())
    sweeping.run_class("door_requests", at=timezone.now())


@shared_task(name="registrations.count_check_ins")
def count_check_ins() -> None:
    """Let what counts follow what was pressed on phones."""
    counting_check_ins.count_check_ins(at=timezone.now())
