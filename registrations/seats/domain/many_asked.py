"""Many at once by staff: a list of people, or personal invitations; what becomes of each row, and asking.

Deciding asks the database equally often for one row and for a thousand. Nobody is passed, no held seat is
taken: a row without a free seat is asked without one (docs/rules.md 4.14).
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from partners.models import Alias, Organization, Person, acted
from registrations.models import Hold, Party, Registration, SeatInvitation
from registrations.seats.domain import invited_seats, limits, seats
from registrations.seats.exceptions import PartyRefused
from registrations.seats.imports import AskedRow
from stemnet import jobs
from stemnet.jobs import Run
from stemnet.plain_names import plain_name

KIND = "registrations.send_invitations"
AT_ONCE, PART = 25, 50
Status = Registration.Status


class Decision(TextChoices):
    """What becomes of one row."""

    SEAT = "seat", gettext_lazy("A seat is kept")
    WAITLIST = "waitlist", gettext_lazy("No seat is free: on the waitlist once they answer")
    INVITE = "invite", gettext_lazy("Invited, no seat is kept")
    SKIP = "skip", gettext_lazy("Left out by you")
    REGISTERED = "registered", gettext_lazy("Is registered already")
    IN_LINE = "in_line", gettext_lazy("Is on the waitlist already")
    HELD = "held", gettext_lazy("Is registering right now")
    ASKED = "asked", gettext_lazy("Was asked already")
    TWICE = "twice", gettext_lazy("Is in an earlier row")
    BAD = "bad", gettext_lazy("No e-mail address")


TAKEN = (Decision.SEAT, Decision.WAITLIST, Decision.INVITE)


@dataclass(frozen=True)
class Decided:
    """One row with what becomes of it, why, and the organization that it names, where it is listed."""

    row: AskedRow
    what: Decision
    why: str = ""
    organization: Organization | None = None

    @property
    def is_asked(self) -> bool:
        """Return whether an invitation is sent."""
        return self.what in TAKEN


def decide(
    network: Network, rows: Sequence[AskedRow], *, keeps: bool, skipped: frozenset[int], at: datetime
) -> list[Decided]:
    """Return what becomes of each row now; ten queries at most."""
    seen = seats.look(network, at=at)
    free = max(0, seen.seats - seen.taken) if keeps and not seen.ahead else 0
    left, known = limits.count(network, at=at), _known(network, rows, at=at)
    listed, earlier = _listed(rows), set[str]()
    decided = []
    for row in rows:
        place = listed.get(plain_name(row.organization))
        what, why = _standing(row, known, earlier, skipped)
        if what is None:
            where = limits.place_at(place, "" if place else row.organization)
            blocked = left.blocks(where)
            if not keeps:
                what = Decision.INVITE
            elif free and not blocked:
                what, free = Decision.SEAT, free - 1
                left.take(where)
            else:
                what, why = Decision.WAITLIST, blocked.of_them if blocked and free else ""
            earlier.add(row.address)
        decided.append(Decided(row, what, why, place))
    return decided


def _standing(
    row: AskedRow, known: dict[str, Decision], earlier: set[str], skipped: frozenset[int]
) -> tuple[Decision | None, str]:
    """Return why a row is not asked; None where it is."""
    if row.fault:
        return Decision.BAD, row.fault
    if row.line in skipped:
        return Decision.SKIP, ""
    if row.address in earlier:
        return Decision.TWICE, ""
    return known.get(row.address), ""


def _known(network: Network, rows: Sequence[AskedRow], *, at: datetime) -> dict[str, Decision]:
    """Return what is known here of the addresses of a list; three queries."""
    addresses = {row.address for row in rows if row.address}
    held = Hold.objects.live(at).filter(network=network, address__in=addresses)
    asked = SeatInvitation.objects.live(at).filter(network=network, address__in=addresses)
    found = dict.fromkeys(held.values_list("address", flat=True), Decision.HELD)
    found |= dict.fromkeys(asked.values_list("address", flat=True), Decision.ASKED)
    live = network.registrations.live().filter(person__emails__address__in=addresses)
    for address, status in live.values_list("person__emails__address", "status"):
        found[address] = Decision.IN_LINE if status == Status.WAITING else Decision.REGISTERED
    return found


def _listed(rows: Sequence[AskedRow]) -> dict[str, Organization]:
    """Return the organizations that rows name, by plain name; two queries. One that two bear is nobody's."""
    wanted = {plain_name(row.organization) for row in rows if row.organization}
    if not wanted:
        return {}
    named = Organization.objects.current().filter(plain_name__in=wanted).select_related("part_of")
    others = Alias.objects.filter(plain_name__in=wanted, organization__merged_into=None)
    pairs = [(one.plain_name, one) for one in named]
    pairs += [(one.plain_name, one.organization) for one in others.select_related("organization__part_of")]
    bearers = Counter(name for name, _one in set(pairs))
    return {name: one for name, one in pairs if bearers[name] == 1}


