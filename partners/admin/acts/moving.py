"""Moving organizations to another stage on their way to partner, with a reason."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.models import Stage
from partners.prospects.domain import prospects, stages
from stemnet.admin.acts import Act, Asking, Line, Repair
from stemnet.admin.cells import tag


class StageForm(forms.Form):
    """The stage to move to, and why."""

    to = forms.ChoiceField(
        label=gettext_lazy("Move to"), choices=[(one.value, one.label) for one in stages.COLUMNS]
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Required to decline, to end a partnership, or to move back a step."),
    )


class MoveStage(Act):
    """Move organizations to one stage; each has to be able to go there."""

    name = "stage"
    label = gettext_lazy("Move the stage")
    icon = "arrow-right-circle"
    form_class = StageForm
    depends_on = ("to", "reason")
    columns = (gettext_lazy("Stage now"), gettext_lazy("Stage then"))
    promises = (gettext_lazy("Each step is in the organization's history, with your name and the reason."),)

    def rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return organizations with their newest step."""
        return stages.with_newest_step(queryset)

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return who goes where, and who can't."""
        has_mou = prospects.there_is_an_mou()
        return [self._line(row, asking, has_mou=has_mou) for row in rows]

    def _line(self, row: Any, asking: Asking, *, has_mou: bool) -> Line:
        to, seen = asking.said["to"], f"{row.stage}.{row.step or 0}"
        if row.stage == to:
            already = _("Already at “%(stage)s”") % {"stage": row.get_stage_display()}
            return Line(row.pk, str(row), seen, skipped=already)
        refusal = prospects.step_refused(row, to=to, reason=asking.said["reason"], has_mou=has_mou)
        if refusal is not None:
            way = Repair(gettext_lazy("Open its way"), reverse("prospect", args=[row.slug]))
            return Line(row.pk, str(row), seen, skipped=_("Can't go there"), why=str(refusal), repair=way)
        then = dict(Stage.choices)[Stage(to)]
        return Line(row.pk, str(row), seen, cells=(tag(row.get_stage_display()), tag(then, "info")))

    def do(self, row: Any, *, asking: Asking) -> None:
        """Move one organization, unless somebody moved it since it was looked at."""
        prospects.move_to_stage(
            row,
            to=asking.said["to"],
            reason=asking.said["reason"],
            seen=row.step or 0,
            by=asking.by,
            at=asking.at,
        )

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = ngettext(
            "Move %(number)s of %(chosen)s organization?",
            "Move %(number)s of %(chosen)s organizations?",
            chosen,
        )
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Move %(n)s organization", "Move %(n)s organizations", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext("%(n)s organization moved.", "%(n)s organizations moved.", number)
        return words % {"n": number}

    def will(self) -> str:
        """Return the heading above those who move."""
        return _("Will move")
