"""Every "no" of groups and teams, children of `meetings.planning.exceptions.MeetingsRefused`.

MeetingsRefused
├── NotOnTheTeam         who leaves or is named must sit on the team
├── TeamFull             every place of a team is taken
├── TeamMeetingRefused   who comes can no longer be said, or who came not yet
└── TermRefused          a term that ends before it begins
"""

from django.utils.translation import gettext as _

from meetings.planning.exceptions import MeetingsRefused


class NotOnTheTeam(MeetingsRefused):
    """This person does not sit on this team now."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This person is no longer on this team."))


class TeamFull(MeetingsRefused):
    """Every place of the team is taken."""

    def __init__(self) -> None:
        super().__init__(sentence=_("Every place on this team is taken."))


class TeamMeetingRefused(MeetingsRefused):
    """Who comes to this meeting can no longer be said, or who came not yet."""


class TermRefused(MeetingsRefused):
    """The term would end before it begins."""

    def __init__(self) -> None:
        super().__init__(sentence=_("A term can't end before it starts."))
