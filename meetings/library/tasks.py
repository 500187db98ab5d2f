"""What the clock runs for the library: one domain call, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from meetings.library.domain import links


@shared_task(name="meetings.check_links")
def check_links() -> None:
    """Look at links that were not looked at for a week."""
    links.check_links(at=timezone.now())
