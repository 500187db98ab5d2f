"""Every "no" of registering, and the root of those of this app, children of `stemnet.exceptions.Refused`.

RegistrationsRefused
├── RegistrationRefused      somebody who can't be registered
│   ├── RegistrationClosed   the network is not published, cancelled, or takes nobody any more
│   │   └── NotOpenYet       registration opens later
│   ├── Full                 no seat is free, and there is no room on a waitlist
│   │   └── LimitReached     an organization or a sector has its seats, and there is no room on a waitlist
│   ├── HolderHasAnotherName somebody of another name has the address that staff typed
│   └── AlreadyRegistered    this person is registered
├── QuestionRefused          a question of a network's own that can't be set up or asked so
│   ├── AnswersChanged       another page of the same person wrote something else meanwhile
│   ├── QuestionAnswered     what people relied on when they answered stays as it was
│   ├── QuestionChanged      somebody else changed the question meanwhile
│   └── QuestionGone         the question was deleted
├── PartyRefused             people can't be registered together, or not by this person
├── SeatInvitationOver       an invitation to a seat was answered, taken back, or has run out
├── ReservationRefused       seats that can't be reserved, or a name that can't be put on one
├── WayRefused               no place is left in the room or online, or it is too late to choose
│   └── PlacesRefused        fewer places than people chose
├── OfferRefused             the offer of a seat can't be answered
│   ├── OfferAnswered        it was accepted or declined before, perhaps in another tab
│   └── OfferOver            its deadline has passed, or it was taken back
├── ReplacementRefused       a seat can't be given to this colleague
│   └── ReplacementOver      it was answered, taken back, or has expired; or the network is over
├── DesignationOver          a leader can't answer anymore whether somebody comes for them
├── GuestRefused             somebody without a seat can't come to this meeting
├── SubstituteRefused        this colleague can't come to a meeting for somebody
│   └── SubstituteOver       it was answered or taken back; or the meeting has begun
└── WithdrawingRefused       there is nothing to leave, or it is too late

CodeRefused
├── CodeUsed                 the code has made its registration
├── CodeOfAnotherForm        the code belongs to what another browser sent for the same address
└── HoldExpired              the form that the code belongs to is too old
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting
from partners.models import Person
from registrations.models import ChosenWay
from stemnet import wording
from stemnet.exceptions import CodeRefused, Refused


class RegistrationsRefused(Refused):
    """A rule about registrations, attendance and documents said no."""


class RegistrationRefused(RegistrationsRefused):
    """This person can't be registered; ``code`` tells a page which "no" it is."""

    code: ClassVar[str] = "refused"


class RegistrationClosed(RegistrationRefused):
    """Registration is not open: the network is not published, cancelled, or takes nobody any more."""

    code = "closed"


class NotOpenYet(RegistrationClosed):
    """Registration opens later."""

    code = "soon"

    def __init__(self, words: str) -> None:
        super().__init__(sentence=words)


class Full(RegistrationRefused):
    """No seat is free, and nobody can wait for one: there is no waitlist, or it is full."""

    code = "full"

    def __init__(self, *, has_waitlist: bool) -> None:
        if has_waitlist:
            sentence = _("Every seat in this network is taken, and the waitlist is full.")
        else:
            sentence = _("Every seat in this network is taken.")
        super().__init__(sentence=sentence)


class LimitReached(Full):
    """Their organization, or their sector, has the seats it can have, and they can't wait for one."""

    def __init__(self, reason: str, *, has_waitlist: bool) -> None:
        full = (
            _("%(reason)s The waitlist is full.") if has_waitlist else _("%(reason)s There is no waitlist.")
        )
        RegistrationRefused.__init__(self, sentence=full % {"reason": reason})


class AlreadyRegistered(RegistrationRefused):
    """This person has a live registration in this network."""

    code = "registered"

    def __init__(self) -> None:
        super().__init__(sentence=_("You're already registered for this network."))


class CodeUsed(CodeRefused):
    """The code has made its registration."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This code has been used, and the registration is complete."))


class CodeOfAnotherForm(CodeRefused):
    """The code was sent for what another browser sent; only who reads the mail of the address knows it."""

    def __init__(self) -> None:
        sentence = _(
            "That code belongs to another form that was sent with this address, perhaps from another device. "
            "Ask for a new code here and type that one."
        )
        super().__init__(sentence=sentence)


class HoldExpired(CodeRefused):
    """The form that the code belongs to was sent too long ago."""

    def __init__(self) -> None:
        sentence = _("This code has expired. Go back to the form and send it again.")
        super().__init__(sentence=sentence)


class SeatInvitationOver(RegistrationsRefused):
    """An invitation to a seat was answered, taken back, or has run out."""


class PartyRefused(RegistrationsRefused):
    """People can't be registered together: too many, asked by somebody else, or their seat is gone."""


