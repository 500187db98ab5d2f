"""Scans at the door, taken many at once: each is kept once, and what the kiosk saw follows from all of them.

However many there are, the database is asked the same number of times (docs/rules.md 6.10). What counts for
those who just came follows within a minute, as after checking in on a phone; for everyone else at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias, TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django_stubs_ext import WithAnnotations

from meetings.models import Meeting
from partners.models import Outsider, acted
from registrations.attendance.domain.attendance import is_early, recount
from registrations.attendance.domain.door_times import spans_of_scans
from registrations.credit.domain.intervals import Interval, as_pairs, gaps
from registrations.models import DoorScan, Evidence, Kiosk, Registration, Seen, Source
from registrations.seats.domain import seats

HEARD_EACH = timedelta(seconds=30)
Refusal, Way = DoorScan.Refusal, DoorScan.Way


@dataclass(frozen=True)
class Scanned:
    """What a kiosk sends of one scan: a code, or the uid of a registration whose name was pressed."""

    key: UUID
    way: str
    at: datetime
    code: str = ""
    row: UUID | None = None


class AtDoor(TypedDict):
    """Whether somebody comes to the meeting without a seat, and whether a substitute comes for them."""

    is_guest: bool
    has_sent: bool


Holder: TypeAlias = "WithAnnotations[Registration, AtDoor]"


@transaction.atomic
def take_scans(kiosk: Kiosk, scanned: Sequence[Scanned], *, at: datetime) -> list[DoorScan]:
    """Keep what ``kiosk`` scanned, each once, and write what follows; return the rows in their order.

    What is refused is kept, too, and counts for nothing. One that comes again is answered as it was.
    """
    kiosk = locked_kiosk(kiosk)
    meeting = kiosk.meeting
    if kiosk.heard_at is None or at - kiosk.heard_at > HEARD_EACH:
        Kiosk.objects.filter(pk=kiosk.pk).update(heard_at=at)
    known = rows_of(scanned)
    new = {one.key: one for one in scanned if one.key not in known}
    if new:
        holders = holders_of(new.values(), meeting)
        rows = [scan_of(one, kiosk, holders, at=at) for one in new.values()]
        known |= {row.key: row for row in DoorScan.objects.bulk_create(rows)}
        counted = {row.registration_id for row in rows if row.registration_id and not row.refusal}
        write_marks(meeting, counted, by=Outsider(str(kiosk)), at=at)
    return [known[one.key] for one in scanned]


def locked_kiosk(kiosk: Kiosk) -> Kiosk:
    """Lock the network of the kiosk's meeting, and return both as they are now."""
    network = seats.lock_network_of(kiosk.meeting.uid)
    fresh = Kiosk.objects.select_related("meeting__working_group").get(pk=kiosk.pk)
    fresh.meeting.network = network
    return fresh


def rows_of(scanned: Sequence[Scanned]) -> dict[UUID, DoorScan]:
    """Return what is kept of these scans, by key, with whom each is about."""
    rows = DoorScan.objects.filter(key__in=[one.key for one in scanned])
    about = ("registration__person", "registration__position__organization", "kiosk")
    return {row.key: row for row in rows.select_related(*about)}


def holders_of(scanned: Iterable[Scanned], meeting: Meeting) -> dict[object, Holder]:
    """Return by code and uid whom the scans are about.

    Who left this network and came back is known by the code of either time, and who was listed twice by
    the code of either record.
    """
    codes = {one.code for one in scanned if one.code}
    uids = {one.row for one in scanned if one.row}
    guests = meeting.guests.standing().filter(registration=OuterRef("pk"))
    sent = meeting.substitutes.coming().filter(registration=OuterRef("pk"))
    about = Registration.objects.annotate(is_guest=Exists(guests), has_sent=Exists(sent))
    people = about.select_related("person", "position__organization")
    found = list(people.filter(Q(door_code__in=codes) | Q(uid__in=uids)))
    gone = {person_of(one) for one in found if not one.is_seated}
    again = people.filter(status=Registration.Status.SEATED, network=meeting.network_id, person__in=gone)
    seated = {one.person_id: one for one in again} if gone else {}
    holders: dict[object, Holder] = {}
    for one in found:
        now = seated.get(person_of(one), one) if one.network_id == meeting.network_id else one
        holders[one.door_code] = holders[one.uid] = now
    return holders


