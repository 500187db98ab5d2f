"""Making logins for people who never signed in, so that they can be added to a group."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.models import User
from partners.people.domain import addresses
from stemnet.admin.acts import Act, Asking, Line


class MakeLogins(Act):
    """Make logins without a password; each person signs in by a code."""

    name = "make_logins"
    label = gettext_lazy("Create a login")
    icon = "key"
    columns = (gettext_lazy("E-mail"),)
    promises = (
        gettext_lazy("You can add them to a group then. Nobody gets an e-mail."),
        gettext_lazy("They sign in with a code that we e-mail them when they ask for it."),
    )

    def rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return people with their addresses."""
        return queryset.prefetch_related("emails")

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return who gets a login, and who has one or can't have any."""
        known = set(User.objects.filter(person__in=rows).values_list("person", flat=True))
        return [_line(row, has_login=row.pk in known) for row in rows]

    def do(self, row: Any, *, asking: Asking) -> None:
        """Make one login."""
        addresses.ensure_user(row, at=asking.at)

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = ngettext(
            "Create a login for %(number)s of %(chosen)s person?",
            "Create logins for %(number)s of %(chosen)s people?",
            chosen,
        )
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Create %(n)s login", "Create %(n)s logins", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        return ngettext("%(n)s person has a login.", "%(n)s people have a login.", number) % {"n": number}

    def will(self) -> str:
        """Return the heading above those who get one."""
        return _("Will get a login")


def _line(row: Any, *, has_login: bool) -> Line:
    address = row.primary_address
    if has_login:
        return Line(row.pk, row.sorted_name, f"{address}.login", skipped=_("Has a login already"))
    if not address:
        return Line(
            row.pk,
            row.sorted_name,
            skipped=_("No e-mail address"),
            why=_("Add an address on their page first."),
        )
    return Line(row.pk, row.sorted_name, address, cells=(address,))
