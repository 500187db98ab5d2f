"""The main menu: a registry that each app fills in ``ready()``.

An entry is shown only where its address exists and the one who looks may see it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


def everyone(user: Any) -> bool:
    """Show an entry to everyone."""
    return True


def signed_in(user: Any) -> bool:
    """Show an entry to whoever is signed in."""
    return bool(user and user.is_authenticated)


@dataclass(frozen=True, order=True)
class Entry:
    """One entry: where it stands, the name of its address, its words, and who sees it."""

    place: int
    url_name: str
    label: str | Promise = field(compare=False)
    shown_to: Callable[[Any], bool] = field(default=everyone, compare=False)


_main: dict[str, Entry] = {}
_account: dict[str, Entry] = {}
_search: dict[str, Entry] = {}


def add(
    url_name: str, label: str | Promise, *, place: int, shown_to: Callable[[Any], bool] = everyone
) -> None:
    """Put an entry into the main menu at ``place``; ``shown_to`` is asked with the user."""
    _main[url_name] = Entry(place, url_name, label, shown_to)


def add_to_account(
    url_name: str, label: str | Promise, *, place: int, shown_to: Callable[[Any], bool] = signed_in
) -> None:
    """Put an entry into the menu of whoever is signed in; ``shown_to`` is asked with the user."""
    _account[url_name] = Entry(place, url_name, label, shown_to)


def add_search(url_name: str, label: str | Promise, *, shown_to: Callable[[Any], bool]) -> None:
    """Put a search into the head of every page of whoever may search there."""
    _search[url_name] = Entry(0, url_name, label, shown_to)


def main_entries(user: Any) -> list[Entry]:
    """Return the entries of the main menu that ``user`` may see, in order."""
    return [entry for entry in sorted(_main.values()) if entry.shown_to(user)]


def account_entries(user: Any) -> list[Entry]:
    """Return the entries of the account menu that ``user`` may see, in order."""
    return [entry for entry in sorted(_account.values()) if entry.shown_to(user)]


def searches(user: Any) -> list[Entry]:
    """Return the searches that ``user`` may use."""
    return [entry for entry in sorted(_search.values()) if entry.shown_to(user)]
