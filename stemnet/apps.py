"""The ground: settings, mail, jobs, spreadsheets."""

from django.apps import AppConfig
from django.conf import settings


class StemnetConfig(AppConfig):
    """Mail, jobs and spreadsheets that every other app stands on."""

    name = "stemnet"
    verbose_name = "Mail and jobs"

    def ready(self) -> None:
        """Refuse a careless start; make the Celery app the current one; set up logs and fault reports."""
        from stemnet import celery, checks, middleware

        if not settings.DEBUG and not settings.TESTING:
            checks.refuse_carelessness()
        celery.app.set_default()
        middleware.set_up_logging()
        if settings.SENTRY_DSN:
            middleware.report_faults(settings.SENTRY_DSN)
