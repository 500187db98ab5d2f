"""Acts on needs, contributions and matches: withdrawing, and the steps of a match."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.admin.cells import match_tag
from partners.exchange.domain import exchange, introducing
from partners.exchange.exceptions import ExchangeRefused
from partners.models import Match, Need
from stemnet.admin.acts import Act, Asking, Line, Repair
from stemnet.admin.portal import page

State = Match.State


class WithdrawRows(Act):
    """Withdraw needs or contributions that stand in no part of the memorandum."""

    name = "withdraw"
    label = gettext_lazy("Withdraw")
    icon = "x-lg"
    columns = (gettext_lazy("Category"), gettext_lazy("Detail"))
    promises = (gettext_lazy("Matches proposed for them are dropped, and we let both sides know."),)

    def rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return rows with their partner."""
        return queryset.select_related("organization", "category", "role__mou", "role__organization")

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return what is withdrawn, and what the memorandum holds."""
        return [self._line(row) for row in rows]

    def _line(self, row: Any) -> Line:
        name, seen = str(row), str(row.withdrawn_at)
        try:
            exchange.check_informal(row)
        except ExchangeRefused as refusal:
            mend = Repair(gettext_lazy("Open the part"), row.role.get_absolute_url()) if row.role else None
            return Line(row.pk, name, seen, skipped=_("Stays"), why=str(refusal), repair=mend)
        return Line(row.pk, name, seen, cells=(str(row.category), row.detail))

    def do(self, row: Any, *, asking: Asking) -> None:
        """Withdraw one."""
        withdraw: Callable[..., None] = (
            exchange.withdraw_need if isinstance(row, Need) else exchange.withdraw_contribution
        )
        withdraw(row, by=asking.by, at=asking.at)

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        return _("Withdraw %(number)s of %(chosen)s?") % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Withdraw %(n)s row", "Withdraw %(n)s rows", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        return ngettext("%(n)s row is withdrawn.", "%(n)s rows are withdrawn.", number) % {"n": number}

    def will(self) -> str:
        """Return the heading above them."""
        return _("Will be withdrawn")


class StepAct(Act):
    """One step of matches that can take it now."""

    to: str = ""
    columns = (gettext_lazy("Given by"), gettext_lazy("Category"), gettext_lazy("Now"))
    promises = (gettext_lazy("We e-mail the people at both partners."),)

    def rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return matches with both sides."""
        return queryset.select_related("need__organization", "need__category", "contribution__organization")

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return which can take the step."""
        return [self._line(row) for row in rows]

    def _line(self, match: Match) -> Line:
        name, seen = str(match.need.organization), match.state
        if self.to not in exchange.STEPS[match.state]:
            words = _("It is “%(state)s”") % {"state": match.get_state_display()}
            mend = Repair(gettext_lazy("Open the match"), page("match", match.uid))
            return Line(match.pk, name, seen, skipped=words, repair=mend)
        cells = (str(match.contribution.organization), str(match.need.category), match_tag(match))
        return Line(match.pk, name, seen, cells=cells)

    def do(self, row: Any, *, asking: Asking) -> None:
        """Take the step with one match."""
        reason = asking.said.get("reason", "")
        exchange.move_match(row, to=self.to, by=asking.by, at=asking.at, reason=reason)

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = {"act": self.label, "number": number, "chosen": chosen}
        return _("%(act)s: %(number)s of %(chosen)s matches?") % words

    def button(self, number: int) -> str:
        """Return the words of the button."""
        words = ngettext("%(act)s (%(n)s match)", "%(act)s (%(n)s matches)", number)
        return words % {"act": self.label, "n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext("%(n)s match is now “%(state)s”.", "%(n)s matches are now “%(state)s”.", number)
        return words % {"n": number, "state": State(self.to).label}


class Introduce(StepAct):
    """Introduce both sides to each other by mail."""

    name, label, icon, to, main = "introduce", gettext_lazy("Introduce"), "envelope", State.INTRODUCED, True

    def do(self, row: Any, *, asking: Asking) -> None:
        """Introduce the two."""
        introducing.introduce(row, by=asking.by, at=asking.at)


class Confirm(StepAct):
    """Say that the contribution is confirmed for the partner."""

    name, label, icon, to = "confirm", gettext_lazy("Confirm"), "check2", State.CONFIRMED


class Deliver(StepAct):
    """Say that the contribution was given."""

    name, label, icon, to = "deliver", gettext_lazy("Delivered"), "check2-all", State.DELIVERED


class DropReason(forms.Form):
    """Why matches are dropped."""

    reason = forms.CharField(
        label=gettext_lazy("Why won't it happen?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why, so nobody tries the same match again.")},
    )


class Drop(StepAct):
    """Drop matches, for a reason."""

    name, label, icon, to = "drop", gettext_lazy("Drop"), "x-lg", State.DROPPED
    form_class = DropReason
