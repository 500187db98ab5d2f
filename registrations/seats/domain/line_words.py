"""Why the line stands still, and how many of earlier lines got a seat: in words, worked out from the rows."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting, Network
from registrations.models import Offer, Registration
from registrations.seats.domain import occupancy, waitlist
from stemnet import wording

ENOUGH = 10  # people in line, of whom it says something how many got a seat
EDITIONS = 4  # earlier years that are asked


@dataclass(frozen=True)
class Told:
    """What somebody in line is told: whether seats go by themselves, why nobody moves, how it went before."""

    automatic: bool
    why: list[str]
    odds: str


def told_to(registration: Registration, *, at: datetime) -> Told:
    """Return what somebody who waits is told; a handful of statements."""
    network = registration.network
    why = why_still(network, at=at, party_size=registration.party_size)
    return Told(waitlist.seats_are_automatic(network, at=at), why, odds_of(network, at=at))


def why_still(network: Network, *, at: datetime, party_size: int | None = None) -> list[str]:
    """Say why nobody in line gets a seat now; ``party_size`` where one of them asks, else staff do."""
    closes_at = network.closes_at()
    if network.status == Network.Status.CANCELLED:
        return [_("This network was cancelled.")]
    if closes_at is not None and closes_at <= at:
        return [_("Registration is closed, so nobody in line moves up. Staff can still give seats.")]
    taken = _taken(network, at=at)
    free = network.seats - sum(taken.values())
    said = [_all_taken(network, taken, at=at)] if free <= 0 else []
    if free < 0:
        said.append(_beyond(network, -free, says_why=party_size is None))
    if not waitlist.are_automatic(closes_at, at=at):
        hours = max(settings.AUTOMATIC_SEATS_UNTIL_HOURS, 2)
        words = _("In the last %(hours)s hours before the first meeting, only staff give seats.")
        return [*said, words % {"hours": hours}]
    return said or _too_large(free, party_size)


def odds_of(network: Network, *, at: datetime) -> str:
    """Say how many of those who stood in line in earlier years got a seat; nothing where they were few."""
    earlier = _earlier(network)
    begun = Meeting.objects.own().standing().filter(starts_at__lte=at).values("network")
    in_line = Registration.objects.filter(network__in=earlier, line__isnull=False)
    found = in_line.filter(network__in=begun).aggregate(
        number=Count("pk"), seated=Count("pk", filter=Q(seated_at__isnull=False))
    )
    if found["number"] < ENOUGH:
        return ""
    words = _("In earlier years, %(seated)s of the last %(number)s people in line got a seat.")
    return words % found


def _earlier(network: Network) -> list[int]:
    """Return the keys of the networks that this one continues, the latest first."""
    found: list[int] = []
    before = network.cloned_from_id
    while before is not None and before not in found and len(found) < EDITIONS:
        found.append(before)
        before = Network.objects.filter(pk=before).values_list("cloned_from", flat=True).first()
    return found


def _taken(network: Network, *, at: datetime) -> dict[str, int]:
    """Return how many seats are seated, offered, held, asked for and reserved."""
    rows = Network.objects.filter(pk=network.pk).annotate(
        **{f"in_{name}": expression for name, expression in occupancy.parts(at).items()}
    )
    found = rows.values(*[f"in_{name}" for name in occupancy.parts(at)]).get()
    return {name.removeprefix("in_"): number for name, number in found.items()}


def _all_taken(network: Network, taken: dict[str, int], *, at: datetime) -> str:
    """Say by what all seats are taken."""
    parts = [
        ngettext("%(n)s is filled", "%(n)s are filled", taken["seated"]),
        _offered(network, taken["offered"]) if taken["offered"] else "",
        ngettext(
            "%(n)s is held while an address is proved",
            "%(n)s are held while addresses are proved",
            taken["held"],
        ),
        ngettext("%(n)s is kept for an invitation", "%(n)s are kept for invitations", taken["asked"]),
        ngettext("%(n)s is kept for an organization", "%(n)s are kept for organizations", taken["reserved"]),
    ]
    said = [words % {"n": number} for words, number in zip(parts, taken.values(), strict=True) if number > 0]
    words = ngettext("The seat is taken: %(how)s.", "All %(n)s seats are taken: %(how)s.", network.seats)
    return words % {"n": network.seats, "how": ", ".join(said)}


def _beyond(network: Network, number: int, *, says_why: bool) -> str:
    """Say that staff went over the seats, and to staff why."""
    words = ngettext("Staff seated %(n)s more person.", "Staff seated %(n)s more people.", number)
    said = words % {"n": number}
    over = network.registrations.seated().exclude(over_seats_reason="").order_by("-seated_at", "-pk")
    why = list(over.values_list("over_seats_reason", flat=True)[:number]) if says_why else []
    return _("%(said)s Why: %(why)s.") % {"said": said, "why": "; ".join(why)} if why else said


def _offered(network: Network, number: int) -> str:
    """Say until when the last of the open offers can be accepted."""
    open_offers = Offer.objects.open().filter(registration__network=network)
    last = open_offers.order_by("-until").values_list("until", flat=True).first()
    if last is None:
        return ngettext("%(n)s is offered", "%(n)s are offered", number)
    words = ngettext("%(n)s is offered until {until}", "%(n)s are offered until {until}", number)
    return words.format(until=wording.moment(last, network.zone))


def _too_large(free: int, party_size: int | None) -> list[str]:
    """Say that whoever comes with more people than seats are free is passed."""
    number = ngettext("%(n)s seat is free", "%(n)s seats are free", free) % {"n": free}
    if party_size is None:
        words = _(
            "%(free)s, and everyone in line is coming with more people than that. Seats that open up aren't "
            "saved up for them."
        )
        return [words % {"free": number}]
    if party_size <= free:
        return []
    words = _(
        "%(free)s, and you're coming with %(party)s. Somebody behind you who needs fewer seats can go first: "
        "seats that open up aren't saved up."
    )
    return [words % {"free": number, "party": party_size}]