class ReservationRefused(RegistrationsRefused):
    """Seats can't be reserved, or nobody can be named for one."""


class WayRefused(RegistrationsRefused):
    """Somebody can't come to a meeting in the room, or online."""

    @classmethod
    def full(cls, way: str, *, left: int | None) -> "WayRefused":
        """Return the "no" of a way that is full, with how many places are left the other way."""
        if way == ChosenWay.Way.ROOM:
            full, other = _("The room is full."), _("You can come online.")
            some = ngettext("%(n)s place online is left.", "%(n)s places online are left.", left or 0)
        else:
            full, other = _("Every place online is taken."), _("You can come to the room.")
            some = ngettext(
                "%(n)s place in the room is left.", "%(n)s places in the room are left.", left or 0
            )
        if left == 0:
            other = _("No place is left the other way either. Staff can tell you more.")
        elif left is not None:
            other = some % {"n": left}
        return cls(sentence=f"{full} {other}")


class PlacesRefused(WayRefused):
    """A meeting can't have so few places, or has none to choose."""

    @classmethod
    def below(cls, meeting: Meeting, way: str, chosen: int) -> "PlacesRefused":
        """Return the "no" of fewer places than people chose."""
        if way == ChosenWay.Way.ROOM:
            words = ngettext(
                "%(n)s person is coming to the room on %(day)s, so it can't have fewer places.",
                "%(n)s people are coming to the room on %(day)s, so it can't have fewer places.",
                chosen,
            )
        else:
            words = ngettext(
                "%(n)s person is coming online on %(day)s, so there can't be fewer places.",
                "%(n)s people are coming online on %(day)s, so there can't be fewer places.",
                chosen,
            )
        return cls(sentence=words % {"n": chosen, "day": wording.day(meeting.on)})


class HolderHasAnotherName(RegistrationRefused):
    """Somebody of another name has the address that staff typed; they know whom they mean."""

    def __init__(self, holder: Person) -> None:
        self.holder = holder
        words = _(
            "This is the e-mail address of %(person)s. Do you mean them? If not, type the address of the "
            "person you mean."
        )
        super().__init__(sentence=words % {"person": holder})


class QuestionRefused(RegistrationsRefused):
    """A question can't be set up, answered or asked so."""


class AnswersChanged(QuestionRefused):
    """Another page of the same person wrote something else while this one was open; ``clashes`` say what."""

    def __init__(self, clashes: Sequence[Any]) -> None:
        self.clashes = clashes
        sentence = _(
            "You answered in another window while this one was open. Look at both answers below. "
            "Save again to keep what's typed here."
        )
        super().__init__(sentence=sentence)


class QuestionAnswered(QuestionRefused):
    """People answered, so that what they relied on stays: who reads it, how long, what an answer is."""


class QuestionChanged(QuestionRefused):
    """Somebody else changed the question while the page was open."""

    def __init__(self, who: str) -> None:
        sentence = _(
            "%(who)s changed this question while you had it open. "
            "Save again to replace that with what's typed here."
        )
        super().__init__(sentence=sentence % {"who": who or _("Somebody")})


class QuestionGone(QuestionRefused):
    """The question was deleted while the page was open."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This question was deleted while you had it open."))


class ReplacementRefused(RegistrationsRefused):
    """A seat can't be given to this colleague."""


class ReplacementOver(ReplacementRefused):
    """It was answered, taken back, or has expired; or no seat of the network can change hands now."""


class DesignationOver(RegistrationsRefused):
    """A leader has answered whether somebody comes for them, or can't anymore."""


class GuestRefused(RegistrationsRefused):
    """Somebody without a seat can't come to this meeting."""


class SubstituteRefused(RegistrationsRefused):
    """This colleague can't come to a meeting for somebody."""


class SubstituteOver(SubstituteRefused):
    """It was answered or taken back; or the meeting has begun or was cancelled."""


class WithdrawingRefused(RegistrationsRefused):
    """There is nothing to leave, or it is too late."""


class OfferRefused(RegistrationsRefused):
    """The offer of a seat can't be answered."""


class OfferAnswered(OfferRefused):
    """The offer was accepted or declined before, perhaps in another tab."""


class OfferOver(OfferRefused):
    """The deadline of the offer has passed, or it was taken back."""
