"""Every "no" of planning, in words fit for the person who reads it.

MeetingsRefused
├── WallTimeRefused      the clock does not show this time then, or shows it twice
├── PlanRefused          dates or slots that can't be planned
├── PublishRefused       a network that is not ready to be published
└── MovingRefused        meetings that can't be changed like this
"""


class MeetingsRefused(Exception):
    """What was asked can't be done; ``str()`` says why."""


class WallTimeRefused(MeetingsRefused):
    """The wall clock does not show this time on this day, or shows it twice."""


class PlanRefused(MeetingsRefused):
    """These dates or slots can't be planned."""


class PublishRefused(MeetingsRefused):
    """The network lacks something that its public page needs."""


class MovingRefused(MeetingsRefused):
    """These meetings can't be cancelled, moved or changed like this."""
