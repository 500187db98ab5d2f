"""Mail about what staff did to a registration, and that it was undone: one a person and act."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.people.emails import WORDS, to_person
from registrations.models import Registration, StaffAct
from registrations.seats.emails import why
from registrations.seats.emails.calendar_files import invitation, withdrawal
from stemnet import wording
from stemnet.outbox.queueing import Attachment
from stemnet.telling import afterwards

Kind = StaffAct.Kind


@afterwards
def staff_acted(act: StaffAct, *, at: datetime, questions: int = 0) -> None:
    """Tell somebody what staff did, why, and what they can do; ``questions`` wait for their answer."""
    one = act.registration

    def said() -> dict[str, Any]:
        words = {Kind.EXCUSED: _excused, Kind.CORRECTED: _corrected}.get(Kind(act.kind), _registered)(act)
        if questions:
            words["lines"].append(
                ngettext(
                    "This network asks you %(n)s question of its own.",
                    "This network asks you %(n)s questions of its own.",
                    questions,
                )
                % {"n": questions}
            )
            words["action"], words["url"] = _("Answer"), _page("my_answers", one.network.slug)
        common = _common(act)
        words["lines"] += common.pop("contact")
        quote = "" if act.kind == Kind.CORRECTED else act.reason
        return {**words, **common, "quote": quote, "after": [_("Their reason:")] if quote else []}

    files = [*_gone(act), *(invitation(one) if _is_new_seat(act) else [])]
    _send(act, said, key="done", files=files, at=at)


@afterwards
def staff_act_undone(act: StaffAct, *, at: datetime) -> None:
    """Tell somebody that what staff did was undone, and where they stand now."""

    def said() -> dict[str, Any]:
        stands = [one for one in (act.came_from, act.registration) if one is not None]
        lines = [
            _("The staff undid %(what)s.") % {"what": _named(act)},
            *(_stand(one) for one in stands),
        ]
        words = _("Undone: %(network)s") % {"network": act.registration.network}
        common = _common(act)
        return {"subject": words, "lines": lines + common.pop("contact"), **common, **_learning()}

    ended = [] if act.registration.is_live or act.kind not in (Kind.ADDED, Kind.MOVED, Kind.REOPENED) else [1]
    files = withdrawal(act.registration) if ended and act.registration.seated_at else []
    back = act.came_from or act.registration
    if act.kind in (Kind.MOVED, Kind.REMOVED) and back.is_seated:
        files = [*files, *invitation(back)]
    _send(act, said, key="undone", files=files, at=at)


def _registered(act: StaffAct) -> dict[str, Any]:
    """Return the words about a registration that staff made, moved or reopened."""
    one, network = act.registration, act.registration.network
    subjects = {
        Kind.ADDED: _("You're registered: %(network)s"),
        Kind.MOVED: _("You've been moved to %(network)s"),
        Kind.REOPENED: _("You're registered again: %(network)s"),
    }
    subject = subjects[Kind(act.kind)] if one.is_seated else _("You're on the waitlist: %(network)s")
    opening = {
        Kind.ADDED: _("The staff of %(network)s registered you."),
        Kind.MOVED: _("The staff moved you from %(old)s to %(network)s."),
        Kind.REOPENED: _("The staff of %(network)s registered you again."),
    }[Kind(act.kind)]
    values = {"network": network, "old": act.came_from.network if act.came_from else ""}
    lines = [opening % values, _stand(one)]
    if act.came_from is not None:
        lines.append(_("You keep the hours you earned in %(old)s.") % values)
    if one.is_seated:
        lines.append(_("Open the attached calendar file to add the dates to your calendar."))
    finishes = act.kind in (Kind.ADDED, Kind.MOVED)
    page = _page("complete_registration" if finishes else "learning_network", network.slug)
    if finishes:
        lines.append(_("A few questions still need your answer. If you can't come, let us know there, too."))
    label = _("Finish your registration") if finishes else _("Open My learning")
    return {"subject": subject % values, "lines": lines, "action": label, "url": page}


def _excused(act: StaffAct) -> dict[str, Any]:
    meeting = act.meeting
    if meeting is None:
        raise AssertionError(act)
    words = {"title": meeting.title, "when": wording.moment(meeting.starts_at, meeting.zone)}
    return {
        "subject": _("You're excused: %(title)s") % words,
        "lines": [
            _("The staff excused you from %(title)s, %(when)s.") % words,
            _("You keep your seat. You get no hours for this meeting."),
        ],
        **_learning(),
    }


def _corrected(act: StaffAct) -> dict[str, Any]:
    network = act.registration.network
    return {
        "subject": _("We corrected your data: %(network)s") % {"network": network},
        "lines": [
            _("The staff of %(network)s corrected what we have about you:") % {"network": network},
            capfirst(act.reason),
            _("Documents that you already have stay as they were issued."),
        ],
        "action": _("Look at your data"),
        "url": _page("own_data"),
    }


def _stand(one: Registration) -> str:
    """Say where somebody stands in a network."""
    words = {"network": one.network}
    if one.is_seated:
        return _("You have a seat in %(network)s.") % words
    if one.status == Registration.Status.HELD:
        return _("A seat in %(network)s is held for you until your leader confirms.") % words
    if one.is_live:
        return _("You're on the waitlist for %(network)s. We'll e-mail you when a seat opens up.") % words
    return _("You're not registered for %(network)s now.") % words


def _named(act: StaffAct) -> str:
    """Say what was undone, in the middle of a sentence."""
    values = {"network": act.registration.network, "old": act.came_from.network if act.came_from else ""}
    return {
        Kind.ADDED: _("your registration for %(network)s"),
        Kind.MOVED: _("your move from %(old)s to %(network)s"),
        Kind.REOPENED: _("your new registration for %(network)s"),
        Kind.REMOVED: _("your removal from %(network)s"),
        Kind.CORRECTED: _("a correction of your data in %(network)s"),
        Kind.EXCUSED: _("your excused absence from a meeting of %(network)s"),
    }[Kind(act.kind)] % values


def _is_new_seat(act: StaffAct) -> bool:
    return act.registration.is_seated and act.kind in (Kind.ADDED, Kind.MOVED, Kind.REOPENED)


def _gone(act: StaffAct) -> list[Attachment]:
    """Return the files that take the meetings of the old network out of a calendar."""
    old = act.came_from
    return withdrawal(old) if old is not None and old.seated_at is not None else []


def _common(act: StaffAct) -> dict[str, Any]:
    network = act.registration.network
    contact = _("If you think this is a mistake, write to %(address)s.") % {"address": network.contact_email}
    return {
        "network": network,
        "contact": [contact] if network.contact_email else [],
        "why": why.had_registered(network) if act.kind != Kind.ADDED else why.added_by_staff(network),
    }


def _learning() -> dict[str, Any]:
    return {"action": _("Open My learning"), "url": _page("learning")}


def _page(name: str, *args: object) -> str:
    return reverse(name, args=args)


def _send(act: StaffAct, said: Any, *, key: str, files: list[Attachment], at: datetime) -> None:
    """Queue the mail of one act; once."""
    to_person(
        act.registration.person,
        WORDS,
        said,
        key=f"staff_acted:{act.uid}:{key}",
        about=f"registration:{act.registration.uid}",
        attachments=files,
        at=at,
    )
