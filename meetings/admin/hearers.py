"""How many people hear of a new meeting of a network: said before it is added, by the app that knows them."""

from collections.abc import Callable

from meetings.models import Network

Count = Callable[[Network], int]
_counts: list[Count] = []


def count_by(count: Count) -> None:
    """Let an upper app say how many people of a network get an e-mail about a new meeting."""
    _counts.append(count)


def number_of(network: Network) -> int:
    """Return how many people get one; nobody does before the network is published."""
    return sum(count(network) for count in _counts) if network.published_at is not None else 0
