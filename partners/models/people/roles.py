"""What somebody is to the portal, such as the lead of a group: asked for all apps in one statement.

The menus and the second factor want it on every page. Each app says in ``ready()`` by which rows one is
something::

    roles.add("leads_group", WorkingGroup.objects.led_by)

and asks ``"leads_group" in person.roles``.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, QuerySet

if TYPE_CHECKING:
    from partners.models.people.person import Person

Rows = Callable[["Person"], QuerySet[Any]]

_roles: dict[str, Rows] = {}


def add(name: str, rows: Rows) -> None:
    """Let an app say that somebody is ``name`` while there is any of ``rows`` of theirs."""
    _roles[name] = rows


def roles_of(person: "Person") -> frozenset[str]:
    """Return the names of all that ``person`` is."""
    asked = {name: Exists(rows(person)) for name, rows in _roles.items()}
    found = type(person).objects.filter(pk=person.pk).values(**asked).first() if asked else None
    return frozenset(name for name, is_so in (found or {}).items() if is_so)
