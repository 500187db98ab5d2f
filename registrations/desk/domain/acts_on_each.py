"""Acts of staff that are done to each person by itself: what will happen to whom, and doing it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from partners.models import Person
from registrations.models import Registration, StaffAct
from registrations.models.seats.registration import RegistrationQuerySet
from registrations.seats.domain import excusing, moving, reopening, staffing, undoing, withdrawing
from registrations.seats.exceptions import RegistrationRefused, RegistrationsRefused
from stemnet import wording

NETWORK, REOPEN, REMOVE, SEAT, MEETING, UNDO = "network", "reopen", "remove", "seat", "meeting", "undo"
EACH = (NETWORK, REOPEN, REMOVE, SEAT, MEETING, UNDO)
CHANGED = gettext_lazy("It changed since you chose it.")
Seen = Mapping[str, str]  # what each row was when it was shown, by its uid
Typed = Mapping[str, Any]
Status = Registration.Status
ONLY: dict[str, Sequence[str]] = {
    NETWORK: Registration.LIVE,
    REMOVE: Registration.LIVE,
    SEAT: (Status.WAITING, Status.OFFERED, Status.HELD),
    MEETING: (Status.SEATED,),
    REOPEN: (Status.WITHDRAWN, Status.REMOVED, Status.MOVED),
}


@dataclass(frozen=True)
class Line:
    """What will happen to one person, or why they are skipped; ``seen`` changes when their row does."""

    registration: Registration
    now: str
    skipped: str
    seen: str


def plan_each(act: str, people: RegistrationQuerySet, *, by: Person, at: datetime) -> list[Line]:
    """Return what an act of ``by`` will do to each of ``people``, or why not.

    The statements don't grow with them.
    """
    rows = list(people.select_related("person", "network"))
    if act == UNDO:
        return _plan_undo(rows, by=by, at=at)
    live = _live_again(rows) if act == REOPEN else set()
    return [_line(act, one, is_back=one.person_id in live) for one in rows]


def _live_again(rows: Sequence[Registration]) -> set[int]:
    """Return which people of ``rows``, by key, are registered in their network by another row."""
    if not rows:
        return set()
    live = rows[0].network.registrations.live().filter(person__in=[one.person_id for one in rows])
    return set(live.values_list("person", flat=True))


def _line(act: str, one: Registration, *, is_back: bool) -> Line:
    stands = str(Status(one.status).label)
    skipped = "" if one.status in ONLY[act] else _("Status is “%(status)s”") % {"status": stands}
    if not skipped and is_back:
        skipped = _("is registered here already")
    return Line(one, stands, skipped, one.status)


def _plan_undo(rows: Sequence[Registration], *, by: Person, at: datetime) -> list[Line]:
    acts = StaffAct.objects.within(at).filter(registration__in=rows).order_by("at", "pk")
    last = {act.registration_id: act for act in acts.select_related("came_from__network", "meeting")}
    staffed = set(Network.objects.staffed_by(by).values_list("pk", flat=True))
    return [_undo_line(one, last.get(one.pk), staffed) for one in rows]


def _undo_line(one: Registration, act: StaffAct | None, staffed: Collection[int]) -> Line:
    if act is None:
        return Line(one, "", _("nothing was done in the last 7 days that can be undone"), "")
    return Line(one, words_of(act, one.network), _why_not_undone(act, one, staffed), str(act.uid))


def _why_not_undone(act: StaffAct, one: Registration, staffed: Collection[int]) -> str:
    """Return why somebody who works for the networks ``staffed`` can't undo an act, or nothing.

    Of somebody who left since, only what ended their registration and what was corrected is undone.
    """
    if not one.is_live and act.kind not in (StaffAct.Kind.REMOVED, StaffAct.Kind.CORRECTED):
        return _("Status is “%(status)s”") % {"status": Status(one.status).label}
    came_from = act.came_from
    if came_from is None or came_from.network_id in staffed:
        return ""
    words = _("was moved here from %(network)s, which you don't work for")
    return words % {"network": came_from.network}


def words_of(act: StaffAct, network: Network) -> str:
    """Say what staff did, when, and by whom."""
    when = wording.moment(act.at, network.zone)
    return _("%(what)s, %(when)s, %(who)s") % {"what": what_of(act), "when": when, "who": act.by_name}


def what_of(act: StaffAct) -> str:
    """Say what staff did."""
    if act.came_from is not None:
        return _("Moved from %(network)s") % {"network": act.came_from.network}
    if act.meeting is not None:
        return _("Excused from %(meeting)s") % {"meeting": act.meeting.title}
    return str(act.get_kind_display())


def do_each(
    act: str, people: RegistrationQuerySet, seen: Seen, typed: Typed, *, by: Person, at: datetime
) -> Iterator[str]:
    """Do an act to each of ``people``; give a sentence for each to whom it was not done, and why."""
    for line in plan_each(act, people, by=by, at=at):
        one = line.registration
        why = line.skipped or ("" if line.seen == seen[str(one.uid)] else str(CHANGED))
        if why:
            yield f"{one.person}: {why}"
            continue
        try:
            DOING[act](one, typed, by=by, at=at)
        except RegistrationsRefused as refusal:
            yield f"{one.person}: {refusal}"


def _network(one: Registration, typed: Typed, *, by: Person, at: datetime) -> None:
    network = Network.objects.staffed_by(by).filter(slug=typed["network"]).first()
    if network is None:
        raise RegistrationRefused(sentence=_("You don't work for that network."))
    moving.move_to_network(one, network, by=by, at=at, reason=typed["reason"], over=typed["over"])


def _reopen(one: Registration, typed: Typed, *, by: Person, at: datetime) -> None:
    reopening.reopen(one, by=by, at=at, reason=typed["reason"], over=typed["over"])


def _remove(one: Registration, typed: Typed, *, by: Person, at: datetime) -> None:
    withdrawing.remove_from_network(one, by=by, at=at, reason=typed["reason"])


def _seat(one: Registration, typed: Typed, *, by: Person, at: datetime) -> None:
    staffing.give_seat(registration=one, by=by, at=at, reason=typed["reason"])


def _meeting(one: Registration, typed: Typed, *, by: Person, at: datetime) -> None:
    meeting = one.network.meetings.get(uid=typed["meeting"])
    excusing.excuse(one, meeting, by=by, at=at, reason=typed["reason"])


def _undo(one: Registration, _typed: Typed, *, by: Person, at: datetime) -> None:
    act = undoing.last_of(one, at=at)
    if act is None:
        raise RegistrationRefused(sentence=str(CHANGED))
    undoing.undo(act, by=by, at=at)


DOING: dict[str, Callable[..., None]] = {
    NETWORK: _network,
    REOPEN: _reopen,
    REMOVE: _remove,
    SEAT: _seat,
    MEETING: _meeting,
    UNDO: _undo,
}


def is_possible(
    act: str, registration: Registration, acts: Iterable[StaffAct], *, staffed: Collection[int], at: datetime
) -> bool:
    """Return whether an act is offered on the page of one person, of whom staff did ``acts``, the last first.

    ``staffed`` are the keys of the networks that the reader works for.
    """
    if act != UNDO:
        return registration.status in ONLY[act]
    here = (one for one in acts if one.registration_id == registration.pk)
    last = next((one for one in here if one.undone_at is None and at < one.undo_until), None)
    return last is not None and not _why_not_undone(last, registration, staffed)
