"""The app meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Networks and meetings."""

    name = "meetings"
    verbose_name = "Networks and meetings"
