"""Suggesting an organization, for anyone who is signed in; and what became of one's suggestions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest, person_or_403
from partners.prospects.domain import prospects
from partners.prospects.exceptions import InvitationRefused
from partners.prospects.forms.stage_board import SuggestForm


@require_http_methods(["GET", "HEAD", "POST"])
def suggest_organization(request: PortalRequest) -> HttpResponse:
    """Take a suggestion, and list the asker's own."""
    person = person_or_403(request)
    form = SuggestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            suggestion = prospects.suggest(by=person, at=timezone.now(), **form.given())
        except InvitationRefused as refusal:
            form.add_error("workplace", str(refusal))
        else:
            words = {"name": suggestion.organization}
            messages.success(
                request, _("Thank you. We added %(name)s to our list, with your reason.") % words
            )
            return redirect("suggest_organization")
    own = person.suggestions.select_related("organization").order_by("-at")
    return render(request, "partners/prospects/suggest.html", {"form": form, "own": own})
