"""Every "no" of groups and teams, children of `meetings.planning.exceptions.MeetingsRefused`.

MeetingsRefused
└── NotOnTheTeam         who leaves or is named must sit on the team
"""

from django.utils.translation import gettext as _

from meetings.planning.exceptions import MeetingsRefused


class NotOnTheTeam(MeetingsRefused):
    """This person does not sit on this team now."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This person is no longer on this team."))
