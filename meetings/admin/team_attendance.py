"""Who came to the meetings of teams, and who said that they can't."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from meetings.models import TeamAttendance
from partners.admin.base import Desk
from stemnet.admin import portal
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick


@admin.register(TeamAttendance)
class TeamAttendanceAdmin(Desk):
    """A list to look at: members say whether they come, and a lead marks who came on a page of the portal."""

    task, place, list_name = "networks", 36, _("Attendance at teams' meetings")
    quick = (
        Quick("came", _("Came"), lambda at: Q(came=True)),
        Quick("absent", _("Said they can't come"), lambda at: Q(said_absent_at__isnull=False)),
    )
    list_display = ["person", "meeting", "said_absent_at", "came", "marked_by_name", "marked_at"]
    list_filter = [("meeting__working_group", RowsFilter)]
    list_select_related = ["person", "meeting__working_group"]
    search_fields = ["person__plain_first_name", "person__plain_last_name", "meeting__title"]
    search_help_text = _("Person or meeting")
    ordering = ["-meeting__starts_at", "person__plain_last_name", "pk"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: the page of the meeting adds rows."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: rows are written on the page of the meeting."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: what was said stays."""
        return False

    def portal_page(self, obj: Any) -> str:
        """Return the page where who came is marked."""
        return portal.page("team_came", obj.meeting.uid)
