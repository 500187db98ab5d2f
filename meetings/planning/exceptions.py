"""Every "no" of planning, in words fit for the person who reads it.

MeetingsRefused
├── WallTimeRefused      the clock does not show this time then, or shows it twice
├── PlanRefused          dates or slots that can't be planned
│   └── TitleTaken       this school year has a network of this title
├── MovingRefused        meetings that can't be changed like this
├── EditedMeanwhile      somebody else changed the network since the page was opened
└── PublishRefused       a network that is not ready to be published, or can't be taken back
"""


class MeetingsRefused(Exception):
    """What was asked can't be done; ``str()`` says why."""


class WallTimeRefused(MeetingsRefused):
    """The wall clock does not show this time on this day, or shows it twice."""


class PlanRefused(MeetingsRefused):
    """These dates or slots can't be planned."""


class TitleTaken(PlanRefused):
    """This school year has a network of this title already."""


class EditedMeanwhile(MeetingsRefused):
    """Somebody else changed the network since the page was opened; ``who`` names them."""

    def __init__(self, message: str, *, who: str = "") -> None:
        super().__init__(message)
        self.who = who


class MovingRefused(MeetingsRefused):
    """These meetings can't be cancelled, moved or changed like this."""


class PublishRefused(MeetingsRefused):
    """The network lacks what its public page needs: ``missing`` maps a field to its sentence."""

    def __init__(self, message: str, *, missing: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.missing = missing or {}
