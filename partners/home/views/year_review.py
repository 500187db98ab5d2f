"""A partner's year in review, for its own contacts and coordinators: the page, remarks, and the PDF."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partners.home import documents, pages
from partners.home.domain import year_remarks
from partners.home.domain import year_review as years
from partners.home.exceptions import RemarkRefused
from partners.home.forms import RemarkForm
from partners.home.views.mine import own
from partners.models import Organization, Partnership, YearRemark, local_day
from partners.people.requests import PortalRequest, person_or_403
from stemnet import wording
from stemnet.exceptions import Unprintable


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def year_review(request: PortalRequest, slug: str, year: int) -> HttpResponse:
    """Show the year, or keep a remark on it."""
    organization = own_in(request, slug, year)
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            year_remarks.remark(
                organization,
                year=year,
                text=form.cleaned_data["text"],
                by=person_or_403(request),
                at=timezone.now(),
            )
        except (RemarkRefused, ValidationError) as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Your remark is saved."))
            return redirect("year_review", slug, year)
    return page(request, organization, year, form)


def page(request: PortalRequest, organization: Organization, year: int, form: RemarkForm) -> HttpResponse:
    """Render the year, with room for a remark where it is one's turn."""
    found, remarks = years.review(organization, year=year, at=timezone.now()), remarks_on(organization, year)
    context = {
        "organization": organization,
        "year": wording.school_year(year),
        "review": found,
        "sections": pages.sections(found),
        "remarks": [(pages.who(one), one) for one in remarks],
        "may_remark": bool(remarks) or year_remarks.speaks_for(organization, person_or_403(request)),
        "form": form,
        "first_year": year,
    }
    return render(request, "partners/home/year.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def year_review_pdf(request: PortalRequest, slug: str, year: int) -> HttpResponse:
    """Hand out the year as a PDF."""
    organization, at = own_in(request, slug, year), timezone.now()
    partnership = str(Partnership.objects.first() or "")
    found, remarks = years.review(organization, year=year, at=at), remarks_on(organization, year)
    try:
        pdf = documents.render(pages.paper(found, remarks, partnership=partnership), at=at)
    except Unprintable as fault:
        messages.error(request, str(fault))
        return redirect("year_review", slug, year)
    name = f"{organization.slug}-{wording.school_year(year)}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def own_in(request: PortalRequest, slug: str, year: int) -> Organization:
    """Return one's own organization. Raises Http404 for every other, and for a year that has not begun."""
    if not years.FIRST <= year <= wording.school_year_begun(local_day(timezone.now())):
        raise Http404
    return own(request, slug)


def remarks_on(organization: Organization, year: int) -> list[YearRemark]:
    """Return the remarks on a year, first first."""
    return list(organization.year_remarks.filter(year=year).select_related("organization"))
