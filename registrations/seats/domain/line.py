"""The line: who is next by the network's rule, and which place somebody has (docs/rules.md 4.3).

The order is worked out in one place for everything: giving seats, the place on pages and in mail, and what
staff see. A line is read by one statement for any number of networks, and where a rule asks who has a seat
already, by one more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple, TypeAlias

from django.db.models import F
from django.db.models.functions import Coalesce

from meetings.models import Network
from partners.models import Stage
from registrations.models import Offer, Party, Registration
from stemnet.plain_names import plain_name

Rule, Status = Network.LineRule, Registration.Status
Body: TypeAlias = int | str
ORGANIZATION = "position__organization"
TOP = Coalesce(f"{ORGANIZATION}__part_of__part_of", f"{ORGANIZATION}__part_of", F(ORGANIZATION))
WORDS = "position__plain_organization_words"
STAGES = [f"{ORGANIZATION}{above}__stage" for above in ("", "__part_of", "__part_of__part_of")]

PARTY_TOP = Coalesce("organization__part_of__part_of", "organization__part_of", F("organization"))
PARTY_STAGES = [f"organization{above}__stage" for above in ("", "__part_of", "__part_of__part_of")]


class Waiting(NamedTuple):
    """Somebody in line, as rules see them: the body at the top of where they work, or its plain words.

    ``key`` is that of a registration; a party that waits as one has its own, below zero (`key_of`).
    """

    key: int
    network: int
    number: int
    party_size: int
    body: Body | None
    of_partner: bool
    limited: bool


def in_order(network: Network) -> list[Waiting]:
    """Return who waits in ``network``, whoever is next first; three statements at most."""
    return _ordered(network, _waiting([network.pk]), _bodies_seated([network])[network.pk])


def places(networks: Iterable[Network]) -> dict[int, int]:
    """Return the place in line of everyone who waits in ``networks``, by key; three statements at most."""
    known = {network.pk: network for network in networks}
    if not known:
        return {}
    lines: dict[int, list[Waiting]] = defaultdict(list)
    for one in _waiting(known):
        lines[one.network].append(one)
    seated = _bodies_seated([known[key] for key in lines])
    return {
        one.key: place
        for key, waiting in lines.items()
        for place, one in enumerate(_ordered(known[key], waiting, seated[key]), 1)
    }


def tell_apart(registrations: Iterable[Registration], networks: Iterable[Network]) -> None:
    """Fill in the place of those in line, and the open offer of those who have one.

    ``networks`` are those of ``registrations``. Four statements at most, and none where nobody waits.
    """
    rows = list(registrations)
    with_line = {one.network_id for one in rows if one.status == Status.WAITING}
    known = places(network for network in networks if network.pk in with_line)
    offered = [one.pk for one in rows if one.status == Status.OFFERED]
    opened = Offer.objects.open().filter(registration__in=offered) if offered else Offer.objects.none()
    by_key = {offer.registration_id: offer for offer in opened}
    for one in rows:
        one.place, one.offer = known.get(one.pk), by_key.get(one.pk)
        if one.offer is not None:
            one.offer.registration = one


def _waiting(networks: Collection[int]) -> list[Waiting]:
    """Return who waits in ``networks`` by number in line."""
    rows = (
        Registration.objects.waiting()
        .filter(network__in=networks)
        .values_list("pk", "network", "line", "party_size", "limited_by", TOP, WORDS, *STAGES)
    )
    alone = [
        Waiting(key, network, number, party, top or words or None, Stage.PARTNER in stages, bool(limited))
        for key, network, number, party, limited, top, words, *stages in rows
    ]
    return sorted([*alone, *_parties_waiting(networks)], key=lambda one: one.number)


def key_of(party: Party) -> int:
    """Return the key by which a party is told from registrations in line."""
    return -party.pk


def _parties_waiting(networks: Collection[int]) -> list[Waiting]:
    """Return the parties that wait in ``networks``, each as one."""
    rows = (
        Party.objects.waiting()
        .filter(network__in=networks)
        .values_list(
            "pk",
            "network",
            "line",
            "size",
            "limited_by",
            PARTY_TOP,
            "organization_words",
            *PARTY_STAGES,
        )
    )
    return [
        Waiting(
            -key,
            network,
            number,
            size,
            top or plain_name(words) or None,
            Stage.PARTNER in stages,
            bool(limited),
        )
        for key, network, number, size, limited, top, words, *stages in rows
    ]


def _bodies_seated(networks: Iterable[Network]) -> dict[int, set[Body]]:
    """Return which bodies have a seat, or are offered one, in those of ``networks`` whose rule asks that."""
    found: dict[int, set[Body]] = defaultdict(set)
    asked = [network.pk for network in networks if network.line_rule == Rule.ORGANIZATIONS]
    if asked:
        rows = Registration.objects.occupying().filter(network__in=asked).exclude(position=None).order_by()
        for network, top, words in rows.values_list("network", TOP, WORDS).distinct():
            found[network].add(top or words)
    return found


def _ordered(network: Network, waiting: list[Waiting], seated: set[Body]) -> list[Waiting]:
    """Return ``waiting``, which is by number in line, in the order of the network's rule."""
    if network.line_rule == Rule.ORGANIZATIONS:
        first = _first_of_each(waiting, seated)
    elif network.line_rule == Rule.PARTNERS:
        first = {one.key for one in waiting if one.of_partner}
    else:
        return waiting
    return sorted(waiting, key=lambda one: one.key not in first)


def _first_of_each(waiting: list[Waiting], seated: set[Body]) -> set[int]:
    """Return the keys of the first of each body that has no seat yet; nobody without a body is one."""
    known = set(seated)
    first = set()
    for one in waiting:
        if one.body is not None and one.body not in known:
            known.add(one.body)
            first.add(one.key)
    return first
