"""Setting the sector or the region of organizations."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.models import Sector
from partners.people.domain import organizations
from stemnet.admin.acts import Act, Asking, Line
from stemnet.admin.cells import quiet
from stemnet.forms.fields import LineField


class DescribeForm(forms.Form):
    """A sector, a region, or both."""

    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        required=False,
        choices=[("", gettext_lazy("Leave as it is")), *Sector.choices],
    )
    region = LineField(
        label=gettext_lazy("Region"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Leave empty to leave it as it is."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse to change nothing."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("sector") and not data.get("region"):
            raise forms.ValidationError(_("Choose a sector, type a region, or do both."))
        return data


class Describe(Act):
    """Set sector and region."""

    name = "describe"
    label = gettext_lazy("Set sector or region")
    icon = "tag"
    form_class = DescribeForm
    depends_on = ("sector", "region")
    columns = (gettext_lazy("Sector"), gettext_lazy("Region"))
    promises = (gettext_lazy("Each organization's history keeps what it said before."),)

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return what changes."""
        sector, region = asking.said["sector"], asking.said["region"]
        return [_line(row, sector=sector or row.sector, region=region or row.region) for row in rows]

    def do(self, row: Any, *, asking: Asking) -> None:
        """Set it for one organization."""
        organizations.describe(
            row, sector=asking.said["sector"], region=asking.said["region"], by=asking.by, at=asking.at
        )

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = ngettext(
            "Change %(number)s of %(chosen)s organization?",
            "Change %(number)s of %(chosen)s organizations?",
            chosen,
        )
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Change %(n)s organization", "Change %(n)s organizations", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext("%(n)s organization changed.", "%(n)s organizations changed.", number)
        return words % {"n": number}

    def will(self) -> str:
        """Return the heading above those that change."""
        return _("Will change")


def _line(row: Any, *, sector: str, region: str) -> Line:
    seen = f"{row.sector}.{row.region}"
    if (sector, region) == (row.sector, row.region):
        return Line(row.pk, str(row), seen, skipped=_("Already set to this"))
    old = row.get_sector_display(), row.region or quiet(_("none"))
    new = dict(Sector.choices)[Sector(sector)], region
    cells = [
        after if before == after else _arrow(before, after) for before, after in zip(old, new, strict=True)
    ]
    return Line(row.pk, str(row), seen, cells=cells)


def _arrow(before: Any, after: Any) -> str:
    return _("%(before)s → %(after)s") % {"before": before, "after": after}
