"""Every "no" of gathering, children of `meetings.planning.exceptions.MeetingsRefused`.

MeetingsRefused
├── AgendaRefused        an agenda that can't be changed like this
│   ├── LineGone         somebody removed the item or break meanwhile
│   └── ItemEdited       somebody else changed the item since the page was opened
├── MaterialRefused      a material that can't be added or changed like that
└── UploadRefused        a file that can't be sent like that
    └── PartOutOfPlace   this part is not the one that comes next
"""

from django.utils.translation import gettext as _

from meetings.models import AgendaItem
from meetings.planning.exceptions import MeetingsRefused


class AgendaRefused(MeetingsRefused):
    """An agenda can't be changed like this."""


class LineGone(AgendaRefused):
    """Somebody removed the item or break meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("Somebody else removed this while you had it open. This is the agenda as it is now.")
        )


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


class MaterialRefused(MeetingsRefused):
    """A material can't be added or changed like that."""


class UploadRefused(MeetingsRefused):
    """A file can't be sent like that."""


class PartOutOfPlace(UploadRefused):
    """This part of a file is not the one that comes next; ``received`` bytes are here."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__(sentence=_("Part of this file is missing. Choose the file again."))
