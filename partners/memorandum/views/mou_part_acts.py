"""What is done with a part besides writing it: judging, commenting, beginning from a model, its rows."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from partners.exchange.exceptions import ExchangeRefused
from partners.exchange.forms.exchange import ContributionForm, NeedForm
from partners.memorandum.domain import part_rows, parts
from partners.memorandum.exceptions import MouRefused
from partners.memorandum.forms.part import CommentForm, JudgeForm, ModelForm, PartForm
from partners.memorandum.permissions import may_write_mou
from partners.memorandum.views.mou_parts import models_for, page, seen_part
from partners.models import MouRole, local_day
from partners.people.requests import PortalRequest, acting, person_or_403

LONGEST_KEY = 19  # digits that a database's key may have


@require_POST
def mou_part_judge(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Accept a part that was submitted, or return it with comments."""
    role = seen_part(request, slug, organization)
    if not may_write_mou(person_or_403(request)):
        raise PermissionDenied
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return page(request, role, PartForm.of(role), status=422, judge_form=form)
    try:
        if request.POST.get("act") == "accept":
            seen = request.POST.get("seen", "")
            parts.accept_part(role, seen=int(seen) if seen.isdecimal() else 0, **acting(request))
            messages.success(request, _("The part is accepted. We let its contacts know."))
        else:
            parts.give_back(role, comment=form.cleaned_data["text"], **acting(request))
            messages.success(request, _("The part is returned with your comment."))
    except MouRefused as refusal:
        form.add_error("text" if request.POST.get("act") != "accept" else None, str(refusal))
        return page(
            request, seen_part(request, slug, organization), PartForm.of(role), status=422, judge_form=form
        )
    return redirect(role)


@require_POST
def mou_part_comment(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Write a remark beside a part."""
    role = seen_part(request, slug, organization)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return page(request, role, PartForm.of(role), status=422, comment_form=form)
    parts.comment(role, text=form.cleaned_data["text"], **acting(request))
    messages.success(request, _("Your comment is saved. We e-mailed it to the others who work on this part."))
    return redirect(f"{role.get_absolute_url()}#comments")


@require_POST
def mou_part_model(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Begin an empty part from a model."""
    role = seen_part(request, slug, organization)
    form = ModelForm(request.POST, models=list(models_for(role)))
    if not form.is_valid():
        messages.error(request, _("Choose a model."))
        return redirect(role)
    try:
        parts.begin_from(role, model=form.chosen, seen=role.revision, **acting(request))
    except MouRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("We copied the model into your part. Edit it to make it your own."))
    return redirect(role)


def mou_part_rows(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """List the needs and contributions of a part, add one, or take one out."""
    role = seen_part(request, slug, organization)
    act = request.POST.get("act", "")
    if request.method == "POST" and act.startswith(("out-", "keep-")):
        return take_out_or_put_back(request, role, act)
    if request.method == "POST" and act.startswith("back-"):
        return bring_back(request, role, act)
    need = NeedForm(
        request.POST if act == "need" else None,
        organization=role.organization,
        prefix="need",
        initial={"priority": 2},
    )
    typed = request.POST if act == "give" else None
    give = ContributionForm(typed, organization=role.organization, prefix="give")
    forms: dict[str, NeedForm | ContributionForm] = {"need": need, "give": give}
    form = forms.get(act)
    if form is not None and form.is_valid():
        add = part_rows.add_need if act == "need" else part_rows.add_contribution
        try:
            add(role, at=acting(request)["at"], **form.fields_of_row())
        except (MouRefused, ExchangeRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Added."))
            return redirect("mou_part_rows", slug, organization)
    return rows_page(request, role, need=need, give=give)


def take_out_or_put_back(request: PortalRequest, role: MouRole, act: str) -> HttpResponse:
    """Take a need or a contribution out of the part, or put it back."""
    way, kind, number = f"{act}--".split("-")[:3]
    place = int(number) if number.isdecimal() and len(number) < LONGEST_KEY else 0
    rows: dict[str, QuerySet[Any]] = {"need": role.needs.all(), "give": role.contributions.all()}
    if kind not in rows:
        raise Http404
    row = get_object_or_404(rows[kind].filter(withdrawn_at=None), pk=place)
    try:
        if way == "keep":
            part_rows.put_back(role, row)
            said = _("It's back in your part.")
        elif part_rows.take_out(role, row, **acting(request)):
            said = _("Removed.")
        else:
            said = _(
                "Removed from the draft. What was signed stays in effect until the new version is signed."
            )
    except (MouRefused, ExchangeRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("mou_part_rows", role.mou.slug, role.organization.slug)


def bring_back(request: PortalRequest, role: MouRole, act: str) -> HttpResponse:
    """Write one former need or contribution into the part again, or all of them."""
    needs = [one for one in part_rows.former_needs(role) if act in ("back-all", f"back-need-{one.pk}")]
    gifts = [
        one for one in part_rows.former_contributions(role) if act in ("back-all", f"back-give-{one.pk}")
    ]
    try:
        number = part_rows.bring_back(role, needs=needs, contributions=gifts, at=acting(request)["at"])
    except (MouRefused, ExchangeRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, ngettext("Added.", "Added %(number)s.", number) % {"number": number})
    return redirect("mou_part_rows", role.mou.slug, role.organization.slug)


def rows_page(
    request: PortalRequest, role: MouRole, *, need: NeedForm, give: ContributionForm
) -> HttpResponse:
    """Render the needs and contributions of a part."""
    editable = role.status in MouRole.EDITABLE
    context = {
        "mou": role.mou,
        "role": role,
        "editable": editable,
        "former_needs": part_rows.former_needs(role) if editable else [],
        "former_contributions": part_rows.former_contributions(role) if editable else [],
        **part_rows.rows_of(role, on=local_day(timezone.now())),
        "need_form": need,
        "give_form": give,
    }
    return render(request, "partners/memorandum/part_rows.html", context)
