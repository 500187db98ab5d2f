"""Matches of a need and a contribution: proposed, and moved on step by step."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partners.admin.acts.exchanging import Confirm, Deliver, Drop, Introduce
from partners.admin.base import Desk, ReadOnlyInline
from partners.admin.cells import match_tag
from partners.admin.partner_list import short_day
from partners.exchange.domain import exchange
from partners.models import Match, MatchChange, local_day
from partners.people.requests import person_or_403, portal_request
from stemnet.admin import portal
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick

State = Match.State


class StepInline(ReadOnlyInline):
    """Its steps so far."""

    model = MatchChange
    fields = ["at", "from_status", "to_status", "by_name", "reason"]


class MatchForm(forms.ModelForm[Match]):
    """A need, and the contribution that is proposed for it."""

    class Meta:
        model = Match
        fields = ["need", "contribution"]


@admin.register(Match)
class MatchAdmin(Desk):
    """Every match; its state changes by steps."""

    task, place = "partners", 40
    form = MatchForm
    acts = (Introduce, Confirm, Deliver, Drop)
    quick = (
        Quick("proposed", State.PROPOSED.label, lambda at: Q(state=State.PROPOSED)),
        Quick(
            "introduced",
            State.INTRODUCED.label,
            lambda at: Q(state=State.INTRODUCED),
            tag=ngettext_lazy("%(n)s to confirm", "%(n)s to confirm", "n"),
        ),
        Quick("confirmed", State.CONFIRMED.label, lambda at: Q(state=State.CONFIRMED)),
    )
    portal_column = False
    list_display = ["needs", "gives", "category", "step", "since", "owner", "portal"]
    list_filter = ["state", ("need__category", RowsFilter)]
    list_select_related = [
        "need__organization",
        "need__category",
        "contribution__organization",
        "contribution__category",
        "owner",
    ]
    search_fields = ["need__organization__plain_name", "contribution__organization__plain_name"]
    search_help_text = _("Either organization")
    ordering = ["-pk"]
    autocomplete_fields = ["need", "contribution"]
    inlines = [StepInline]

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Show no steps of what is only being proposed."""
        return super().get_inlines(request, obj) if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether acts are offered; a match itself is not rewritten."""
        return super().has_change_permission(request, obj) and obj is None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: a match is dropped, for a reason."""
        return False

    def save_model(self, request: HttpRequest, obj: Match, form: Any, change: bool) -> None:
        """Let the domain propose it."""
        by = person_or_403(portal_request(request))
        made = exchange.propose_match(
            need=form.cleaned_data["need"],
            contribution=form.cleaned_data["contribution"],
            by=by,
            owner=by,
            at=timezone.now(),
        )
        obj.pk, obj._state.adding = made.pk, False

    def portal_page(self, obj: Any) -> str:
        """Return the page of the match."""
        return portal.page("match", obj.uid)

    @admin.display(description=_("needed by"), ordering="need__organization__plain_name")
    def needs(self, match: Match) -> str:
        """Return who needs it."""
        return str(match.need.organization)

    @admin.display(description=_("given by"), ordering="contribution__organization__plain_name")
    def gives(self, match: Match) -> str:
        """Return who gives it."""
        return str(match.contribution.organization)

    @admin.display(description=_("category"))
    def category(self, match: Match) -> str:
        """Return what it is about."""
        return str(match.need.category)

    @admin.display(description=_("state"), ordering="state")
    def step(self, match: Match) -> str:
        """Return how far it is."""
        return match_tag(match)

    @admin.display(description=_("since"), ordering="made_at")
    def since(self, match: Match) -> str:
        """Return the day on which it was proposed."""
        return short_day(local_day(match.made_at))
