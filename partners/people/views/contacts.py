"""The log of visits, calls and letters of one organization: only coordinators read and write it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from partners.models import Organization, local_day
from partners.people.domain import contact_log
from partners.people.forms.contact import ContactForm
from partners.people.requests import PortalRequest, coordinator_or_403

A_PAGE = 30


def partner_contacts(request: PortalRequest, slug: str) -> HttpResponse:
    """Show what was said so far, newest first, and write down more."""
    person = coordinator_or_403(request)
    organization: Organization = get_object_or_404(Organization.objects.current(), slug=slug)
    form = ContactForm(request.POST or None, today=local_day(timezone.now()))
    if request.method == "POST" and form.is_valid():
        contact_log.log_contact(organization, **form.cleaned_data, by=person, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("partner_contacts", slug)
    rows = organization.contacts.select_related("by")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"organization": organization, "form": form, "page_obj": page, "paginator": page.paginator}
    return render(request, "partners/people/contacts.html", context)
