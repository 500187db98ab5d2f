"""The app registrations."""

from django.apps import AppConfig


class RegistrationsConfig(AppConfig):
    """Registrations and attendance."""

    name = "registrations"
    verbose_name = "Registrations and attendance"
