"""News, and what colleagues say, each with who noted their consent."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.admin.base import Desk
from partners.models import NewsPost, Voice
from partners.people.requests import person_or_403, portal_request


@admin.register(NewsPost)
class NewsPostAdmin(Desk):
    """Every post; it is written on the portal's own page."""

    task, place = "setup", 60
    adds_at = "news_new"
    list_display = ["title", "published_at", "by"]
    list_select_related = ["by"]
    search_fields = ["title", "summary"]
    search_help_text = _("Title or summary")
    readonly_fields = ["published_at", "changed_at", "by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: the portal's page adds them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: the portal's page changes them."""
        return False


class VoiceForm(forms.ModelForm[Voice]):
    """A voice; the box of consent has to be ticked each time the words change."""

    consent = forms.BooleanField(
        label=_("They agreed that we show these words, their role and their organization"),
        error_messages={"required": _("Ask the person first. We show nobody's words without their consent.")},
    )

    class Meta:
        model = Voice
        fields = ["text", "role", "organization", "position", "active"]
        widgets = {"text": forms.Textarea({"rows": 3})}


@admin.register(Voice)
class VoiceAdmin(Desk):
    """What colleagues say, on the home page."""

    task, place, list_name = "setup", 62, _("Voices on the home page")
    form = VoiceForm
    list_display = ["text", "role", "organization", "active", "consent_by", "consent_at"]
    list_select_related = ["organization", "consent_by"]
    autocomplete_fields = ["organization"]
    search_fields = ["text", "role"]
    search_help_text = _("Words or role")
    portal_column = False

    def save_model(self, request: HttpRequest, obj: Voice, form: Any, change: bool) -> None:
        """Note who says that the person agreed, and when."""
        obj.consent_by = person_or_403(portal_request(request))
        obj.consent_at = timezone.now()
        super().save_model(request, obj, form, change)
