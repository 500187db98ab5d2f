"""Every "no" of groups and teams, in words fit for the person who reads it."""

from django.utils.translation import gettext as _

from meetings.planning.exceptions import MeetingsRefused


class NotOnTheTeam(MeetingsRefused):
    """This person does not sit on this team now."""

    def __str__(self) -> str:
        return _("This person is not on this team any more.")
