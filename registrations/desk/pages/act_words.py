"""The words of acts on people of a network: headings, what they promise, buttons, and what was done."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from registrations.desk.domain.acts_on_each import MEETING, NETWORK, REMOVE, REOPEN, SEAT, UNDO
from registrations.desk.domain.acts_on_many import GROUP, ISSUE
from registrations.desk.forms.people import Shown

TITLES: dict[str, Promise] = {
    GROUP: _("Move to a group"),
    ISSUE: _("Issue documents"),
    NETWORK: _("Move to another network"),
    SEAT: _("Give a seat"),
    MEETING: _("Excuse from a meeting"),
    REOPEN: _("Register again"),
    REMOVE: _("Remove from the network"),
    UNDO: _("Undo the last act"),
}
WEEK = _("You can undo this for 7 days.")
PROMISES: dict[str, list[Promise]] = {
    GROUP: [],
    ISSUE: [_("Each of them gets the documents below and one e-mail. Nobody gets anything twice.")],
    NETWORK: [
        _("Their seat here goes to the next person in line. The hours they earned here stay here."),
        _(
            "Somebody with a seat moves only if one is free there. People on the waitlist "
            "here go on the waitlist there if it's full."
        ),
        WEEK,
    ],
    SEAT: [_("You can do this out of turn, or when every seat is taken. We'll e-mail them.")],
    MEETING: [
        _("They keep their seat, and we'll e-mail them. They get no hours for the meeting."),
        WEEK,
    ],
    REOPEN: [
        _("They get a seat if one is free and nobody waits. Otherwise they go to the end of the waitlist."),
        WEEK,
    ],
    REMOVE: [
        _("We'll e-mail them with your reason. They keep the hours they earned."),
        _("Their seats go to the next people in line."),
        WEEK,
    ],
    UNDO: [_("Everything goes back to the way it was before. We'll e-mail them.")],
}


ICONS = {
    NETWORK: "arrow-left-right",
    SEAT: "person-check",
    MEETING: "calendar-x",
    REOPEN: "person-plus",
    REMOVE: "x-lg",
    UNDO: "clock-history",
}
MORE = {
    Shown.WAITING: (SEAT, NETWORK, REMOVE, UNDO),
    Shown.GONE: (REOPEN, UNDO),
    Shown.ALL: (NETWORK, MEETING, SEAT, REOPEN, REMOVE, UNDO),
}


def named(acts: Iterable[str]) -> list[tuple[str, Promise, str]]:
    """Return acts with their words and icons."""
    return [(act, TITLES[act], ICONS[act]) for act in acts]


def offered(shown: str) -> list[tuple[str, Promise, str]]:
    """Return which of the rarer acts make sense in one of the lists."""
    return named(MORE.get(Shown(shown), (NETWORK, MEETING, REMOVE, UNDO)))


def button(act: str, number: int) -> str:
    """Return the words of the button that does an act to so many people."""
    words = {
        GROUP: ngettext("Move %(n)s person", "Move %(n)s people", number),
        ISSUE: ngettext("Issue for %(n)s person", "Issue for %(n)s people", number),
        NETWORK: ngettext("Move %(n)s person", "Move %(n)s people", number),
        SEAT: ngettext("Give %(n)s seat", "Give %(n)s seats", number),
        MEETING: ngettext("Excuse %(n)s person", "Excuse %(n)s people", number),
        REOPEN: ngettext("Register %(n)s person again", "Register %(n)s people again", number),
        REMOVE: ngettext("Remove %(n)s person", "Remove %(n)s people", number),
        UNDO: ngettext("Undo it for %(n)s person", "Undo it for %(n)s people", number),
    }
    return words[act] % {"n": number}


def done(act: str, number: int) -> str:
    """Say to how many people an act was done."""
    words = {
        GROUP: ngettext("%(n)s person was moved.", "%(n)s people were moved.", number),
        ISSUE: ngettext(
            "%(n)s person has new documents. We're e-mailing them.",
            "%(n)s people have new documents. We're e-mailing them.",
            number,
        ),
        NETWORK: ngettext(
            "%(n)s person was moved. We're e-mailing them.",
            "%(n)s people were moved. We're e-mailing them.",
            number,
        ),
        SEAT: ngettext(
            "%(n)s person has a seat. We're e-mailing them.",
            "%(n)s people have a seat. We're e-mailing them.",
            number,
        ),
        MEETING: ngettext(
            "%(n)s person is excused. We're e-mailing them.",
            "%(n)s people are excused. We're e-mailing them.",
            number,
        ),
        REOPEN: ngettext(
            "%(n)s person is registered again. We're e-mailing them.",
            "%(n)s people are registered again. We're e-mailing them.",
            number,
        ),
        REMOVE: ngettext(
            "%(n)s person was removed. We're e-mailing them.",
            "%(n)s people were removed. We're e-mailing them.",
            number,
        ),
        UNDO: ngettext(
            "It was undone for %(n)s person. We're e-mailing them.",
            "It was undone for %(n)s people. We're e-mailing them.",
            number,
        ),
    }
    return words[act] % {"n": number}
