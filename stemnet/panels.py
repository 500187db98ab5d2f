"""Panels: what an upper app adds to a page of a lower one.

The page leaves room under a name; upper apps say in ``ready()`` what stands there::

    panels.add("partner_home", template="registrations/seats/_our_people.html", read=our_people, place=10)

Its view reads them, ``panels.of("partner_home", organization, person=person, at=now)``, and its template
includes ``components/_panels.html``, where each panel finds what was read as ``panel``.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class Read(Protocol):
    """Reads what a panel shows about one object, in a constant number of queries.

    ``person`` is who looks, or None. Returns None where the panel shows nothing to them.
    """

    def __call__(self, about: Any, /, *, person: Any, at: datetime) -> Mapping[str, Any] | None:
        """Return what the template finds as ``panel``."""


@dataclass(frozen=True, order=True)
class Panel:
    """A panel: where it stands among the others, its template, and what reads for it."""

    place: int
    template: str
    read: Read = field(compare=False)


@dataclass(frozen=True)
class Filled:
    """A panel with what was read for it."""

    template: str
    content: Mapping[str, Any]


_panels: dict[str, dict[str, Panel]] = defaultdict(dict)


def add(page: str, *, template: str, read: Read, place: int) -> None:
    """Put a panel on ``page`` at ``place``; the same template again takes the place of the first."""
    _panels[page][template] = Panel(place, template, read)


def of(page: str, about: Any, *, person: Any, at: datetime) -> list[Filled]:
    """Return the panels of ``page`` about one object that ``person`` sees, in order."""
    here = sorted(_panels[page].values()) if page in _panels else []
    read = [(one.template, one.read(about, person=person, at=at)) for one in here]
    return [Filled(template, content) for template, content in read if content is not None]


def pages() -> set[str]:
    """Return the names of the pages that have panels."""
    return set(_panels)
