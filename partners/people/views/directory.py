"""The directory of partner organizations."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import DetailView, ListView

from partners.models import Contribution, Organization, Position, Sector, by_name, local_day
from partners.people.forms.directory_filter import DirectoryFilterForm
from partners.people.permissions import may_edit_partnership
from partners.people.requests import PortalRequest
from stemnet.public_pages import public_page


@method_decorator([login_not_required, public_page], name="dispatch")
class PartnerList(ListView[Organization]):
    """Every partner, narrowed by words, sector and level."""

    request: PortalRequest
    template_name = "partners/people/directory.html"
    paginate_by = 30

    def get_queryset(self) -> QuerySet[Organization]:
        """Return the partners that were asked for, by name."""
        self.form = DirectoryFilterForm(self.request.GET)
        partners = self.form.narrow(Organization.objects.public())
        return partners.select_related("part_of").prefetch_related("aliases").order_by("plain_name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form, and how many partners each sector has."""
        counted = Organization.objects.public().order_by().values("sector").annotate(n=Count("pk"))
        by_sector = {row["sector"]: row["n"] for row in counted}
        sectors = [(value, label, by_sector[value]) for value, label in Sector.choices if value in by_sector]
        return {**super().get_context_data(**kwargs), "form": self.form, "sectors": sectors}


@method_decorator([login_not_required, public_page], name="dispatch")
class PartnerPage(DetailView[Organization]):
    """One organization, for those who may see it; people only by their choice and once confirmed."""

    request: PortalRequest
    template_name = "partners/people/partner.html"
    context_object_name = "organization"

    def get_queryset(self) -> QuerySet[Organization]:
        """Return the organizations that one may see, with what the page shows."""
        person = self.request.person
        public = (
            Position.objects.filter(public=True)
            .confirmed()
            .select_related("person")
            .order_by(*by_name("person__"), "pk")
        )
        shown = Organization.objects.current().filter(
            pk__in=Organization.objects.visible_to(person).values("pk")
        )
        shown = shown.order_by("plain_name", "pk")
        today = local_day(timezone.now())
        return (
            Organization.objects.visible_to(person)
            .current()
            .select_related("part_of")
            .prefetch_related(
                "aliases",
                Prefetch("positions", queryset=public.staying(today), to_attr="listed"),
                Prefetch("positions", queryset=public.filter(ended_on__lte=today), to_attr="earlier"),
                Prefetch("contributions", queryset=_given_to_all(), to_attr="given"),
                Prefetch("parts", queryset=shown, to_attr="partner_parts"),
                Prefetch("allies", queryset=shown, to_attr="partner_allies"),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether the log of visits, calls and letters is theirs to read."""
        may_log = may_edit_partnership(self.request.person)
        return {**super().get_context_data(**kwargs), "may_log": may_log}


def _given_to_all() -> QuerySet[Contribution]:
    """Return the contributions that everyone may see, by category."""
    public = Contribution.objects.open().visible_to(None)
    return public.select_related("category").order_by("category__position", "pk")
