"""Adding, changing and removing materials, for whoever works for the meeting.

Forms with files are not read before their size is known: more than one file may have is refused unread.
"""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from meetings.gathering.domain import materials, uploads
from meetings.gathering.domain.incoming import gathered, most_words
from meetings.gathering.exceptions import MaterialRefused, UploadRefused
from meetings.gathering.forms.material import ENDINGS, EditForm, MaterialForm, VersionForm
from meetings.gathering.requests import body_length, edited_material_or_404, edited_meeting_or_404
from meetings.models import Material, Meeting
from partners.people.requests import PortalRequest, acting, person_or_403
from stemnet.exceptions import FileRefused

REFUSED = (FileRefused, MaterialRefused, UploadRefused)
FIELDS_BYTES = 100_000  # of a form, beside its files


def too_much(request: HttpRequest) -> str:
    """Say that a form brings more than it may; nothing where it doesn't."""
    length = body_length(request) if request.method == "POST" else 0
    if length <= settings.FILE_BYTES + FIELDS_BYTES:
        return ""
    said = _("That's %(size)s, and a file can be up to %(most)s. Make it smaller, or share a link to it.")
    return said % {"size": filesizeformat(length), "most": most_words()}


@never_cache
@csrf_exempt  # `_material_new` asks for the token, once the body may be read
@require_http_methods(["GET", "HEAD", "POST"])
def material_new(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Add files or a link to a meeting."""
    meeting = edited_meeting_or_404(request, uid)
    if sentence := too_much(request):
        form = MaterialForm(owner=person_or_403(request))
        return _page(request, meeting, form, sentence, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    response: HttpResponse = _material_new(request, meeting)
    return response


@csrf_protect
def _material_new(request: PortalRequest, meeting: Meeting) -> HttpResponse:
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MaterialForm(*typed, owner=person_or_403(request))
    if not form.is_valid():
        return _page(
            request, meeting, form, status=HTTPStatus.UNPROCESSABLE_ENTITY if typed else HTTPStatus.OK
        )
    try:
        number = _add(request, meeting, form)
    except REFUSED as refusal:
        form.add_error(None, str(refusal))
        return _page(request, meeting, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(
        request,
        ngettext("It's on the page now.", "%(number)s materials are on the page now.", number)
        % {"number": number},
    )
    return redirect("meeting", meeting.uid)


def _add(request: PortalRequest, meeting: Meeting, form: MaterialForm) -> int:
    """Add what the form holds; return how many."""
    given, title = acting(request), form.cleaned_data["title"]
    if url := form.cleaned_data["url"]:
        materials.add_link(meeting, title=title, url=url, shown=form.shown, **given)
        return 1
    came, sent = form.came, form.sent
    uploads.refuse_used(came, materials=meeting.materials.standing())
    with gathered(came, sent) as files:
        materials.add_files(meeting, files, title=title, shown=form.shown, **given)
    return len(came) + len(sent)


def _page(
    request: PortalRequest, meeting: Meeting, form: MaterialForm, sentence: str = "", *, status: int
) -> HttpResponse:
    context = {"meeting": meeting, "form": form, "sentence": sentence, **sending(form)}
    return render(request, "meetings/gathering/material_new.html", context, status=status)


def sending(form: MaterialForm | VersionForm) -> dict[str, Any]:
    """Return what the field for files needs: what came already, which endings, how large."""
    return {
        "came": form.came,
        "endings": ENDINGS,
        "most_bytes": settings.FILE_BYTES,
        "most_words": most_words(),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def material_edit(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Change how a material is called and shown."""
    material = edited_material_or_404(request, uid)
    form = EditForm(request.POST if request.method == "POST" else None, material=material)
    if form.is_valid():
        title, url = form.cleaned_data["title"], form.cleaned_data.get("url", "")
        try:
            materials.change(material, title=title, url=url, shown=form.shown)
        except MaterialRefused as refusal:
            form.add_error("title", str(refusal))
        else:
            messages.success(request, _("“%(title)s” is saved.") % {"title": title})
            return redirect("meeting", material.meeting.uid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _edit_page(request, material, form, VersionForm(owner=person_or_403(request)), status=status)


def _edit_page(
    request: PortalRequest,
    material: Material,
    form: EditForm,
    version: VersionForm,
    sentence: str = "",
    *,
    status: int,
) -> HttpResponse:
    context = {
        "material": material,
        "meeting": material.meeting,
        "form": form,
        "version_form": version,
        "versions": material.versions.select_related("added_by"),
        "sentence": sentence,
        **sending(version),
    }
    return render(request, "meetings/gathering/material_edit.html", context, status=status)


@never_cache
@csrf_exempt  # as above
@require_POST
def material_renew(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Take a new version of a file. Raises Http404 for a link, which has none."""
    material = edited_material_or_404(request, uid)
    if material.url:
        raise Http404
    if sentence := too_much(request):
        form, version = EditForm(material=material), VersionForm(owner=person_or_403(request))
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return _edit_page(request, material, form, version, sentence, status=status)
    response: HttpResponse = _material_renew(request, material)
    return response


@csrf_protect
def _material_renew(request: PortalRequest, material: Material) -> HttpResponse:
    form = VersionForm(request.POST, request.FILES, owner=person_or_403(request))
    if form.is_valid():
        try:
            came = form.came
            uploads.refuse_used(came, materials=Material.objects.filter(pk=material.pk))
            with gathered(came, form.sent) as files:
                for file in files:
                    materials.add_version(material, file, **acting(request))
        except REFUSED as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The new version is on the page. The one before is kept here."))
            return redirect("material_edit", material.uid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _edit_page(request, material, EditForm(material=material), form, status=status)


@require_POST
def material_remove(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Take a material off the page."""
    material = edited_material_or_404(request, uid)
    materials.remove(material, at=timezone.now())
    messages.success(request, _("“%(title)s” is off the page.") % {"title": material.title})
    return redirect("meeting", material.meeting.uid)
