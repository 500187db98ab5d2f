"""The shared text: reading a version, writing a draft, seeing what changed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.memorandum.documents import shared_text
from partners.memorandum.domain import mou_texts
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.memorandum.forms.mou import CirculateForm, SectionForm
from partners.memorandum.permissions import may_write_mou
from partners.memorandum.views.mou import seen_mou, written_mou
from partners.models import Mou, MouSection, MouText, Partnership, zone_of_partnership
from partners.people.requests import PortalRequest, person_or_403
from stemnet.differences import combine, pieces
from stemnet.views.papers import shown_pdf


def seen_text(request: PortalRequest, slug: str, number: int | None = None) -> MouText:
    """Return a version that one may see, the newest where no number is given; else 404."""
    mou = seen_mou(request, slug)
    texts = mou.texts.visible_to(person_or_403(request)).select_related("mou")
    text = texts.last() if number is None else texts.filter(number=number).first()
    if text is None:
        raise Http404
    return text


def drafted(request: PortalRequest, slug: str, number: int) -> MouText:
    """Return a version for whoever writes it."""
    if not may_write_mou(person_or_403(request)):
        raise (
            Http404
            if not Mou.objects.visible_to(person_or_403(request)).filter(slug=slug)
            else PermissionDenied
        )
    return seen_text(request, slug, number)


@require_safe
def mou_text(request: PortalRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Show one version with all its sections."""
    text, person = seen_text(request, slug, number), person_or_403(request)
    versions = list(text.mou.texts.visible_to(person))
    may_write = may_write_mou(person)
    context = {
        "mou": text.mou,
        "text": text,
        "versions": versions,
        "before": next((one for one in reversed(versions) if one.number < text.number), None),
        "sections": text.sections.all(),
        "may_write": may_write and text.status == MouText.Status.DRAFT,
        "may_begin": may_write and versions[-1].status != MouText.Status.DRAFT,
        "may_propose": text.status != MouText.Status.DRAFT
        and text.mou.roles.visible_to(person).exists()
        and not may_write,
    }
    return render(request, "partners/memorandum/text.html", context)


@require_safe
def mou_text_pdf(request: PortalRequest, slug: str, number: int) -> HttpResponse:
    """Hand out one version as a PDF."""
    text, at, zone = seen_text(request, slug, number), timezone.now(), zone_of_partnership()
    issuer = str(Partnership.objects.first() or "")
    return shown_pdf(
        request,
        lambda: shared_text.as_pdf(text, issuer=issuer, at=at, zone=str(zone)),
        name=f"{slug}-text-{number}",
        otherwise=reverse("mou_text_version", args=[slug, number]),
    )


@require_safe
def mou_text_changes(request: PortalRequest, slug: str) -> HttpResponse:
    """Show what changed from one version to another, section by section."""
    mou = seen_mou(request, slug)
    versions = {str(one.number): one for one in mou.texts.visible_to(person_or_403(request))}
    if not versions:
        raise Http404
    last = list(versions.values())
    new = versions.get(request.GET.get("to", ""), last[-1])
    old = versions.get(request.GET.get("from", ""), last[-2] if len(last) > 1 else last[-1])
    context = {"mou": mou, "versions": last, "old": old, "new": new, "rows": changed_sections(old, new)}
    return render(request, "partners/memorandum/changes.html", context)


def changed_sections(old: MouText, new: MouText) -> list[dict[str, Any]]:
    """Return the sections of both versions that are not the same, with their pieces."""
    before = {section.key: section for section in old.sections.all()}
    after = {section.key: section for section in new.sections.all()}
    rows = []
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key), after.get(key)
        if was and now and (was.heading, was.body) == (now.heading, now.body):
            continue
        rows.append(
            {
                "heading": pieces(was.heading if was else "", now.heading if now else ""),
                "body": pieces(was.body if was else "", now.body if now else ""),
                "kind": "added" if not was else "removed" if not now else "changed",
            }
        )
    return rows


@require_POST
def mou_text_next(request: PortalRequest, slug: str) -> HttpResponse:
    """Begin the next version as a draft, or go to the one that is being written."""
    mou = written_mou(request, slug)
    try:
        text = mou_texts.draft_of(mou, by=person_or_403(request), at=timezone.now())
    except MouRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("mou_text", slug)
    return redirect("mou_text_version", slug, text.number)


def mou_circulate(request: PortalRequest, slug: str, number: int) -> HttpResponse:
    """Ask what changed, then let every partner read the version."""
    text = drafted(request, slug, number)
    form = CirculateForm(request.POST or None, initial={"weight": MouText.Weight.EDITORIAL})
    if text.number == 1:
        del form.fields["weight"], form.fields["note"]
    if request.method == "POST" and form.is_valid():
        try:
            mou_texts.circulate(
                text,
                note=form.cleaned_data.get("note", ""),
                weight=form.cleaned_data.get("weight", ""),
                at=timezone.now(),
            )
        except MouRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The partners can read it now, and we e-mailed them."))
        return redirect("mou_text_version", slug, number)
    told = len(mou_texts.contacted(text.mou))
    return render(
        request,
        "partners/memorandum/circulate.html",
        {"mou": text.mou, "text": text, "form": form, "told": told},
    )


def mou_section(request: PortalRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Write one section of a draft; where somebody else changed it, show both texts and one of both."""
    text = drafted(request, slug, number)
    section: MouSection = get_object_or_404(text.sections, key=key)
    form = SectionForm(request.POST) if request.method == "POST" else SectionForm.of(section)
    context: dict[str, Any] = {"mou": text.mou, "text": text, "section": section, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "partners/memorandum/section.html", context)
    given = form.cleaned_data
    try:
        mou_texts.write_section(section, heading=given["heading"], body=given["body"], seen=given["seen"])
    except ChangedMeanwhile as conflict:
        both = both_sections(section, form)
        context |= {"conflict": {"sentence": str(conflict), "rows": both["rows"]}, "form": both["form"]}
        return render(request, "partners/memorandum/section.html", context, status=409)
    except MouRefused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "partners/memorandum/section.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect(f"{text.get_absolute_url()}#{section.key}")


def both_sections(section: MouSection, form: SectionForm) -> dict[str, Any]:
    """Return both texts with what each changed, and a form that holds one made of both."""
    labels = {name: str(form.fields[name].label) for name in ("heading", "body")}
    theirs = {"heading": section.heading, "body": section.body}
    both = combine(labels, base=form.base(), theirs=theirs, mine=form.cleaned_data, by_line=["body"])
    return {"rows": both.clashes, "form": SectionForm.of(section, **both.words)}


def mou_section_new(request: PortalRequest, slug: str, number: int) -> HttpResponse:
    """Add a section to a draft."""
    text = drafted(request, slug, number)
    form = SectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            section = mou_texts.add_section(
                text, heading=form.cleaned_data["heading"], body=form.cleaned_data["body"]
            )
        except MouRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{text.get_absolute_url()}#{section.key}")
    return render(request, "partners/memorandum/section.html", {"mou": text.mou, "text": text, "form": form})


@require_POST
def mou_section_place(request: PortalRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Move a section up or down, or take it out of the draft."""
    text = drafted(request, slug, number)
    section: MouSection = get_object_or_404(text.sections, key=key)
    act = request.POST.get("act")
    try:
        if act == "remove":
            mou_texts.remove_section(section)
            messages.success(request, _("The section is removed. It's still in earlier versions."))
        elif act in ("up", "down"):
            mou_texts.move_section(section, up=act == "up")
    except MouRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{text.get_absolute_url()}#{section.key}")
