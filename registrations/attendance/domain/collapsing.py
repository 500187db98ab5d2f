"""Two registrations of one person in one network become one: the strongest, with what both brought.

Marks are kept: where both were marked by hand at one meeting, what was seen by either stands as one mark,
and the others are kept as replaced. Hours are then worked out anew from all that was seen.
"""

from django.db.models import Model
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.merging.domain.merge_rules import Merging, apply_rules, give_rows, locked_rows
from partners.models import acted
from registrations.credit.domain import deriving
from registrations.credit.domain.intervals import as_pairs, gaps, union
from registrations.credit.domain.rules import rule_of
from registrations.models import (
    BY_DEVICE,
    BY_HAND,
    CreditRule,
    Evidence,
    Offer,
    Registration,
    RegistrationChange,
    Seen,
)
from registrations.seats.domain import waitlist

STRENGTH = [
    Registration.Status.SEATED,
    Registration.Status.HELD,
    Registration.Status.OFFERED,
    Registration.Status.WAITING,
    Registration.Status.GUEST,
    Registration.Status.TRANSFERRED,
    Registration.Status.MOVED,
    Registration.Status.WITHDRAWN,
    Registration.Status.REMOVED,
]


def strength(registration: Registration) -> tuple[int, float, int]:
    """Return what sorts the strongest first: the seat, then who asked first."""
    rank = STRENGTH.index(Registration.Status(registration.status))
    return rank, registration.requested_at.timestamp(), registration.pk


def collapse(merging: Merging, model: type[Model], field: str) -> None:
    """Move registrations of the person who goes; in a network of both, only the strongest stays live."""
    theirs = Registration.objects.filter(person__in=[merging.kept, merging.gone])
    networks = Network.objects.filter(pk__in=theirs.values("network"))
    list(networks.select_for_update().order_by("pk"))
    kept, gone = (_by_network(locked_rows(model, field, one)) for one in (merging.kept, merging.gone))
    for network, rows in gone.items():
        if network in kept and are_one(kept[network][0], rows[0]):
            strong, weak = sorted([kept[network][0], rows.pop(0)], key=strength)
            absorb(merging, strong=strong, weak=weak)
            waitlist.fill_seats(weak.network, by=waitlist.WAITLIST, at=merging.at)
        join_guests(merging, kept.get(network, []), rows)
        give_rows(merging, rows, field)
    for one in networks:
        if one.pk in gone and one.pk in kept:
            count_together(merging, one)


def are_one(one: Registration, other: Registration) -> bool:
    """Return whether two become one: who waits for a seat, and comes to single meetings, does both."""
    guests = [each for each in (one, other) if each.status == Registration.Status.GUEST]
    waits = [each for each in (one, other) if each.is_live and not each.is_seated]
    return not (guests and waits)


def join_guests(merging: Merging, kept: list[Registration], rows: list[Registration]) -> None:
    """Let one registration as a guest be left of two, beside those that were joined already."""
    guest = Registration.Status.GUEST
    mine = next((one for one in kept if one.status == guest), None)
    theirs = next((one for one in rows if one.status == guest), None)
    if mine is not None and theirs is not None:
        rows.remove(theirs)
        absorb(merging, strong=mine, weak=theirs)


def absorb(merging: Merging, *, strong: Registration, weak: Registration) -> None:
    """Let ``strong`` have what hangs on ``weak``, which then stays with the person who went."""
    if weak.is_live or weak.status == Registration.Status.GUEST:
        change = RegistrationChange(
            registration=weak,
            from_status=weak.status,
            to_status=Registration.Status.TRANSFERRED,
            at=merging.at,
            reason=_("The same person is registered twice"),
            **acted(merging.by),
        )
        merging.journal.update(weak, status=Registration.Status.TRANSFERRED)
        for offer in weak.offers.open():
            merging.journal.update(offer, ended_at=merging.at, outcome=Offer.Outcome.TAKEN_BACK)
        merging.journal.create(change)
    merging.journal.update(weak, person_id=merging.gone.pk)
    merging.journal.update(strong, person_id=merging.kept.pk)
    apply_rules(merging.within(kept=strong, gone=weak))


def count_together(merging: Merging, network: Network) -> None:
    """Work out anew what counts for the person who stays, in the journal."""
    rule = rule_of(network, CreditRule.objects.version_for(network))
    derived = deriving.derive(network, rule, at=merging.at, people=[merging.kept.pk])
    for row in derived.changed:
        stored = derived.known.get((row.registration_id, row.meeting_id))
        if stored is None:
            merging.journal.create(row)
        else:
            figures = {name: getattr(row, name) for name in [*deriving.COLUMNS, "derived_at"]}
            merging.journal.update(stored, **figures)
    for row in derived.disproved:
        merging.journal.remove(row)


def evidence(merging: Merging, model: type[Model], field: str) -> None:
    """Move every mark; two by hand, or of one kind of device, become one with what both saw."""
    mine = {_place(row): row for row in locked_rows(model, field, merging.kept) if _stands(row)}
    for row in locked_rows(model, field, merging.gone):
        if _stands(row) and _place(row) in mine:
            unite(merging, mine[_place(row)], row)
        give_rows(merging, [row], field)


def unite(merging: Merging, one: Evidence, other: Evidence) -> None:
    """Let the mark that says all that both saw replace the other; where neither does, a new one both."""
    spans, presenting = deriving.spans_of([one, other]), one.presenting or other.presenting
    for winner, loser in ((one, other), (other, one)):
        if deriving.spans_of([winner]) == spans and winner.presenting == presenting:
            merging.journal.update(loser, replaced_at=merging.at, replaced_by_id=winner.pk)
            return
    new = Evidence(
        meeting_id=one.meeting_id,
        registration_id=one.registration_id,
        source=one.source,
        seen=Seen.PRESENT,
        arrived_at=spans[0].start,
        left_at=spans[-1].end,
        away=as_pairs(gaps(union(spans))),
        presenting=presenting,
        at=merging.at,
        reason=_("The same person was marked on two registrations"),
        **acted(merging.by),
    )
    for row in (one, other):
        merging.journal.update(row, replaced_at=merging.at)
    merging.journal.create(new)
    for row in (one, other):
        merging.journal.update(row, replaced_by_id=new.pk)


def attendance(merging: Merging, model: type[Model], field: str) -> None:
    """Move what counts; where both have it for one meeting, one row says it from now on."""
    mine = {row.meeting_id: row for row in locked_rows(model, field, merging.kept)}
    for row in locked_rows(model, field, merging.gone):
        stored = mine.get(row.meeting_id)
        if stored is None:
            give_rows(merging, [row], field)
            continue
        if row.minutes_counted > stored.minutes_counted:  # of meetings whose marks are kept no longer
            figures = {name: getattr(row, name) for name in [*deriving.COLUMNS, "derived_at"]}
            merging.journal.update(stored, **figures)
        merging.journal.remove(row)


def _by_network(rows: list[Registration]) -> dict[int, list[Registration]]:
    """Return registrations by the key of their network, the strongest of each first."""
    found: dict[int, list[Registration]] = {}
    for row in sorted(rows, key=strength):
        found.setdefault(row.network_id, []).append(row)
    return found


def _stands(row: Evidence) -> bool:
    return row.replaced_at is None and row.source in (*BY_HAND, *BY_DEVICE)


def _place(row: Evidence) -> tuple[int, str]:
    """Return where only one mark stands: the meeting, by hand or by its kind of device."""
    return row.meeting_id, "" if row.source in BY_HAND else row.source
