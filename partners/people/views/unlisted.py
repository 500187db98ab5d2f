"""The coordinator's queue of organizations that people typed and that are not listed yet."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.generic import ListView

from partners.models import Organization
from partners.people.domain import organizations, positions
from partners.people.domain.positions import Unlisted
from partners.people.forms.unlisted import AddForm, LinkForm
from partners.people.permissions import may_link_organizations
from partners.people.requests import PortalRequest


class UnlistedList(UserPassesTestMixin, ListView[Any]):
    """The words that wait, those of most people first."""

    request: PortalRequest
    template_name = "partners/people/unlisted.html"
    context_object_name = "rows"
    paginate_by = 50
    raise_exception = True

    def test_func(self) -> bool:
        """Return whether a coordinator asks."""
        return may_link_organizations(self.request.person)

    def get_queryset(self) -> Any:
        """Return all words, read in one query."""
        return positions.unlisted()


def link_unlisted(request: PortalRequest) -> HttpResponse:
    """Link the words to an organization that is listed, or add it."""
    if not may_link_organizations(request.person):
        raise PermissionDenied
    row = _row(organizations.tidy(request.GET.get("words", "")))
    adding = request.method == "POST" and "add" in request.POST
    linking = request.method == "POST" and not adding
    alike = row.words if organizations.search(row.words) else ""
    link = LinkForm(request.POST if linking else None, initial={"workplace": alike}, prefix="link")
    add = AddForm(request.POST if adding else None, initial={"name": row.words}, prefix="add")
    form = add if adding else link
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            organization = add.save() if adding else link.cleaned_data["workplace"]
            people = positions.link(
                row.words, organization=organization, remember=form.cleaned_data["remember"]
            )
        _say(request, organization, people)
        return redirect("unlisted_organizations")
    return render(request, "partners/people/unlisted_link.html", {"row": row, "link": link, "add": add})


def _row(words: str) -> Unlisted:
    """Return the words with how many people typed them, while they still wait."""
    waiting = positions.unlisted(words)
    if not words or not waiting:
        raise Http404
    return waiting[0]


def _say(request: PortalRequest, organization: Organization, linked: int) -> None:
    """Say what happened."""
    text = ngettext(
        "%(number)s position is now linked to %(organization)s.",
        "%(number)s positions are now linked to %(organization)s.",
        linked,
    )
    messages.success(request, text % {"number": linked, "organization": organization})
