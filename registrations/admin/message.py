"""Messages on the desk: what was written to whom; they are written on pages of the portal."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registrations.admin.base import LookingDesk
from registrations.models import Message, SavedText


@admin.register(Message)
class MessageAdmin(LookingDesk):
    """Every message, with how far it is."""

    task, place, list_name = "mail", 12, _("Messages to people")
    delegable = False
    list_display = ["subject", "network", "audience", "written_by", "state", "send_at", "sent_at"]
    list_select_related = ["network", "written_by"]
    list_filter = ["state", "audience"]
    search_fields = ["subject", "text", "network__title"]
    search_help_text = _("Subject, text or network")
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-id"]
    fields = [
        "subject",
        "text",
        "network",
        "group",
        "audience",
        "written_by",
        "state",
        "created_at",
        "send_at",
        "sent_at",
        "stopped_by_name",
    ]


@admin.register(SavedText)
class SavedTextAdmin(LookingDesk):
    """Every saved text; they are changed where messages are written."""

    task, place, list_name = "mail", 14, _("Saved texts")
    list_display = ["name", "network", "subject", "saved_by_name", "saved_at"]
    list_select_related = ["network"]
    search_fields = ["name", "subject", "text"]
    search_help_text = _("Name, subject or text")
    ordering = ["name"]
    fields = ["name", "network", "subject", "text", "saved_by_name", "saved_at"]
