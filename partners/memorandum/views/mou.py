"""The memoranda that one may see, and the page of one with its dates."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.memorandum.domain import mous, part_board, proposals
from partners.memorandum.forms.mou import MouForm
from partners.memorandum.permissions import may_write_mou
from partners.models import Mou, MouRole, Person, Signature, local_day
from partners.people.requests import PortalRequest, person_or_403


def seen_mou(request: PortalRequest, slug: str) -> Mou:
    """Return the memorandum of this address, or 404 for whom it does not exist."""
    mou: Mou = get_object_or_404(Mou.objects.visible_to(person_or_403(request)), slug=slug)
    return mou


def written_mou(request: PortalRequest, slug: str) -> Mou:
    """Return it for whoever writes the memorandum; 403 for whoever may only read it."""
    mou = seen_mou(request, slug)
    if not may_write_mou(person_or_403(request)):
        raise PermissionDenied
    return mou


@require_safe
def mou_list(request: PortalRequest) -> HttpResponse:
    """List the memoranda, newest first."""
    person = person_or_403(request)
    missing = Count("roles", filter=Q(roles__status__in=MouRole.EDITABLE), distinct=True)
    shown: QuerySet[Mou] = Mou.objects.filter(pk__in=Mou.objects.visible_to(person).values("pk"))
    context = {
        "mous": shown.annotate(missing=missing, parts=Count("roles", distinct=True)),
        "may_write": may_write_mou(person),
    }
    return render(request, "partners/memorandum/list.html", context)


@require_safe
def mou_page(request: PortalRequest, slug: str) -> HttpResponse:
    """Show where a memorandum stands: its dates, the shared text, one's own parts, who is missing."""
    mou, person = seen_mou(request, slug), person_or_403(request)
    lines = part_board.part_lines(mou, today=local_day(timezone.now()))
    context: dict[str, Any] = {
        "mou": mou,
        "texts": mou.texts.visible_to(person).reverse(),
        "counts": part_board.counts(lines),
        "own": own_lines(lines, person),
        "open_proposals": proposals.undecided(mou).count(),
        "may_write": may_write_mou(person),
    }
    return render(request, "partners/memorandum/page.html", context)


def own_lines(
    lines: list[part_board.PartLine], person: Person
) -> list[tuple[part_board.PartLine, Signature | None]]:
    """Return the parts that this person writes or answers for, with the signature that was given last."""
    own = [line for line in lines if person in (line.role.drafter, line.role.lead_contact)]
    return [(line, line.bond.signature) for line in own]


def mou_new(request: PortalRequest) -> HttpResponse:
    """Begin a memorandum with the standard sections."""
    person = person_or_403(request)
    if not may_write_mou(person):
        raise PermissionDenied
    form = MouForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = mous.begin_mou(**form.cleaned_data, by=person, at=timezone.now())
        messages.success(request, _("The memorandum is started, with a draft of the standard sections."))
        return redirect(made)
    return render(request, "partners/memorandum/edit.html", {"form": form})


def mou_edit(request: PortalRequest, slug: str) -> HttpResponse:
    """Change the title and the dates."""
    mou = written_mou(request, slug)
    form = MouForm(request.POST or None, instance=mou)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("mou", slug)
    shown = Mou.objects.get(pk=mou.pk)
    return render(request, "partners/memorandum/edit.html", {"form": form, "mou": shown})
