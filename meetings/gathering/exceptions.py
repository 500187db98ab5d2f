"""Every "no" of gathering, children of `meetings.planning.exceptions.MeetingsRefused`.

AgendaRefused        an agenda that can't be changed like this
├── LineGone         somebody removed the item or break meanwhile
└── ItemEdited       somebody else changed the item since the page was opened
"""

from django.utils.translation import gettext as _

from meetings.models import AgendaItem
from meetings.planning.exceptions import MeetingsRefused


class AgendaRefused(MeetingsRefused):
    """An agenda can't be changed like this."""


class LineGone(AgendaRefused):
    """Somebody removed the item or break meanwhile."""

    def __init__(self) -> None:
        super().__init__(sentence=_("Somebody else removed this meanwhile. This is the agenda as it is now."))


class ItemEdited(AgendaRefused):
    """Somebody else changed ``item``, as it is now, since the page was opened."""

    def __init__(self, item: AgendaItem) -> None:
        self.item = item
        super().__init__(
            sentence=_(
                "Somebody else changed this item while you had it open: “%(title)s”, %(minutes)s minutes. "
                "Save again to put yours in its place."
            )
            % {"title": item.title, "minutes": item.minutes}
        )
