"""Materials of meetings, to look at and to find; what was removed can be brought back."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meetings.gathering.domain import materials
from meetings.models import Material, MaterialVersion
from partners.admin.base import ReadOnlyDesk, ReadOnlyInline
from stemnet.admin import portal
from stemnet.admin.acts import Act, Asking, Line
from stemnet.admin.quick import Quick


class BringBack(Act):
    """Put materials back on the pages of their meetings."""

    name = permission = "bring_back"
    label = _("Bring back")
    icon = "arrow-right-circle"
    columns = (_("Meeting"),)
    promises = (_("They're on the page again, for whom they were before."),)

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return which are removed, and whose title is taken since."""
        titles = Material.objects.standing().filter(meeting__in={row.meeting_id for row in rows})
        taken = set(titles.values_list("meeting_id", "title"))
        return [self._line(row, is_taken=(row.meeting_id, row.title) in taken) for row in rows]

    def _line(self, row: Material, *, is_taken: bool) -> Line:
        seen = str(row.removed_at)
        if row.removed_at is None:
            return Line(row.pk, row.title, seen, skipped=_now("Is on the page"))
        if is_taken:
            return Line(row.pk, row.title, seen, skipped=_now("Another material has this title"))
        return Line(row.pk, row.title, seen, cells=(row.meeting.title,))

    def rows(self, queryset: Any) -> Any:
        """Return materials with their meetings."""
        return queryset.select_related("meeting")

    def do(self, row: Any, *, asking: Asking) -> None:
        """Bring one back."""
        materials.bring_back(row)

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        values = {"number": number, "chosen": chosen}
        return _now("Bring back %(number)s of %(chosen)s materials?") % values

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Bring back %(n)s material", "Bring back %(n)s materials", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext("%(n)s material is back.", "%(n)s materials are back.", number)
        return words % {"n": number}

    def will(self) -> str:
        """Return the heading above them."""
        return _now("Will be back")


class VersionInline(ReadOnlyInline):
    """Its files, the newest first."""

    model = MaterialVersion
    fields = ["number", "name", "size", "content_type", "added_at", "added_by", "sha256"]
    show_change_link = False


@admin.register(Material)
class MaterialAdmin(ReadOnlyDesk):
    """Every material; it is written on the page of its meeting."""

    task, place = "networks", 24
    quick = (
        Quick("here", _("On the page"), lambda at: Q(removed_at=None)),
        Quick("removed", _("Removed"), lambda at: Q(removed_at__isnull=False)),
    )
    acts = [BringBack]
    list_display = ["title", "meeting", "kind", "seen_by", "seen_from", "versions", "added_at", "told_at"]
    list_filter = ["kind", "seen_by", "seen_from"]
    list_select_related = ["meeting"]
    search_fields = ["title", "note", "meeting__title"]
    search_help_text = _("Title or meeting")
    ordering = ["-added_at", "-pk"]
    inlines = [VersionInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Count the versions at once."""
        return super().get_queryset(request).annotate(number=Count("versions"))

    def has_bring_back_permission(self, request: HttpRequest) -> bool:
        """Let those bring back who could change rows of this list, if any were changed here."""
        return super(ReadOnlyDesk, self).has_change_permission(request)

    @admin.display(description=_("versions"))
    def versions(self, material: Any) -> int:
        """Return how many there are."""
        number: int = material.number
        return number

    def portal_page(self, obj: Any) -> str:
        """Return the page where it is edited."""
        return portal.page("material_edit", obj.uid) if obj.removed_at is None else ""
