"""Every "no" of planning, children of `stemnet.exceptions.Refused`.

MeetingsRefused
├── WallTimeRefused      the clock does not show this time then, or shows it twice
├── PlanRefused          dates or slots that can't be planned
│   └── TitleTaken       this school year has a network of this title
├── MovingRefused        meetings that can't be changed like this
├── EditedMeanwhile      somebody else changed the network since the page was opened
└── PublishRefused       a network that can't be published, taken back or called off
    └── NotReady         it lacks what its public page needs
"""

from django.utils.translation import gettext as _

from meetings.models import Network
from stemnet.exceptions import Refused


class MeetingsRefused(Refused):
    """A rule about networks, meetings and groups said no."""


class WallTimeRefused(MeetingsRefused):
    """The wall clock does not show this time on this day, or shows it twice."""


class PlanRefused(MeetingsRefused):
    """These dates or slots can't be planned."""


class TitleTaken(PlanRefused):
    """This school year has a network of this title already."""

    def __init__(self, school_year: str) -> None:
        sentence = _("There's already a network with this title in %(year)s.")
        super().__init__(sentence=sentence % {"year": school_year})


class MovingRefused(MeetingsRefused):
    """These meetings can't be cancelled, moved or changed like this."""


class EditedMeanwhile(MeetingsRefused):
    """Somebody else changed ``network``, as it is now, since the page was opened; ``who`` names them."""

    def __init__(self, network: Network) -> None:
        self.network, self.who = network, network.edited_by_name or _("Somebody")
        super().__init__(sentence=_("Somebody else saved this network while you had it open."))


class PublishRefused(MeetingsRefused):
    """A network can't be published, taken back or called off."""


class NotReady(PublishRefused):
    """The network lacks what its public page needs: ``missing`` maps a field to its sentence."""

    def __init__(self, missing: dict[str, str]) -> None:
        self.missing = missing
        super().__init__(sentence=_("This isn't ready to publish. Fill in what's missing first."))
