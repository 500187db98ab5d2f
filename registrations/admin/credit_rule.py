"""Credit rules on the repair desk: a version in force is never edited, the next one is made from it."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partners.admin.base import Desk
from partners.models import local_day
from registrations.admin.credit_rule_form import CreditRuleForm
from registrations.credit.domain import figures, versions
from registrations.models import CreditRule

DAYS_AHEAD = 30


@admin.register(CreditRule)
class CreditRuleAdmin(Desk):
    """Every version of every rule. A rule that is in force can only be given its last day."""

    task, place = "records", 80
    form = CreditRuleForm
    list_display = ["code", "version", "name", "minimum", "minimum_basis", "effective_from", "effective_to"]
    list_filter = ["code", "minimum_basis"]
    search_fields = ["code", "name", "source"]
    search_help_text = _("Code, name or source")
    date_hierarchy = "effective_from"
    actions = ["make_next_versions"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Lock a version: documents say by which one they were worked out."""
        if obj is None or obj.effective_from > local_day(timezone.now()):
            return ["code", "version"] if obj else []
        names = [field.name for field in CreditRule._meta.concrete_fields]
        return [name for name in names if name not in ("id", "effective_to", "source")]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow it for a version that is not in force yet."""
        return obj is None or obj.effective_from > local_day(timezone.now())

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: CreditRule, form: Any, change: bool) -> None:
        """Let hours follow where a network goes by this version now, or by it in another form."""
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
