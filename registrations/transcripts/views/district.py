"""The hours of an organization's own people who agreed, for its contacts: page and table."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.models import Organization, local_day
from partners.people.permissions import may_see_people_of
from partners.people.requests import PortalRequest
from registrations.credit.domain.credit_words import units_words
from registrations.credit.domain.rounding import decimal_down
from registrations.transcripts.domain.district import OwnHours, SchoolYear, hours_at
from stemnet.tables.writing import Row, Sheet
from stemnet.views.tables import attached

KINDS = ("xlsx", "csv")


def own_organization(request: PortalRequest, slug: str) -> Organization:
    """Return the organization for whose contacts the page is. Raises Http404 for anybody else."""
    found = get_object_or_404(Organization.objects.current(), slug=slug)
    if not may_see_people_of(request.person, found):
        raise Http404
    return found


@never_cache
@require_safe
def partner_hours(request: PortalRequest, slug: str) -> HttpResponse:
    """Show hours by year and school, and below each the people who agreed."""
    organization = own_organization(request, slug)
    found = hours_at(organization, at=timezone.now())
    context = {"organization": organization, "parts": [(one, people_of(one)) for one in found]}
    return render(request, "registrations/transcripts/partner_hours.html", context)


def people_of(part: SchoolYear) -> list[tuple[OwnHours, str]]:
    """Return the people with their units in words."""
    return [(one, units_of(one)) for one in part.people]


def units_of(one: OwnHours) -> str:
    """Return "12 PDPs", or nothing where there is no certificate."""
    return ", ".join(units_words(units, rule) for rule, units in one.units)


@never_cache
@require_safe
def partner_hours_file(request: PortalRequest, slug: str, kind: str) -> HttpResponseBase:
    """Hand out the same as a table, a row a person, school and year."""
    organization, at = own_organization(request, slug), timezone.now()
    if kind not in KINDS:
        raise Http404
    header = [_("School year"), _("School"), _("Last name"), _("First name"), _("Networks"), _("Hours")]
    sheet = Sheet(
        title=_("Hours"),
        header=[*header, _("Units with a certificate")],
        rows=_rows(hours_at(organization, at=at)),
        widths=(12, 34, 18, 18, 50, 10, 24),
    )
    return attached(f"{organization.slug}-hours-{local_day(at)}.{kind}", [sheet])


def _rows(parts: list[SchoolYear]) -> Iterator[Row]:
    for part in parts:
        for one in part.people:
            hours = decimal_down(one.hours)
            person = one.person
            yield [
                part.year,
                part.school,
                person.last_name,
                person.first_name,
                "; ".join(one.networks),
                hours,
                units_of(one),
            ]
