"""Two registrations of one person in one network become one: the strongest, with what both brought.

Marks and hours are kept: where both were marked at one meeting, the mark with more counted minutes stands
and the other is kept as replaced.
"""

from django.db.models import Model
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.merging.domain.merge_rules import Merging, apply_rules, give_rows, locked_rows
from partners.models import acted
from registrations.credit.domain.deriving import COLUMNS
from registrations.models import BY_HAND, Attendance, Evidence, Registration, RegistrationChange

STRENGTH = [
    Registration.Status.SEATED,
    Registration.Status.OFFERED,
    Registration.Status.WAITING,
    Registration.Status.TRANSFERRED,
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
        if network in kept:
            strong, weak = sorted([kept[network][0], rows.pop(0)], key=strength)
            absorb(merging, strong=strong, weak=weak)
        give_rows(merging, rows, field)


def absorb(merging: Merging, *, strong: Registration, weak: Registration) -> None:
    """Let ``strong`` have what hangs on ``weak``, which then stays with the person who went."""
    if weak.is_live:
        change = RegistrationChange(
            registration=weak,
            from_status=weak.status,
            to_status=Registration.Status.TRANSFERRED,
            at=merging.at,
            reason=_("The same person is registered twice"),
            **acted(merging.by),
        )
        merging.journal.update(weak, status=Registration.Status.TRANSFERRED)
        merging.journal.create(change)
    merging.journal.update(weak, person_id=merging.gone.pk)
    merging.journal.update(strong, person_id=merging.kept.pk)
    apply_rules(merging.within(kept=strong, gone=weak))


def evidence(merging: Merging, model: type[Model], field: str) -> None:
    """Move every mark; of two standing marks by hand at one meeting, one is kept as replaced."""
    better = _better_at(merging)
    mine = {row.meeting_id: row for row in locked_rows(model, field, merging.kept) if _stands(row)}
    for row in locked_rows(model, field, merging.gone):
        if _stands(row) and row.meeting_id in mine:
            loser, winner = row, mine[row.meeting_id]
            if row.meeting_id in better:
                loser, winner = winner, loser
            merging.journal.update(loser, replaced_at=merging.at, replaced_by_id=winner.pk)
        give_rows(merging, [row], field)


def attendance(merging: Merging, model: type[Model], field: str) -> None:
    """Move what counts; where both have it for one meeting, the one with more minutes is taken over."""
    better = _better_at(merging)
    mine = {row.meeting_id: row for row in locked_rows(model, field, merging.kept)}
    for row in locked_rows(model, field, merging.gone):
        if row.meeting_id not in mine:
            give_rows(merging, [row], field)
        elif row.meeting_id in better:
            taken = {name: getattr(row, name) for name in [*COLUMNS, "derived_at"]}
            merging.journal.update(mine[row.meeting_id], **taken)


def _by_network(rows: list[Registration]) -> dict[int, list[Registration]]:
    """Return registrations by the key of their network, the strongest of each first."""
    found: dict[int, list[Registration]] = {}
    for row in sorted(rows, key=strength):
        found.setdefault(row.network_id, []).append(row)
    return found


def _better_at(merging: Merging) -> set[int]:
    """Return the keys of the meetings at which the registration that goes has more counted minutes."""
    kept, gone = (
        dict(Attendance.objects.filter(registration=one).values_list("meeting", "minutes_counted"))
        for one in (merging.kept, merging.gone)
    )
    return {meeting for meeting, minutes in gone.items() if minutes > kept.get(meeting, -1)}


def _stands(row: Evidence) -> bool:
    return row.replaced_at is None and row.source in BY_HAND
