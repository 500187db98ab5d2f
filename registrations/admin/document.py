"""Documents on the repair desk: to look at; revoking and replacing is done on their staff page."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partners.admin.base import ReadOnlyInline
from partners.admin.partner_list import short_day
from partners.models import local_day
from registrations.admin.base import LookingDesk
from registrations.models import Document, DocumentChange
from stemnet.admin.quick import Quick


class ChangeInline(ReadOnlyInline):
    """Its statuses so far."""

    model = DocumentChange
    fields = ["at", "from_status", "to_status", "by_name", "reason"]


@admin.register(Document)
class DocumentAdmin(LookingDesk):
    """Every issued document, revoked and superseded ones included."""

    task, place, list_name = "records", 40, _("Documents and certificates")
    quick = (
        Quick(
            "review",
            _("To be reviewed"),
            lambda at: Q(to_be_reviewed_at__isnull=False),
            tag=ngettext_lazy("%(n)s to review", "%(n)s to review", "n"),
            figure=ngettext_lazy("document to review", "documents to review", "n"),
        ),
    )
    list_display = ["number", "kind", "person", "network", "status", "issued", "to_be_reviewed_at", "portal"]
    portal_column = False
    list_select_related = ["person", "network"]
    list_filter = [
        "kind",
        "status",
        "network__school_year",
        ("to_be_reviewed_at", admin.EmptyFieldListFilter),
    ]
    search_fields = [
        "number",
        "code",
        "person__plain_first_name",
        "person__plain_last_name",
        "network__title",
    ]
    search_help_text = _("Number, code, person or network")
    date_hierarchy = "issued_at"
    fields = [
        "number",
        "kind",
        "person",
        "network",
        "status",
        "issued_at",
        "replaced_by",
        "to_be_reviewed_at",
        "review_reason",
        "sha256",
        "snapshot",
        "page",
    ]
    readonly_fields = ["page"]
    inlines = [ChangeInline]

    @admin.display(description=_("issued"), ordering="issued_at")
    def issued(self, document: Document) -> str:
        """Return the day on which it was issued."""
        return short_day(local_day(document.issued_at))

    def portal_page(self, obj: Any) -> str:
        """Return the staff page of a document."""
        return reverse("staff_document", args=[obj.uid])

    @admin.display(description=_("page"))
    def page(self, document: Document) -> str:
        """Return where it is revoked or replaced."""
        return format_html(
            '<a href="{}">{}</a>',
            reverse("staff_document", args=[document.uid]),
            _("Revoke or replace on its own page"),
        )
