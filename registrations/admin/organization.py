"""What registrations add to the list and the page of an organization: who is registered through it."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from partners.admin.partner_page import MOST_ROWS
from partners.models import Organization, Person, Stage
from registrations.admin.organization_rows import RegisteredInline
from registrations.models import Registration
from registrations.seats.pages import registered
from stemnet import panels
from stemnet.admin import added
from stemnet.admin.cells import count
from stemnet.admin.quick import Quick


def nobody_registered(at: datetime) -> Q:
    """Ask from which partners nobody is registered, nor from a part of them."""
    held = Registration.objects.live().filter(position__organization__isnull=False)
    here = held.values("position__organization")
    above = held.filter(position__organization__part_of__isnull=False)
    parts = above.values("position__organization__part_of")
    return Q(stage=Stage.PARTNER) & ~Q(pk__in=here) & ~Q(pk__in=parts)


def count_registered(organizations: QuerySet[Any]) -> QuerySet[Any]:
    """Count who is registered through each organization or a part of it."""
    live = Registration.objects.live().order_by()
    here = live.filter(position__organization=OuterRef("pk")).values("position__organization")
    above = live.filter(position__organization__part_of=OuterRef("pk"))
    parts = above.values("position__organization__part_of")
    people = Count("person", distinct=True)
    rows: QuerySet[Any] = organizations.annotate(
        registered_here=Coalesce(Subquery(here.annotate(n=people).values("n")), 0),
        registered_below=Coalesce(Subquery(parts.annotate(n=people).values("n")), 0),
    )
    return rows


@admin.display(description=gettext_lazy("registered"), ordering="registered_here")
def people_registered(organization: Any) -> str:
    """Return how many people are registered, which opens their list."""
    number = organization.registered_here + organization.registered_below
    url = reverse("admin:registrations_registration_changelist")
    return count(number, f"{url}?position__organization__id__exact={organization.pk}")


class RegisteredIn(admin.SimpleListFilter):
    """Narrow organizations to those with somebody in a network."""

    title = gettext_lazy("Registered in")
    parameter_name = "network"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the newest networks."""
        newest = Network.objects.order_by("-school_year", "title")[:12]
        return [(str(network.pk), str(network)) for network in newest]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return those with somebody registered there."""
        value = self.value() or ""
        if not value.isdecimal():
            return queryset
        there = Registration.objects.live().filter(network=int(value), position__organization__isnull=False)
        return queryset.filter(pk__in=there.values("position__organization"))


def registrations_of(organization: Organization, *, person: Person, at: datetime) -> dict[str, Any]:
    """Return how many live registrations there are; the rows stand above. One query."""
    return {
        "key": "registrations-group",
        "title": _("Registrations"),
        "number": registered(organization).count(),
        "shown": MOST_ROWS,
        "organization": organization,
    }


added.to(
    Organization,
    columns=[people_registered],
    filters=[RegisteredIn],
    quick=[Quick("nobody", gettext_lazy("Nobody registered"), nobody_registered, link=True)],
    inlines=[RegisteredInline],
    annotate=count_registered,
)
panels.add(
    "admin_partner", template="registrations/admin/_registrations.html", read=registrations_of, place=10
)
