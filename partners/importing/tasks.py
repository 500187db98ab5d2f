"""What the clock runs for importing: one domain call each, safe to run late, twice or never."""

from celery import shared_task
from django.utils import timezone

from partners.importing.domain import importing


@shared_task(name="partners.sweep_imports")
def sweep_imports() -> None:
    """Forget the rows of tables that were brought long ago."""
    importing.sweep_imports(at=timezone.now())
