"""What the clock runs for the ground: one domain call each."""

from celery import shared_task
from django.utils import timezone

from stemnet import jobs
from stemnet.models import CacheEntry, Sweep
from stemnet.outbox import bounces, delivery
from stemnet.retention import sweeping


@shared_task(name="stemnet.deliver")
def deliver() -> None:
    """Send what is due."""
    delivery.deliver(at=timezone.now(), clock=timezone.now)


@shared_task(name="stemnet.sweep_mail")
def sweep_mail() -> None:
    """Find what was left behind in the outbox, and show that the clock runs."""
    Sweep.objects.note(timezone.now())
    delivery.sweep(at=timezone.now(), clock=timezone.now)


@shared_task(name="stemnet.sweep_bounces")
def sweep_bounces() -> None:
    """Read what mail came back, where the operator named a mailbox for it."""
    bounces.sweep_bounces(at=timezone.now())


@shared_task(name="stemnet.run_jobs")
def run_jobs() -> None:
    """Run the batches that wait."""
    jobs.run_waiting(at=timezone.now(), clock=timezone.now)


@shared_task(name="stemnet.forget_counts")
def forget_counts() -> None:
    """Forget what the cache kept in the database and nobody counts on any more, and who asked for codes."""
    CacheEntry.objects.over(timezone.now()).delete()
    sweeping.run_class("codes", at=timezone.now())


@shared_task(name="stemnet.sweep_retention")
def sweep_retention() -> None:
    """Delete what is kept no longer; a run within the day is enough."""
    sweeping.sweep(at=timezone.now())
