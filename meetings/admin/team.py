"""Who sits on the teams of the partnership, and since when."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.groups.domain import teams
from meetings.models import TeamMember
from partners.admin.base import Desk
from partners.models import local_day
from stemnet.admin import portal
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick


@admin.register(TeamMember)
class TeamMemberAdmin(Desk):
    """Members of teams; one is added here, and leaves on the page of the team."""

    task, place, list_name = "networks", 35, _("Members of teams")
    quick = (
        Quick("now", _("Now"), lambda at: Q(left_on=None)),
        Quick("left", _("Left"), lambda at: Q(left_on__isnull=False)),
    )
    portal_column = False
    list_display = ["person", "team", "joined_on", "term_ends", "left_on", "listed", "portal"]
    list_filter = [("team", RowsFilter), "listed"]
    list_select_related = ["person", "team"]
    search_fields = ["person__plain_first_name", "person__plain_last_name", "team__title"]
    search_help_text = _("Person or team")
    ordering = ["team__title", "person__plain_last_name", "pk"]
    autocomplete_fields = ["team", "person"]
    fields = ["team", "person"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: the row stays as it was."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: who left stays in the list of who sat there when."""
        return False

    def save_model(self, request: HttpRequest, obj: TeamMember, form: Any, change: bool) -> None:
        """Let the domain put somebody on the team."""
        on = local_day(timezone.now())
        made = teams.join_team(form.cleaned_data["team"], person=form.cleaned_data["person"], on=on)
        obj.pk, obj._state.adding = made.pk, False

    def portal_page(self, obj: Any) -> str:
        """Return the page of the team."""
        return portal.page("team_edit", obj.team.uid)
