"""Every "no" of marking attendance, children of `registrations.seats.exceptions.RegistrationsRefused`.

RegistrationsRefused
├── AttendanceRefused        a mark that can't be made
│   ├── MeetingCancelled     nobody is marked at a meeting that was cancelled
│   ├── AddressOfAnother     somebody of another name has the address: who is it?
│   ├── CompletedMeanwhile   somebody said that attendance is complete, and whoever pressed did not know
│   ├── LinesRefused         some lines of the sign-in sheet can't be written, so none was
│   ├── MakeUpRefused        more minutes of make-up work than were missed
│   │   └── MakeUpOutOfTime  it was done on another day than can be
│   ├── NotOnTheList         somebody without a seat checks in: the desk may let them in
│   ├── NewCodeWanted        what the page was opened with doesn't prove that they are in the room now
│   ├── SamePhone            the phone has checked in somebody else at this meeting
│   ├── KioskOver            no kiosk has this token, or its time is over
│   ├── ReasonWanted         a correction keeps the old mark and wants a reason
│   ├── ReportChanged        a report that was imported, removed or changed since somebody looked at it
│   └── ReportRefused        a file that is no attendance report of this meeting
│       └── ColumnsUnknown   nobody knows its columns: somebody must point at them
├── NothingToTell            nobody is to be told of materials
└── RoomCodeRefused          a code that leads to no room
    ├── NoSuchRoom           a code that no room has shown
    ├── RoomCodeExpired      a code that a room has shown
    └── RoomCodeOfTwo        two rooms show the same code at this moment
"""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrPromise

from partners.models import Person
from registrations.models import AttendanceCompletion
from registrations.seats.exceptions import RegistrationsRefused
from stemnet.wording import moment_near


class AttendanceRefused(RegistrationsRefused):
    """This mark can't be made."""


class MeetingCancelled(AttendanceRefused):
    """Nobody is marked at a meeting that was cancelled."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This meeting was cancelled."))


class AddressOfAnother(AttendanceRefused):
    """Somebody of another name has the address that was typed; whoever is at the desk knows who came."""

    def __init__(self, holder: Person) -> None:
        self.holder = holder
        super().__init__(
            sentence=_(
                "This is the e-mail address of %(person)s. Is that who came? If not, type the address of "
                "the person who did."
            )
            % {"person": holder}
        )


class CompletedMeanwhile(AttendanceRefused):
    """Somebody said that attendance is complete, and whoever pressed did not know."""

    def __init__(self, completion: AttendanceCompletion) -> None:
        meeting = completion.meeting
        moment = moment_near(completion.at, meeting.zone, meeting.on)
        super().__init__(
            sentence=_("%(by)s marked attendance complete %(moment)s, before this was sent.")
            % {"by": completion.by_name, "moment": moment}
        )


class LinesRefused(AttendanceRefused):
    """Some lines of the sign-in sheet can't be written; ``lines`` has the "no" of each, by registration."""

    def __init__(self, lines: Mapping[UUID, AttendanceRefused]) -> None:
        self.lines = lines
        sentence = ngettext(
            "%(number)s line needs another look, so nothing was saved.",
            "%(number)s lines need another look, so nothing was saved.",
            len(lines),
        )
        super().__init__(sentence=sentence % {"number": len(lines)})


class MakeUpRefused(AttendanceRefused):
    """As many minutes can't be made up for; ``field`` is what was typed wrong."""

    field: ClassVar[str] = "minutes"


class MakeUpOutOfTime(MakeUpRefused):
    """Make-up work was done on another day than can be."""

    field = "done_on"


class NotOnTheList(AttendanceRefused):
    """Somebody who has no seat checks in; the desk may let them in."""

    def __init__(self) -> None:
        super().__init__(sentence=_("You're not on the list of this meeting."))


class NewCodeWanted(AttendanceRefused):
    """The page was opened too long ago, or before they left: a code of now is wanted."""

    def __init__(self) -> None:
        super().__init__(sentence=_("Scan the code on the wall again, or type it."))


class SamePhone(AttendanceRefused):
    """The phone has checked in somebody else at this meeting."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_(
                "This phone has already checked in somebody else at this meeting. The desk at the door knows "
                "that you're here: tell them your name, and they'll mark you."
            )
        )


class KioskOver(AttendanceRefused):
    """No kiosk has this token, or its time is over."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("This kiosk's link has ended. Ask the staff of the meeting for a new one.")
        )


class ReasonWanted(AttendanceRefused):
    """A correction keeps the old mark and wants a reason."""


class ReportChanged(AttendanceRefused):
    """Somebody imported, removed or changed a report since it was looked at."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("This report has changed since you looked at it. Look at it again, then decide.")
        )


class ReportRefused(AttendanceRefused):
    """A file is no attendance report, or none of this meeting."""


class ColumnsUnknown(ReportRefused):
    """Nobody knows the columns of a report; ``preview`` shows them, for somebody to point at."""

    def __init__(self, preview: Any) -> None:
        self.preview = preview
        super().__init__(
            sentence=_(
                "We don't know this kind of report. Say which columns have the name, the address, and when "
                "people joined and left."
            )
        )


class NothingToTell(RegistrationsRefused):
    """Everybody knows of the materials, or nobody would be told of them."""


class RoomCodeRefused(RegistrationsRefused):
    """A code leads to no room; ``title`` says so in a few words."""

    title: ClassVar[StrPromise] = gettext_lazy("This code doesn't work")


class NoSuchRoom(RoomCodeRefused):
    """No room has shown this code: it was mistyped, or made up."""

    title = gettext_lazy("No room shows this code")

    def __init__(self) -> None:
        super().__init__(
            sentence=_("Look at the code on the wall again: five letters and numbers, such as 7K4 M2.")
        )


class RoomCodeExpired(RoomCodeRefused):
    """A room has shown this code, and shows another now; or its meeting is over."""

    title = gettext_lazy("This code has expired")

    def __init__(self, *, is_over: bool) -> None:
        sentence = _("The code on the wall changes every 30 seconds. Scan it again, or type the new one.")
        if is_over:
            sentence = _("It's from a meeting that is over. Scan the code on the wall, or type that one.")
        super().__init__(sentence=sentence)


class RoomCodeOfTwo(RoomCodeRefused):
    """Two rooms show the same code at this moment, so it leads to neither."""

    title = gettext_lazy("Wait for the next code")

    def __init__(self) -> None:
        super().__init__(
            sentence=_("Two rooms show this code at the moment. Type the next one, in half a minute.")
        )
