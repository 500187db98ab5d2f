"""Which commitments were accepted, in which wording: to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import LookingDesk
from registrations.models import Acceptance


@admin.register(Acceptance)
class AcceptanceAdmin(LookingDesk):
    """Who accepted which wording, and when."""

    task, place, list_name = "records", 70, _("Accepted commitments")
    list_display = ["person", "network", "version", "accepted_at"]
    list_select_related = ["registration__person", "registration__network", "version"]
    list_filter = ["registration__network__school_year"]
    search_fields = [
        "registration__person__plain_first_name",
        "registration__person__plain_last_name",
        "version__text",
        "registration__network__title",
    ]
    search_help_text = _("Person or network")
    date_hierarchy = "accepted_at"
    ordering = ["-id"]

    @admin.display(description=_("person"), ordering="registration__person__plain_last_name")
    def person(self, acceptance: Acceptance) -> str:
        """Who."""
        return str(acceptance.registration.person)

    @admin.display(description=_("network"))
    def network(self, acceptance: Acceptance) -> str:
        """Return the network that it belongs to."""
        return str(acceptance.registration.network)
