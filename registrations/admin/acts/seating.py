"""Giving seats to people who wait, and removing people from a network."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registrations.models import Registration
from registrations.seats.domain import staffing, withdrawing
from stemnet.admin.acts import Act, Asking, Line
from stemnet.admin.cells import tag

Status = Registration.Status
LOOKS = {
    Status.SEATED: "ok",
    Status.WAITING: "warn",
    Status.OFFERED: "warn",
    Status.REMOVED: "bad",
    Status.WITHDRAWN: "bad",
    Status.TRANSFERRED: "",
    Status.MOVED: "",
}


def status_tag(registration: Registration) -> SafeString:
    """Return the status of a registration as a tag."""
    status = Status(registration.status)  # its display would translate every status
    return tag(status.label, LOOKS[status])


class RegistrationAct(Act):
    """An act on registrations in one of some statuses, which tells each person."""

    columns = (gettext_lazy("Network"), gettext_lazy("Now"), gettext_lazy("E-mail to"))
    only: Sequence[str] = ()

    def rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return registrations with their people, those in line in their order."""
        rows = queryset.select_related("person", "network").prefetch_related("person__emails")
        return rows.order_by("network", "line", "pk")

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return who is meant, and why others are not."""
        return [self._line(row) for row in rows]

    def _line(self, row: Registration) -> Line:
        name, seen = row.person.sorted_name, row.status
        if row.status not in self.only:
            words = _("Status is “%(status)s”") % {"status": row.get_status_display()}
            return Line(row.pk, name, seen, skipped=words, why=str(row.network))
        address = row.person.primary_address
        told = address or _("nobody: no address")
        cells = (str(row.network), status_tag(row), told)
        return Line(row.pk, name, seen, cells=cells, mails=[address] if address else [])

    def will(self) -> str:
        """Return the heading above the people."""
        return _("Who it is about")


class SeatReason(forms.Form):
    """Why these people get a seat."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("We keep it with each registration: others may be ahead in line."),
        error_messages={"required": gettext_lazy("Say why. We keep the reason with the registration.")},
    )


class GiveSeats(RegistrationAct):
    """Give seats to people who wait, out of line or over the seats where there is a reason."""

    name = "give_seats"
    label = gettext_lazy("Give a seat")
    icon = "person-check"
    main = True
    only = (Status.WAITING, Status.OFFERED)
    form_class = SeatReason

    def do(self, row: Any, *, asking: Asking) -> None:
        """Seat one person."""
        reason = asking.said.get("reason", "")
        staffing.give_seat(registration=row, by=asking.by, at=asking.at, reason=reason)

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = _("Give a seat to %(number)s of %(chosen)s people?")
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Give %(n)s seat", "Give %(n)s seats", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext("%(n)s person has a seat.", "%(n)s people have a seat.", number)
        return words % {"n": number}


class RemovalReason(forms.Form):
    """Why these people are removed."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Each person reads it in the e-mail."),
        error_messages={"required": gettext_lazy("Say why. We'll tell the person.")},
    )


class RemovePeople(RegistrationAct):
    """Remove people from their network, for a reason that they read."""

    name = "remove"
    label = gettext_lazy("Remove from the network")
    icon = "x-lg"
    only = Registration.LIVE
    form_class = RemovalReason
    promises = (gettext_lazy("They keep the hours they earned. Their seats go to the next people in line."),)

    def do(self, row: Any, *, asking: Asking) -> None:
        """Remove one person."""
        reason = asking.said.get("reason", "")
        withdrawing.remove_from_network(row, by=asking.by, at=asking.at, reason=reason)

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = _("Remove %(number)s of %(chosen)s people?")
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Remove %(n)s person", "Remove %(n)s people", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext("%(n)s person was removed.", "%(n)s people were removed.", number)
        return words % {"n": number}
