"""The ground: settings, mail, jobs, spreadsheets."""

import os

from django.apps import AppConfig
from django.conf import settings


class StemnetConfig(AppConfig):
    """Mail, jobs and spreadsheets that every other app stands on."""

    name = "stemnet"
    verbose_name = "Mail and jobs"

    def ready(self) -> None:
        """Refuse a careless start; make the Celery app the current one; set up logs and fault reports."""
        from stemnet import celery, checks, jobs, telling
        from stemnet.observing import log
        from stemnet.retention import ground

        if not settings.TESTING:
            os.umask(0o027)  # what the portal writes, its database too, is nobody else's to read
        if not settings.DEBUG and not settings.TESTING:
            checks.refuse_carelessness()
        celery.app.set_default()
        ground.add_classes()
        jobs.handler(telling.KIND, telling.run_telling)
        log.set_up_logging()
        if settings.SENTRY_DSN:
            from stemnet.observing import fault_reports

            fault_reports.report_faults(settings.SENTRY_DSN)