def mark(decided: Sequence[Decided]) -> str:
    """Return what tells these decisions from any others, so that what was seen is what is done."""
    said = repr([(one.row, str(one.what), one.why) for one in decided])
    return hashlib.sha256(said.encode()).hexdigest()[:24]


@jobs.finishing()
@transaction.atomic
def ask(
    network: Network,
    rows: Sequence[AskedRow],
    *,
    uid: UUID,
    kind: str,
    title: str,
    keeps: bool,
    skipped: frozenset[int],
    days: int,
    seen: str,
    by: Person,
    at: datetime,
) -> Party:
    """Ask everyone whose row says so, as it was ``seen``; the mail of more than 25 is a job.

    The same ``uid`` again changes nothing. Raises PartyRefused where something else would become of a row
    than was seen, or nobody would be asked.
    """
    network = seats.lock_network(network)
    if known := network.parties.filter(uid=uid).first():
        return known
    _check_goes_on(network, at=at)
    invited_seats.end_old(network, [row.address for row in rows], at=at)
    decided = decide(network, rows, keeps=keeps, skipped=skipped, at=at)
    if mark(decided) != seen:
        raise PartyRefused(
            sentence=_("Something changed after you checked this list. Look at the rows again below.")
        )
    asked = [one for one in decided if one.is_asked]
    if not asked:
        raise PartyRefused(sentence=_("Nobody on this list would be asked."))
    closes_at, until = network.closes_at(), at + timedelta(days=days)
    party = network.parties.create(uid=uid, kind=kind, title=title, made_at=at, **acted(by))
    SeatInvitation.objects.bulk_create(
        _invitation(party, one, until=min(until, closes_at) if closes_at else until, at=at) for one in asked
    )
    jobs.start_job(
        kind=KIND,
        params={"party": party.pk, "at": at.isoformat()},
        by=str(by.uid),
        at=at,
        total=len(asked),
        soon=len(asked) <= AT_ONCE,
    )
    return party


def _invitation(party: Party, one: Decided, *, until: datetime, at: datetime) -> SeatInvitation:
    row = one.row
    answers = {"job": row.job} if row.job else {}
    if row.organization and one.organization is None:
        answers["organization_words"] = row.organization
    return SeatInvitation(
        network=party.network,
        party=party,
        address=row.address,
        first_name=row.first_name,
        last_name=row.last_name,
        organization=one.organization,
        answers=answers,
        token_hash=invited_seats.unknown_hash(),
        keeps_seat=one.what == Decision.SEAT,
        sent=1,
        sent_at=at,
        made_at=at,
        until=until,
    )


def _check_goes_on(network: Network, *, at: datetime) -> None:
    """Raise PartyRefused where nobody could register by the link."""
    closes_at = network.closes_at()
    if network.is_information_session:
        raise PartyRefused(sentence=_("Everyone registers for an information session themselves."))
    if network.status != Network.Status.PUBLISHED:
        raise PartyRefused(sentence=_("This network isn't open for registration."))
    if closes_at is not None and closes_at <= at:
        raise PartyRefused(sentence=_("Registration is closed, so nobody could answer."))


def run_sending(run: Run) -> None:
    """Do the job: e-mail everyone of a party a link, a few at a time; safe to be run again."""
    rows = SeatInvitation.objects.filter(party=run.params["party"], ended_at=None, sent=1)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    run.expect(len(keys))
    whole = rows.select_related("network", "party__organization", "organization")
    for start in range(0, len(keys), PART):
        part = list(whole.filter(pk__in=keys[start : start + PART]).order_by("pk"))
        invited_seats.send_all(part, at=datetime.fromisoformat(run.params["at"]))
        run.reach(min(start + PART, len(keys)))
