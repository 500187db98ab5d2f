"""Every "no" of gathering, children of `meetings.planning.exceptions.MeetingsRefused`.

MeetingsRefused
├── ActionItemRefused    an action item that can't be given, changed or closed like this
│   ├── DueTooEarly      the day is past, or before the meeting
│   ├── HomeworkClosed   its answers are closed
│   ├── ItemClosed       it is done or dropped already
│   ├── NobodyToTell     its owner has no address, or no contact
│   ├── NothingAnswered  homework without an answer
│   └── NothingAsked     it doesn't say what should be done
├── AgendaRefused        an agenda that can't be changed like this
│   ├── LineGone         somebody removed the item or break meanwhile
│   └── ItemEdited       somebody else changed the item since the page was opened
├── MaterialRefused      a material that can't be added or changed like that
├── MinutesRefused       minutes or decisions that can't be written or published like this
│   └── MinutesChanged   somebody else saved them since the page was opened
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


class ActionItemRefused(MeetingsRefused):
    """An action item can't be given, changed or closed like this; ``field`` is what of it that is about."""

    field: str | None = None


class DueTooEarly(ActionItemRefused):
    """The day is past, or before the meeting that the item comes from, which ``held`` says."""

    field = "due_on"

    def __init__(self, *, held: str = "") -> None:
        sentence = _("This date is past. Choose a later one.")
        if held:
            sentence = _("The meeting is on %(day)s, so this can't be due before that. Choose a later date.")
        super().__init__(sentence=sentence % {"day": held})


class NobodyToTell(ActionItemRefused):
    """Nobody would hear of the item: no address of the person ``name``, or no contact of the organization."""

    field = "owner"

    def __init__(self, name: str, *, is_person: bool) -> None:
        sentence = _("Nobody with an e-mail address is listed for %(name)s. Choose a person there.")
        if is_person:
            sentence = _("We have no e-mail address for %(name)s. Choose somebody else.")
        super().__init__(sentence=sentence % {"name": name})


class HomeworkClosed(ActionItemRefused):
    """An answer to homework is opened again that takes no more answers."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_(
                "This homework is closed, so you can't answer it anymore. Ask the person "
                "who assigned it to open it again."
            )
        )


class NothingAnswered(ActionItemRefused):
    """Homework is sent back without a word."""

    field = "answer"

    def __init__(self) -> None:
        super().__init__(sentence=_("Write your answer before you send it."))


class NothingAsked(ActionItemRefused):
    """An item or homework doesn't say what should be done."""

    field = "text"

    def __init__(self) -> None:
        super().__init__(sentence=_("Say what should be done."))


class ItemClosed(ActionItemRefused):
    """The item is done or dropped already, as ``who`` said on ``day``."""

    def __init__(self, *, is_done: bool, who: str, day: str) -> None:
        if is_done:
            sentence = _("This is already done. %(who)s said so on %(day)s.")
        else:
            sentence = _("%(who)s dropped this on %(day)s. Open it again before you change it.")
        super().__init__(sentence=sentence % {"who": who, "day": day})


class MinutesRefused(MeetingsRefused):
    """Minutes or decisions can't be written or published like this."""


class MinutesChanged(MinutesRefused):
    """Somebody else saved the minutes since the page was opened."""

    def __init__(self) -> None:
        super().__init__(sentence=_("Someone else changed this while you were writing."))
