"""The list of organizations: its stage, contact, part and needs, and the last word with each."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Max, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from partners.admin.acts.reminding import status_tag, with_parts
from partners.admin.partner_questions import of_rows, part_missing, part_overdue, part_to_read, parts_now
from partners.models import Contact, MouRole, Need, Organization, Person, Position, Stage, local_day
from stemnet.admin.cells import count, quiet, tag

USUAL = (Stage.PARTNER, Stage.NONE)
ENDED = (Stage.DECLINED, Stage.FORMER)


def with_cells(organizations: QuerySet[Any]) -> QuerySet[Any]:
    """Read what the columns say, by two more queries for a page and subqueries of its rows."""
    mine = OuterRef("pk")
    needs = Need.objects.open().filter(organization=mine).order_by().values("organization")
    contacts = Contact.objects.filter(organization=mine).order_by().values("organization")
    speaking = Position.objects.speaking(local_day(timezone.now())).select_related("person").order_by("pk")
    rows: QuerySet[Any] = with_parts(organizations).annotate(
        open_needs=Coalesce(Subquery(needs.annotate(n=Count("pk")).values("n")), 0),
        last_contact=Subquery(contacts.annotate(day=Max("on")).values("day")),
    )
    return rows.prefetch_related(Prefetch("positions", queryset=speaking, to_attr="contacts_now"))


def lead_of(organization: Any) -> Person | None:
    """Return who speaks for an organization: the lead contact of its part, else its contact without one."""
    leads = [part.lead_contact for part in organization.parts_now if part.lead_contact]
    return next(iter([*leads, *(position.person for position in organization.contacts_now)]), None)


class PartFilter(admin.SimpleListFilter):
    """Narrow organizations by the state of their part."""

    title = gettext_lazy("Part of the MOU")
    parameter_name = "part"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states."""
        states = [MouRole.Status(one) for one in MouRole.Status if one != MouRole.Status.WITHDRAWN]
        return [
            ("missing", _("Missing")),
            ("overdue", _("Overdue")),
            *((one.value, one.label) for one in states),
            ("none", _("Not asked")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return those whose part is in a state."""
        value, at = self.value(), timezone.now()
        asked = {"missing": part_missing, "overdue": part_overdue, "submitted": part_to_read}
        if value in asked:
            return queryset.filter(asked[value](at))
        if value == "none":
            return queryset.exclude(of_rows(parts_now()))
        if value in MouRole.Status.values:
            return queryset.filter(of_rows(parts_now().filter(status=value)))
        return queryset


class PartnerColumns:
    """The columns of the list."""

    @admin.display(description=gettext_lazy("name"), ordering="plain_name")
    def shown_name(self, organization: Organization) -> str:
        """Return the name, sorted as everywhere."""
        return organization.name

    @admin.display(description=gettext_lazy("stage"), ordering="stage")
    def shown_stage(self, organization: Organization) -> str:
        """Return the stage; only what is unusual is a tag."""
        words = organization.get_stage_display()
        if organization.stage in USUAL:
            return quiet(words)
        return tag(words, "bad" if organization.stage in ENDED else "info")

    @admin.display(description=gettext_lazy("lead contact"))
    def lead(self, organization: Any) -> str:
        """Lead to who speaks for it."""
        person = lead_of(organization)
        if person is not None:
            return format_html(
                '<a href="{}">{}</a>', reverse("admin:partners_person_change", args=[person.pk]), person
            )
        wanted = organization.stage in (Stage.PARTNER, Stage.DRAFTING)
        return tag(_("nobody"), "bad") if wanted else quiet(_("nobody yet"))

    @admin.display(description=gettext_lazy("part of the MOU"))
    def part(self, organization: Any) -> str:
        """Say how far its part is, and since when it is late."""
        part = next(iter(organization.parts_now), None)
        if part is None:
            return tag(_("not asked"), "none")
        return format_html("{}{}", status_tag(part), _when(part))

    @admin.display(description=gettext_lazy("needs open"), ordering="open_needs")
    def needs(self, organization: Any) -> str:
        """Return how many needs stand."""
        return count(organization.open_needs, reverse("needs_of", args=[organization.slug]))

    @admin.display(description=gettext_lazy("last contact"), ordering="last_contact")
    def spoken(self, organization: Any) -> str:
        """Return the day of the last visit, call or letter."""
        day = organization.last_contact
        return short_day(day) if day else quiet(_("never"))


def short_day(day: Any) -> str:
    """Return a day without its weekday, and without its year where it is this one's."""
    today = local_day(timezone.now())
    if day == today:
        return _("Today")
    return dateformat.format(day, "M j" if day.year == today.year else "M j, Y")


def _when(part: MouRole) -> str:
    """Say how many days late a part is, when it is due, or when it was submitted."""
    today = local_day(timezone.now())
    if part.status in MouRole.EDITABLE and part.due is not None:
        days = (today - part.due).days
        if days > 0:
            late = ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}
            return format_html('<span class="late">{}</span>', late)
        return format_html('<span class="due">{}</span>', _("due %(day)s") % {"day": short_day(part.due)})
    if part.status == MouRole.Status.SUBMITTED and part.submitted_at:
        return format_html('<span class="due">{}</span>', short_day(local_day(part.submitted_at)))
    return ""
