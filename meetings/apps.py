"""The app meetings."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Networks and meetings."""

    name = "meetings"
    verbose_name = "Networks and meetings"

    def ready(self) -> None:
        """Ask whoever works for a network for a second factor at sign-in."""
        from meetings.models import Appointment
        from meetings.planning.domain import merge_table
        from partners.people.domain import second_factor

        second_factor.needed_when(lambda person: Appointment.objects.filter(person=person).exists())
        merge_table.say_rules()
