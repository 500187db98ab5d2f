"""Memoranda on the repair desk: texts, parts, documents and signatures with their history, to look at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partners.admin.base import ReadOnlyDesk, ReadOnlyInline, SeenHistory
from partners.models import (
    Mou,
    MouDocument,
    MouDocumentPart,
    MouReview,
    MouSection,
    MouText,
    Objection,
    RoleChange,
    RoleComment,
    Signature,
    SignatureChange,
)


class SeenInline(ReadOnlyInline):
    """Rows of a memorandum, which have no page of their own here."""

    show_change_link = False


class SectionInline(SeenInline):
    """The sections of a version."""

    model = MouSection
    fields = ["position", "key", "heading", "body"]


class RoleChangeInline(SeenInline):
    """How the status of a part went."""

    model = RoleChange
    fields = ["at", "from_status", "to_status", "by_name", "reason"]


class CommentInline(SeenInline):
    """What was said beside a part."""

    model = RoleComment
    fields = ["at", "by", "text"]


class ReviewInline(SeenInline):
    """The yearly reviews."""

    model = MouReview
    fields = ["on", "by", "note"]


class DocumentPartInline(SeenInline):
    """The parts that stand in a document."""

    model = MouDocumentPart
    fields = ["organization_name", "role", "sha256"]


class ObjectionInline(SeenInline):
    """Who objected to an editorial change."""

    model = Objection
    fields = ["at", "role", "name", "reason"]


class SignatureChangeInline(SeenInline):
    """How a signature went."""

    model = SignatureChange
    fields = ["at", "from_status", "to_status", "by_name", "reason"]


@admin.register(Mou)
class MouAdmin(ReadOnlyDesk, SeenHistory):
    """Memoranda with who changed which date."""

    task, place = "memorandum", 10
    list_display = ["title", "status", "parts_due_on", "effective_on", "ends_on"]
    list_filter = ["status"]
    search_fields = ["title", "slug"]
    search_help_text = _("Title")
    inlines = [ReviewInline]


@admin.register(MouText)
class MouTextAdmin(ReadOnlyDesk):
    """Versions of the shared text."""

    task, place = "memorandum", 30
    list_display = ["mou", "number", "status", "weight", "written_at", "circulated_at"]
    list_filter = ["status"]
    list_select_related = ["mou"]
    search_fields = ["mou__title"]
    search_help_text = _("MOU")
    inlines = [SectionInline]


@admin.register(MouDocument)
class MouDocumentAdmin(ReadOnlyDesk):
    """Documents that were locked; the file itself is read on its page."""

    task, place, list_name = "memorandum", 40, _("Documents for signature")
    list_display = ["mou", "number", "weight", "locked_at", "replaced_by", "unlocked_at", "sha256"]
    list_filter = ["weight", "mou"]
    list_select_related = ["mou", "replaced_by__mou"]
    search_fields = ["mou__title", "sha256", "pdf_sha256"]
    search_help_text = _("MOU or fingerprint of the file")
    exclude = ["html", "words", "pdf"]
    inlines = [DocumentPartInline, ObjectionInline]


@admin.register(Signature)
class SignatureAdmin(ReadOnlyDesk):
    """Signatures with how they went; what opens a link or proves an address is never shown."""

    task, place = "memorandum", 50
    list_display = ["organization_name", "document", "status", "method", "signatory_name", "signed_at"]
    list_filter = ["status", "method", "document__mou"]
    list_select_related = ["document__mou"]
    search_fields = ["organization_name", "signatory_name", "signatory_email", "document__mou__title"]
    search_help_text = _("Organization, signatory, e-mail address or MOU")
    exclude = ["token_hash", "scan"]
    inlines = [SignatureChangeInline]
