"""What the clock runs for evaluation: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from registrations.evaluation.domain import asking_evaluation


@shared_task(name="registrations.sweep_evaluations")
def sweep_evaluations() -> None:
    """Ask people to answer the network evaluation."""
    asking_evaluation.sweep_evaluations(at=timezone.now())
