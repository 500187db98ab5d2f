"""What licenses want to be renewed, on the repair desk."""

from django.contrib import admin

from partners.admin.base import Desk
from registrations.models import RenewalRule


@admin.register(RenewalRule)
class RenewalRuleAdmin(Desk):
    """The windows of licenses, each with its source; transcripts add up what counts in one."""

    task, place = "records", 85
    list_display = ["name", "code", "years", "units", "effective_from", "effective_to"]
    search_fields = ["name", "code", "source"]
    portal_column = False
