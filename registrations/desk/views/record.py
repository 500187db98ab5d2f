"""One person on one page, for staff: all that belongs to the networks that they work for."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.models import Person
from partners.people.requests import PortalRequest, person_or_404
from registrations.desk.permissions import may_search
from registrations.records.pages.lines import Look
from registrations.records.pages.record import person_seen_by, record_of
from registrations.records.views.own import mail_page
from stemnet import panels


@never_cache
@require_safe
def staff_record(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show everything of one person that the asker may see."""
    by, at = person_or_404(request), timezone.now()
    person = seen_or_404(request, uid)
    context = {
        "record": record_of(person, by=by, at=at),
        "panels": panels.of("person", person, person=by, at=at),
        "came_back": [one for one in person.emails.all() if one.refused_at],
    }
    return render(request, "registrations/desk/record.html", context)


@never_cache
@require_safe
def staff_record_mail(request: PortalRequest, uid: UUID, digest: str) -> HttpResponse:
    """Show what one mail to somebody said."""
    by, person = person_or_404(request), seen_or_404(request, uid)
    back = (reverse("staff_record", args=[uid]) + "#mail", str(person))
    return mail_page(request, Look(person, by, timezone.now()), digest, back=back)


def seen_or_404(request: PortalRequest, uid: UUID) -> Person:
    """Return the person who is asked for, if the asker works for a network that they are in."""
    by = person_or_404(request)
    person = person_seen_by(by, uid) if may_search(request.user) else None
    if person is None:
        raise Http404
    return person
