"""The ground: settings, mail, jobs, spreadsheets."""

from django.apps import AppConfig


class StemnetConfig(AppConfig):
    """Mail, jobs and spreadsheets that every other app stands on."""

    name = "stemnet"
    verbose_name = "Mail and jobs"
