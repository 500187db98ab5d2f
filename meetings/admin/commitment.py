"""Commitments on the repair desk, with every wording they had."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meetings.models import Commitment, CommitmentVersion
from partners.admin.base import Desk, ReadOnlyInline


class WordingInline(ReadOnlyInline):
    """Its wordings; a new one is written on the page of the network."""

    model = CommitmentVersion
    fields = ["number", "text", "written_at"]


@admin.register(Commitment)
class CommitmentAdmin(Desk):
    """Every commitment in its newest wording."""

    task, place = "networks", 40
    list_display = ["wording", "network", "required", "position"]
    list_select_related = ["network"]
    list_filter = ["required", "network__school_year"]
    search_fields = ["versions__text", "network__title"]
    search_help_text = _("Text or network")
    readonly_fields = ["network"]
    inlines = [WordingInline]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch the wordings of a page at once."""
        return super().get_queryset(request).prefetch_related("versions")

    @admin.display(description=_("wording"))
    def wording(self, commitment: Commitment) -> str:
        """Return the newest text."""
        return str(commitment)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: commitments are written on the page of their network."""
        return False
