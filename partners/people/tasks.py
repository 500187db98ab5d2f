"""What the clock runs for people: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from partners.people.domain import kept_forms, undelivered


@shared_task(name="partners.sweep_kept_forms")
def sweep_kept_forms() -> None:
    """Forget long forms that were not sent for weeks."""
    kept_forms.forget_old(at=timezone.now())


@shared_task(name="partners.sweep_undelivered")
def sweep_undelivered() -> None:
    """Tell coordinators of mail that does not go out."""
    undelivered.sweep(at=timezone.now())
