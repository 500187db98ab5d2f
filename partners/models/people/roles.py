"""What somebody is to the portal, such as the lead of a group: asked for all apps in one statement.

The menus and the second factor want it on every page. Each app says in ``ready()`` by which rows one is
something::

    roles.add("leads_group", WorkingGroup.objects.led_by)

and asks ``"leads_group" in person.roles``. The rows are those of somebody without any right of their own:
what coordinators and staff see is asked of ``person.groups``.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Exists, QuerySet
from django.utils import timezone

from partners.models.people.local_time import local_day

if TYPE_CHECKING:
    from partners.models.people.person import Person

Rows = Callable[["Person"], QuerySet[Any]]
ANYBODY = -1  # the key for which the statement is compiled

_roles: dict[str, Rows] = {}


def add(name: str, rows: Rows) -> None:
    """Let an app say that somebody is ``name`` while there is any of ``rows`` of theirs."""
    _roles[name] = rows


def roles_of(person: "Person") -> frozenset[str]:
    """Return the names of all that ``person`` is."""
    names = tuple(_roles)
    sql, parameters = _statement(type(person), names, local_day(timezone.now()))
    with connection.cursor() as cursor:
        cursor.execute(sql, [person.pk if value == ANYBODY else value for value in parameters])
        found = cursor.fetchone() or ()
    return frozenset(name for name, is_so in zip(names, found, strict=False) if is_so)


@lru_cache(maxsize=2)
def _statement(people: type["Person"], names: tuple[str, ...], today: date) -> tuple[str, tuple[Any, ...]]:
    """Return the statement and its parameters; made once a day, as it is a fifth of the work of a page."""
    anybody = people(pk=ANYBODY)
    anybody.groups = frozenset()
    asked = {name: Exists(_roles[name](anybody)) for name in names}
    sql, parameters = people.objects.filter(pk=ANYBODY).values(**asked).query.sql_with_params()
    return sql, tuple(parameters)
