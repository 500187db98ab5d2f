"""One person on one page, for staff: all that belongs to the networks that they work for."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partners.people.domain import deletion
from partners.people.exceptions import DeletionRefused
from partners.people.requests import PortalRequest, acting, person_or_404
from registrations.desk.forms.record import DeleteForm
from registrations.desk.permissions import may_search
from registrations.records.pages.deletion import before_deletion
from registrations.records.pages.lines import Look
from registrations.records.pages.record import look_at_other, record_of
from registrations.records.views.own import mail_page


@never_cache
@require_safe
def staff_record(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show everything of one person that the asker may see."""
    look = seen_or_404(request, uid)
    context = {
        "record": record_of(look),
        "came_back": [one for one in look.person.emails.all() if one.refused_at],
    }
    return render(request, "registrations/desk/record.html", context)


@never_cache
@require_safe
def staff_record_mail(request: PortalRequest, uid: UUID, digest: str) -> HttpResponse:
    """Show what one mail to somebody said."""
    look = seen_or_404(request, uid)
    back = (reverse("staff_record", args=[uid]) + "#mail", str(look.person))
    return mail_page(request, look, digest, back=back)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def staff_record_delete(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Delete somebody's data on their request; only those who work for the whole partnership do."""
    person = seen_or_404(request, uid).person
    if not person_or_404(request).is_staff_for_all:
        raise PermissionDenied
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deletion.remove_person(person, reason=form.cleaned_data["reason"], **acting(request))
        except DeletionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Their data is deleted. We're e-mailing them that it's done."))
            return redirect("staff")
    context = {"person": person, "form": form, "before": before_deletion(person, at=timezone.now())}
    status = 422 if form.errors else 200
    return render(request, "registrations/desk/record_delete.html", context, status=status)


def seen_or_404(request: PortalRequest, uid: UUID) -> Look:
    """Return a look at the person who is asked for, if the asker works for a network that they are in."""
    by = person_or_404(request)
    look = look_at_other(uid, by=by, at=timezone.now()) if may_search(request.user) else None
    if look is None:
        raise Http404
    return look
