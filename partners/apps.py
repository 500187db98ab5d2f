"""The app partners."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Partners and people."""

    name = "partners"
    verbose_name = "Partners and people"
