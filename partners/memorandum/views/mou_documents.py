"""The frozen documents: the page, the exact files, and what changed between two."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partners.memorandum.documents.memorandum import inside
from partners.memorandum.domain import document_changes
from partners.memorandum.forms.signing import SignByForm
from partners.models import MouDocument, Signature
from partners.people.requests import PortalRequest, person_or_403


def seen_document(request: PortalRequest, slug: str, number: int) -> MouDocument:
    """Return the document of this address, or 404 for whom it does not exist."""
    found = MouDocument.objects.visible_to(person_or_403(request)).select_related(
        "mou", "text", "joins", "replaced_by"
    )
    document: MouDocument = get_object_or_404(found, mou__slug=slug, number=number)
    return document


@require_safe
def mou_document(request: PortalRequest, slug: str, number: int) -> HttpResponse:
    """Show a document as it was locked."""
    document, person = seen_document(request, slug, number), person_or_403(request)
    own = Signature.objects.visible_to(person).filter(document=document)
    context = {
        "mou": document.mou,
        "document": document,
        "inside": inside(document.html),
        "signatures": own.order_by("organization_name", "pk"),
        "before": before(document),
        "sign_by_form": SignByForm(initial={"sign_by": document.sign_by}),
        "may_unlock": person.is_coordinator and not document.unlocked_at and not document.replaced_by,
    }
    return render(request, "partners/memorandum/sign/document.html", context)


def before(document: MouDocument) -> MouDocument | None:
    """Return the whole document that this one follows."""
    if document.joins_id:
        return None
    earlier = document.mou.documents.whole().filter(number__lt=document.number, unlocked_at=None)
    return earlier.last()


@require_safe
def mou_document_changes(request: PortalRequest, slug: str, number: int) -> HttpResponse:
    """Show what changed since the document before."""
    document = seen_document(request, slug, number)
    earlier = before(document)
    if earlier is None:
        raise Http404
    context = {
        "mou": document.mou,
        "document": document,
        "before": earlier,
        "changes": document_changes.compare(earlier, document),
    }
    return render(request, "partners/memorandum/sign/changes.html", context)


@never_cache
@require_safe
def mou_document_html(request: PortalRequest, slug: str, number: int) -> HttpResponse:
    """Hand out the exact file whose hash was signed."""
    return html_file(seen_document(request, slug, number))


@never_cache
@require_safe
def mou_document_pdf(request: PortalRequest, slug: str, number: int) -> FileResponse:
    """Hand out the exact PDF."""
    return pdf_file(seen_document(request, slug, number))


def html_file(document: MouDocument) -> HttpResponse:
    """Return the HTML file as a download, byte for byte."""
    response = HttpResponse(document.html.encode(), content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(document)}.html"'
    return response


def pdf_file(document: MouDocument) -> FileResponse:
    """Return the PDF as a download, byte for byte."""
    try:
        file = document.pdf.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return FileResponse(file, as_attachment=True, filename=f"{file_name(document)}.pdf")


def file_name(document: MouDocument) -> str:
    """Return the name of a document's files."""
    return document.printed_number.replace("/", "-")
