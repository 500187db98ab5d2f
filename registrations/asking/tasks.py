"""What the clock runs for questions: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.asking.domain import keeping, mailing


@shared_task(name="registrations.sweep_questions")
def sweep_questions() -> None:
    """Delete answers whose time is over, and remind who was asked and has not answered."""
    now = timezone.now()
    keeping.forget_answers(at=now)
    mailing.sweep_reminders(at=now)
