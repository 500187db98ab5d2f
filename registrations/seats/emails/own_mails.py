"""The mails about seats and meetings that a network or the partnership can word."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.planning.emails import NETWORK
from partners.people.emails import WORDS
from partners.people.emails.places import ORGANIZATION, TO_A_PERSON, TOLD
from stemnet.outbox.worded import Context, OwnMail, Place, add
from stemnet.wording import moment

SEATS, MEETINGS = _("Registering"), _("Meetings")


def _first_meeting(context: Context) -> object:
    meeting = next(iter(context.get("meetings") or []), None)
    return f"{meeting.title}, {moment(meeting.starts_at, meeting.zone)}" if meeting else _("not planned yet")


def _first_line(name: str, label: Promise) -> Place:
    """Return what the first meeting of several says of itself."""
    where = "title" if name == "meeting" else name
    return Place(name, label, lambda context: next(iter(context.get("lines") or [{}])).get(where, ""))


def _given_up(context: Context) -> object:
    return _("your seat") if context.get("was_seated", True) else _("your place on the waitlist")


FIRST_MEETING = Place("first_meeting", _("first meeting"), _first_meeting)
UNTIL = Place("until", _("until when"))
PLACE_IN_LINE = Place("place", _("place in line"))
MEETING = _first_line("meeting", _("meeting"))
WHEN = _first_line("when", _("when"))
LEADER = Place("leader", _("the leader"), lambda context: context["registration"].leader_name)
COLLEAGUE = Place("colleague", _("the colleague"))
GIVEN_UP = Place("given_up", _("what they gave up"), _given_up)

OF_RESERVATIONS = (
    (
        "seats_reserved",
        _("Seats are reserved for a partner"),
        _("Seats for %(organization)s: %(network)s"),
        _("4 seats in %(network)s are reserved for %(organization)s."),
    ),
    (
        "reservation_ends",
        _("Reserved seats without a name"),
        _("Reserved seats without a name: %(network)s"),
        _("2 seats in %(network)s reserved for %(organization)s have nobody on them."),
    ),
    (
        "seats_given_back",
        _("Reserved seats were given back"),
        _("Reserved seats were given back: %(network)s"),
        _("2 seats in %(network)s that were reserved for %(organization)s were given back."),
    ),
)


STAFF_ACTED = OwnMail(
    "staff_acted",
    _("Staff registered, moved, excused or corrected somebody"),
    SEATS,
    WORDS,
    (*TOLD, NETWORK),
    subject=_("You've been moved to %(network)s"),
    line=_("The staff moved you from STEM Leaders to %(network)s."),
)


ADDRESS_CORRECTED = OwnMail(
    "address_corrected",
    _("Staff corrected an e-mail address"),
    SEATS,
    WORDS,
    (*TOLD, NETWORK),
    subject=_("Your e-mail address was corrected: %(network)s"),
    line=_("The staff of STEM Leaders corrected your e-mail address."),
)

GUEST_JOINED = OwnMail(
    "guest_joined",
    _("To staff: a guest is coming to a meeting"),
    SEATS,
    WORDS,
    (*TOLD, NETWORK),
    subject=_("A guest is coming: %(occasion)s, %(network)s"),
    line=_("%(who)s is coming to “%(occasion)s” of %(network)s as a guest."),
    of_network=True,
)

OF_PARTIES = (
    (
        "party_asked",
        _("Seats are kept for a team"),
        _("Seats kept until %(until)s: %(network)s"),
        _("4 seats in %(network)s are kept for the people you registered, until %(until)s."),
    ),
    (
        "party_waits",
        _("A team is on the waitlist together"),
        _("On the waitlist together: %(network)s"),
        _("Too few seats are free in %(network)s for the 4 people you registered."),
    ),
    (
        "party_lapsed",
        _("Seats that people of a team didn't take"),
        _("Seats that nobody took: %(network)s"),
        _("2 people whom you registered for %(network)s didn't answer in time."),
    ),
)


def can_be_worded(kind: str, label: Promise, *places: Place, about: Promise) -> None:
    """Let a network or the partnership word the mail of this name."""
    template = f"mail/registrations/{kind}"
    add(OwnMail(kind, label, about, template, (*TO_A_PERSON, NETWORK, *places), of_network=True))


def add_mails() -> None:
    """Name them."""
    can_be_worded("registered", _("Confirmation of a seat"), FIRST_MEETING, about=SEATS)
    can_be_worded("waiting", _("On the waitlist"), PLACE_IN_LINE, about=SEATS)
    can_be_worded("seat_offered", _("Offer of a seat"), UNTIL, about=SEATS)
    can_be_worded("offer_reminder", _("Reminder of an offered seat"), UNTIL, about=SEATS)
    can_be_worded("offer_expired", _("An offer of a seat has ended"), about=SEATS)
    can_be_worded("seat_given", _("A seat from the waitlist"), FIRST_MEETING, about=SEATS)
    for kind, label, subject, line in OF_RESERVATIONS:
        add(OwnMail(kind, label, SEATS, WORDS, (*TOLD, ORGANIZATION), subject=subject, line=line))
    for kind, label, subject, line in OF_PARTIES:
        add(OwnMail(kind, label, SEATS, WORDS, TOLD, subject=subject, line=line))
    can_be_worded("designee", _("To the leader, who confirms a designee"), LEADER, UNTIL, about=SEATS)
    can_be_worded("seat_held", _("A seat is held until the leader confirms"), LEADER, about=SEATS)
    can_be_worded("designee_ended", _("A leader didn't confirm a designee"), LEADER, about=SEATS)
    can_be_worded("withdrawn", _("Somebody left"), GIVEN_UP, about=SEATS)
    can_be_worded("seat_passed_on", _("To the colleague who is given a seat"), COLLEAGUE, UNTIL, about=SEATS)
    can_be_worded("seat_answered", _("A colleague answered about a seat"), COLLEAGUE, about=SEATS)
    can_be_worded("substitute_asked", _("To the colleague asked to come"), COLLEAGUE, UNTIL, about=SEATS)
    can_be_worded("substitute_answered", _("A colleague answered about a meeting"), COLLEAGUE, about=SEATS)
    can_be_worded("guest_coming", _("To a guest or substitute who is coming"), FIRST_MEETING, about=SEATS)
    can_be_worded(
        "guest_ended", _("To a guest or substitute who doesn't need to come"), FIRST_MEETING, about=SEATS
    )
    can_be_worded("place_free", _("A place in the room or online is free"), FIRST_MEETING, about=SEATS)
    can_be_worded("removed", _("Staff removed somebody"), about=SEATS)
    add(GUEST_JOINED)
    add(STAFF_ACTED)
    add(ADDRESS_CORRECTED)
    can_be_worded("reminder", _("Reminder of a meeting"), MEETING, WHEN, about=MEETINGS)
    can_be_worded("meetings_changed", _("A meeting moved or was cancelled"), MEETING, about=MEETINGS)
    can_be_worded("network_cancelled", _("The network was cancelled"), about=MEETINGS)
