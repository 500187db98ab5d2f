"""Holds on the repair desk: which seats are kept until when; not what was typed, and no code."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import LookingDesk
from registrations.models import Hold


@admin.register(Hold)
class HoldAdmin(LookingDesk):
    """Every hold; one may be taken away to free its seat."""

    task, place, list_name = "people", 40, _("Seats held for a code")
    list_display = ["address", "network", "takes_seat", "created_at", "expires_at", "used_at", "tries"]
    list_select_related = ["network"]
    list_filter = ["takes_seat", ("used_at", admin.EmptyFieldListFilter), "network__school_year"]
    search_fields = ["address", "network__title"]
    search_help_text = _("E-mail address or network")
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-id"]
    fields = [
        "address",
        "network",
        "keeps_seat",
        "takes_seat",
        "created_at",
        "sent_at",
        "expires_at",
        "used_at",
        "tries",
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow it: a hold that was made by mistake may go, and its seat is free at once."""
        return True
