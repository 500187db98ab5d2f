"""Who is in which working group of a network, and since when."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import LookingDesk
from registrations.models import GroupMembership
from stemnet.admin.filters import RowsFilter
from stemnet.admin.quick import Quick


@admin.register(GroupMembership)
class GroupMembershipAdmin(LookingDesk):
    """Members of working groups; a group is changed on the form of the registration."""

    task, place, list_name = "people", 25, _("Members of working groups")
    quick = (
        Quick("now", _("Now"), lambda at: Q(left_at=None)),
        Quick("left", _("Left"), lambda at: Q(left_at__isnull=False)),
    )
    portal_column = False
    list_display = ["who", "working_group", "network", "joined_at", "term_ends", "left_at", "portal"]
    list_filter = [("working_group", RowsFilter), "registration__network__school_year"]
    list_select_related = ["registration__person", "registration__network", "working_group"]
    search_fields = [
        "registration__person__plain_first_name",
        "registration__person__plain_last_name",
        "working_group__title",
    ]
    search_help_text = _("Person or group")
    ordering = ["-pk"]

    @admin.display(description=_("name"), ordering="registration__person__plain_last_name")
    def who(self, membership: GroupMembership) -> str:
        """Return who, last name first."""
        return membership.registration.person.sorted_name

    @admin.display(description=_("network"))
    def network(self, membership: GroupMembership) -> str:
        """Return the network of the group."""
        return str(membership.registration.network)

    def portal_page(self, obj: Any) -> str:
        """Return the staff page of the person in the network."""
        registration = obj.registration
        return reverse("staff_person", args=[registration.network.slug, registration.uid])