def person_of(registration: Registration) -> int:
    """Return the key of who somebody is now, after a merge, too."""
    return registration.person.merged_into_id or registration.person_id


def scan_of(one: Scanned, kiosk: Kiosk, holders: dict[object, Holder], *, at: datetime) -> DoorScan:
    """Return the row of one scan, with why it counts for nothing where it does not."""
    holder = holders.get(one.row or one.code)
    moment = max(one.at, kiosk.opened_at)
    return DoorScan(
        key=one.key,
        kiosk=kiosk,
        registration=holder,
        way=one.way,
        by_hand=one.row is not None,
        at=moment,
        received_at=at,
        refusal=refusal_of(holder, kiosk, comes_in=one.way == Way.IN, at=moment),
    )


def refusal_of(holder: "Holder | None", kiosk: Kiosk, *, comes_in: bool, at: datetime) -> str:
    """Return why a scan of that moment counts for nothing, or "".

    Whoever sent a substitute is asked to the desk: the substitute may have their code on the phone.
    """
    meeting = kiosk.meeting
    refusals = [
        (Refusal.CANCELLED, meeting.is_cancelled),
        (Refusal.UNKNOWN, holder is None),
        (Refusal.OTHER_NETWORK, holder is not None and holder.network_id != meeting.network_id),
        (Refusal.NO_SEAT, holder is not None and not (holder.is_seated or holder.is_guest)),
        (Refusal.SENT, holder is not None and holder.has_sent),
        (Refusal.EARLY, is_early(meeting, at=at)),
        (Refusal.CLOSED, at > kiosk.scans_until),
        (Refusal.LATE, comes_in and at >= meeting.ends_at),
    ]
    return next((str(refusal) for refusal, applies in refusals if applies), "")


def write_marks(meeting: Meeting, keys: Collection[int], *, by: Outsider, at: datetime) -> None:
    """Let the marks of the kiosk at ``meeting`` follow the scans of these registrations."""
    scans: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    counting = DoorScan.objects.filter(kiosk__meeting=meeting, registration__in=keys, refusal="")
    for key, moment, way in counting.values_list("registration", "at", "way"):
        scans[key].append((moment, way == Way.IN))
    standing = {
        mark.registration_id: mark
        for mark in Evidence.objects.standing().filter(
            meeting=meeting, registration__in=keys, source=Source.KIOSK
        )
    }
    old, new = [], []
    for key in sorted(keys):
        spans = spans_of_scans(scans[key], start=meeting.starts_at, end=meeting.ends_at)
        what, mark = times_of(spans), standing.get(key)
        if mark is not None and what and what == {name: getattr(mark, name) for name in what}:
            continue
        if mark is not None:
            old.append(mark)
        if what:
            new.append(mark_of(meeting, key, what, scans[key], by=by, is_first=mark is None))
    replace_many(old, new, by=by, at=at)
    if old:
        recount(meeting, [mark.registration_id for mark in old], at=at)


def times_of(spans: list[Interval]) -> dict[str, Any]:
    """Return the times of a mark that says ``spans``; nothing where there are none."""
    if not spans:
        return {}
    return {"arrived_at": spans[0].start, "left_at": spans[-1].end, "away": as_pairs(gaps(spans))}


def mark_of(
    meeting: Meeting,
    key: int,
    what: dict[str, Any],
    scans: list[tuple[datetime, bool]],
    *,
    by: Outsider,
    is_first: bool,
) -> Evidence:
    """Return the mark of one person, of the moment of their last scan."""
    made_at = max(moment for moment, _in in scans)
    common = {"meeting": meeting, "registration_id": key, "source": Source.KIOSK, "seen": Seen.PRESENT}
    return Evidence(**common, **what, at=made_at, uncounted=is_first, **acted(by))


def replace_many(old: list[Evidence], new: list[Evidence], *, by: Outsider, at: datetime) -> None:
    """Write ``new``, and say of each of ``old`` by which it was replaced, or that nothing is left of it."""
    if old:
        Evidence.objects.filter(pk__in=[mark.pk for mark in old]).update(replaced_at=at)
    made = {mark.registration_id: mark for mark in Evidence.objects.bulk_create(new)}
    for mark in old:
        mark.replaced_by = made.get(mark.registration_id)
        if mark.replaced_by is None:
            mark.taken_back_by, mark.taken_back_reason = str(by), _("left before the meeting began")
    Evidence.objects.bulk_update(old, ["replaced_by", "taken_back_by", "taken_back_reason"])
