"""A partner's own part: writing it, saving it while one types, and what happens when two do at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.memorandum.domain import part_board, part_rows, parts
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.memorandum.forms.part import CommentForm, JudgeForm, ModelForm, PartForm
from partners.memorandum.permissions import may_write_mou
from partners.models import MouRole, Person, Signature, local_day
from partners.people.requests import PortalRequest, acting, person_or_403
from stemnet.differences import combine, pieces

PAGE = "partners/memorandum/part.html"


def seen_part(request: PortalRequest, slug: str, organization: str) -> MouRole:
    """Return the part of this address for its own contacts and coordinators, else 404.

    Of a partner that left and joins again it is the standing one.
    """
    found = MouRole.objects.visible_to(person_or_403(request)).select_related(
        "mou", "organization", "drafter", "lead_contact", "saved_by", "copied_from__organization"
    )
    rows = found.filter(mou__slug=slug, organization__slug=organization).order_by("pk")
    role: MouRole | None = rows.standing().last() or rows.last()
    if role is None:
        raise Http404
    return role


def mou_part(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Show a part, or save what was typed."""
    role = seen_part(request, slug, organization)
    if request.method != "POST":
        return page(request, role, PartForm.of(role))
    if request.headers.get("HX-Request"):
        return autosave(request, role)
    form = PartForm(request.POST)
    if not form.is_valid():
        return page(request, role, form, status=422)
    try:
        role = save(request, role, form)
        if request.POST.get("act") == "submit" and not form.others(role):
            role = parts.submit_part(role, **acting(request))
    except ChangedMeanwhile as conflict:
        return both_texts(request, role, form, conflict)
    except MouRefused as refusal:
        return refused(request, seen_part(request, slug, organization), form, str(refusal))
    return onwards(request, role, others=form.others(role))


def save(request: PortalRequest, role: MouRole, form: PartForm) -> MouRole:
    """Save what was typed. Raises MouRefused."""
    seen, marks = form.revision, form.began_from
    return parts.save_part(role, words=form.words(), seen=seen, marks=marks, **acting(request))


def refused(request: PortalRequest, role: MouRole, form: PartForm, refusal: str) -> HttpResponse:
    """Say why a part was not submitted; where it can't be written any more, show what was typed beside it."""
    words, saved = form.words(), parts.part_words(role)
    unsaved = [(form.fields[name].label, typed) for name, typed in words.items() if typed != saved[name]]
    again = PartForm.with_words(words, role)
    return page(request, role, again, status=409, refusal=refusal, unsaved=unsaved)


def onwards(request: PortalRequest, role: MouRole, *, others: list[str]) -> HttpResponse:
    """Say what happened, and what others changed meanwhile, and go where the button said."""
    act = request.POST.get("act")
    if others:
        said = _(
            "Saved. Somebody else changed other fields in the meantime, and we kept those changes: "
            "%(fields)s."
        )
        messages.warning(request, said % {"fields": ", ".join(others)})
        if act == "submit":
            messages.warning(request, _("It isn't submitted yet. Read their changes, then submit."))
    elif act == "submit":
        messages.success(request, _("Submitted. The coordinator will read it, and we'll let you know."))
    elif act == "rows":
        return redirect("mou_part_rows", role.mou.slug, role.organization.slug)
    else:
        messages.success(request, _("Saved."))
    return redirect(role)


def autosave(request: PortalRequest, role: MouRole) -> HttpResponse:
    """Save what fits of what was typed so far, and say so beside the buttons."""
    form = PartForm(request.POST)
    form.is_valid()
    context: dict[str, Any] = {"role": role, "faults": form.errors}
    try:
        saved = save(request, role, form)
        context |= {"role": saved, "saved": True, "marks": form.marks_after(saved)}
        context["others"] = [] if form.errors else form.others(saved)
    except MouRefused as refusal:
        context |= {"refusal": refusal, "conflict": isinstance(refusal, ChangedMeanwhile)}
    return render(request, "partners/memorandum/_saved.html", context)


def both_texts(
    request: PortalRequest, role: MouRole, form: PartForm, conflict: ChangedMeanwhile
) -> HttpResponse:
    """Show what somebody else saved, what was typed here, and one field made of both."""
    current = seen_part(request, role.mou.slug, role.organization.slug)
    base = parts.words_at(current, form.revision)
    labels = {name: str(form.fields[name].label) for name in parts.WORDS}
    both = combine(
        labels, base=base, theirs=parts.part_words(current), mine=form.words(), by_line=parts.TEXTS
    )
    at = current.saved_at if conflict.who == str(current.saved_by) else None
    shown = {"rows": both.clashes, "who": conflict.who, "at": at, "sentence": str(conflict)}
    return page(request, current, PartForm.with_words(both.words, current), status=409, conflict=shown)


def page(
    request: PortalRequest, role: MouRole, form: PartForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Render a part as its reader may write, judge or read it."""
    person = person_or_403(request)
    coordinates = may_write_mou(person)
    models = list(models_for(role)) if role.status in MouRole.EDITABLE else []
    empty = not any(getattr(role, name).strip() for name in parts.TEXTS)
    context = {
        "mou": role.mou,
        "role": role,
        "line": part_board.lines_of([role], today=local_day(timezone.now()))[0],
        "form": form,
        "editable": role.status in MouRole.EDITABLE,
        "signature": newest_signature(role, person),
        "may_judge": coordinates and role.status in (MouRole.Status.SUBMITTED, MouRole.Status.ACCEPTED),
        "coordinates": coordinates,
        "has_text": role.mou.texts.visible_to(person).exists(),
        **part_rows.rows_of(role, on=local_day(timezone.now())),
        "comments": role.comments.select_related("by"),
        "comment_form": CommentForm(),
        "judge_form": JudgeForm(),
        "model_form": ModelForm(models=models) if models and empty else None,
        **more,
    }
    return render(request, PAGE, context, status=status)


def newest_signature(role: MouRole, person: Person) -> Signature | None:
    """Return the newest signature of a part, or request for it, that this person may see."""
    own = Signature.objects.visible_to(person).filter(part__role=role, document__unlocked_at=None)
    return own.select_related("document__mou").order_by("-pk").first()


def models_for(role: MouRole) -> list[MouRole]:
    """Return the parts that are offered as models, those of the same memorandum first."""
    found = MouRole.objects.exclude(model_title="").exclude(pk=role.pk).select_related("mou", "organization")
    return sorted(found, key=lambda model: (model.mou_id != role.mou_id, model.model_title))


@require_safe
def mou_part_changes(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Show what changed in a part from one save to another, and how its status went."""
    role = seen_part(request, slug, organization)
    edits = list(role.edits.select_related("by"))
    if not edits:
        raise Http404
    by_number = {str(edit.revision): edit for edit in edits}
    new = by_number.get(request.GET.get("to", ""), edits[-1])
    old = by_number.get(request.GET.get("from", ""), edits[-2] if len(edits) > 1 else edits[-1])
    form = PartForm()
    rows = [
        (form.fields[name].label, pieces(old.words.get(name, ""), new.words.get(name, "")))
        for name in parts.WORDS
        if old.words.get(name, "") != new.words.get(name, "")
    ]
    context = {"mou": role.mou, "role": role, "edits": edits, "old": old, "new": new, "rows": rows}
    context["changes"] = role.changes.all()
    return render(request, "partners/memorandum/part_changes.html", context)
