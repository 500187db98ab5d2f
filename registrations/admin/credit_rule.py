"""Credit rules on the repair desk: a version that others go by is never edited; the next is made from it."""

from copy import copy
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meetings.models import Network
from partners.admin.base import Desk
from partners.models import local_day
from partners.people.requests import person_or_403, portal_request
from registrations.admin.credit_rule_fields import FIELDSETS
from registrations.admin.credit_rule_form import TRY, CreditRuleForm
from registrations.credit.domain import changing_rule, figures, versions
from registrations.models import CreditRule

DAYS_AHEAD = 30
TRIED_ON = "tried_on"


@admin.register(CreditRule)
class CreditRuleAdmin(Desk):
    """Every version of every rule. What is changed of one that others go by becomes the next."""

    task, place = "records", 80
    form = CreditRuleForm
    fieldsets = FIELDSETS
    change_form_template = "admin/registrations/creditrule/change_form.html"
    add_form_template = change_form_template
    list_display = ["code", "version", "name", "minimum", "minimum_basis", "effective_from", "effective_to"]
    list_filter = ["code", "minimum_basis"]
    search_fields = ["code", "name", "source"]
    search_help_text = _("Code, name or source")
    date_hierarchy = "effective_from"
    actions = ["make_next_versions"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Say which version of which rule it is; the domain counts them."""
        return ["code", "version"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow it for a version that nobody goes by yet."""
        return obj is None or not versions.is_fixed(obj, today=local_day(timezone.now()))

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Offer to try the values on a network, and do so; a trial writes nothing."""
        networks = Network.objects.staffed_by(person_or_403(portal_request(request)))
        networks = networks.exclude(kind=Network.Kind.INFORMATION_SESSION)
        extra: dict[str, Any] = {**(extra_context or {}), "networks": networks}
        if request.method == "POST" and TRY in request.POST:
            return self.trial(request, object_id, extra)
        return super().changeform_view(request, object_id, form_url, extra)

    def trial(self, request: HttpRequest, object_id: Any, extra: dict[str, Any]) -> HttpResponse:
        """Show the form as it was typed, with who gains and who loses in the chosen network."""
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and obj is None:
            raise Http404
        if not (self.has_change_permission(request, obj) if obj else self.has_add_permission(request)):
            raise PermissionDenied
        form = self.get_form(request, obj, change=obj is not None)(request.POST, instance=copy(obj))
        chosen = request.POST.get(TRIED_ON, "")
        network = extra["networks"].filter(pk=chosen).first() if chosen.isdecimal() else None
        if form.is_valid() and network is not None:
            extra |= tried(form, network)
        shown = {
            **self.admin_site.each_context(request),
            "title": _("Try the rule on a network"),
            "adminform": self.admin_form(request, obj, form),
            "object_id": object_id,
            "original": obj,
            "is_popup": False,
            "to_field": None,
            "media": self.media + form.media,
            "inline_admin_formsets": [],
            "errors": AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
            "trial": True,
            "network": network,
            **extra,
        }
        return self.render_change_form(request, shown, add=obj is None, change=obj is not None, obj=obj)

    def admin_form(self, request: HttpRequest, obj: CreditRule | None, form: Any) -> AdminForm:
        """Return a form as the admin lays it out."""
        readonly = self.get_readonly_fields(request, obj)
        fieldsets: Any = list(self.get_fieldsets(request, obj))
        return AdminForm(form, fieldsets, {}, readonly, model_admin=self)

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: CreditRule, form: Any, change: bool) -> None:
        """Write a version, or the next one where others go by it; hours follow where a network goes by it."""
        if change and form.becomes_next:
            before = obj.version
            versions.save_as_next(obj)
            words = {"next": obj.version, "before": before}
            self.message_user(
                request, _("Version %(next)s is new. Version %(before)s stays as it was.") % words
            )
        else:
            super().save_model(request, obj, form, change)
        self.tell(obj)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: CreditRule) -> None:
        """Let hours follow where a network went by this version."""
        super().delete_model(request, obj)
        self.tell(obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[CreditRule]) -> None:
        """Let hours follow where a network went by one of these versions."""
        gone = list(queryset)
        super().delete_queryset(request, queryset)
        for rule in gone:
            self.tell(rule)

    def tell(self, rule: CreditRule) -> None:
        """Say that the figures of networks that go by this rule may have changed."""
        because = _("The credit rule %(rule)s was changed") % {"rule": rule}
        figures.rules_may_have_changed(rule, because=str(because), at=timezone.now())

    @transaction.atomic
    @admin.action(description=_("Make the next version, to edit before it takes effect"))
    def make_next_versions(self, request: HttpRequest, queryset: QuerySet[CreditRule]) -> None:
        """Copy the newest version of each chosen rule; it comes into force in a month, unless changed."""
        from_day = local_day(timezone.now()) + timedelta(days=DAYS_AHEAD)
        codes = sorted(set(queryset.values_list("code", flat=True)))
        for code in codes:
            self.tell(versions.make_next(code, effective_from=from_day))
        text = ngettext("%(number)s new version.", "%(number)s new versions.", len(codes))
        self.message_user(request, text % {"number": len(codes)})


def tried(form: CreditRuleForm, network: Network) -> dict[str, Any]:
    """Return who would gain or lose in ``network`` by the values of a valid form; nothing is written."""
    version = form.instance
    if form.becomes_next:
        version.version = versions.next_number(version.code)
    effects = changing_rule.preview(network, version, at=timezone.now())
    return {
        "effects": effects,
        "gain": sum(effect.gains for effect in effects),
        "lose": sum(effect.loses for effect in effects),
        "documents": sum(len(effect.to_review) for effect in effects),
    }
