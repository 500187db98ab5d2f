"""The needs and contributions of one partner: the list, and writing, changing and withdrawing rows."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partners.exchange.domain import exchange, fitting
from partners.exchange.domain.exchange_lists import Entry, contribution_entries, need_entries
from partners.exchange.exceptions import ExchangeRefused
from partners.exchange.forms.exchange import ContributionForm, NeedForm
from partners.models import Category, Contribution, Match, Need, Organization, local_day, sees_needs
from partners.people.permissions import may_answer_for
from partners.people.requests import PortalRequest, acting, person_or_403
from stemnet import panels

Row = Need | Contribution


@login_not_required
@never_cache
@require_safe
def needs_of(request: PortalRequest, slug: str) -> HttpResponse:
    """Show what one partner needs and gives, of all categories or of one, with its matches."""
    person = request.person
    organization = get_object_or_404(Organization.objects.visible_to(person).current(), slug=slug)
    code = request.GET.get("category", "").replace("\x00", "")[:20]
    category = Category.objects.filter(code=code).first()
    sees, ours = sees_needs(person), may_answer_for(person, organization)
    needs = Need.objects.visible_to(person).filter(organization=organization, withdrawn_at=None)
    gives = Contribution.objects.visible_to(person).filter(organization=organization, withdrawn_at=None)
    if category:
        needs, gives = needs.filter(category=category), gives.filter(category=category)
    today = local_day(timezone.now())
    needed = need_entries(needs, today=today)
    given = contribution_entries(gives, with_matches=sees, today=today)
    context = {
        "organization": organization,
        "category": category,
        "sees": sees,
        "ours": ours,
        "panels": panels.of("needs", organization, person=person, at=timezone.now()),
        "open_matches": set(Match.objects.visible_to(person).values_list("pk", flat=True)) if sees else set(),
        **with_fits(needed, given, wanted=ours),
    }
    return render(request, "partners/exchange/needs_of.html", context)


def with_fits(needed: list[Entry[Need]], given: list[Entry[Contribution]], *, wanted: bool) -> dict[str, Any]:
    """Pair every row with what the system proposes for it, where that is ``wanted``."""
    today = local_day(timezone.now())
    gaps = [entry.row for entry in needed if entry.state == "gap"] if wanted else []
    gifts = [entry.row for entry in given] if wanted else []
    by_need, by_gift = defaultdict(list), defaultdict(list)
    for fit in fitting.fits_for(needs=gaps, today=today) if gaps else []:
        by_need[fit.need.pk].append(fit)
    for fit in fitting.fits_for(contributions=gifts, today=today) if gifts else []:
        by_gift[fit.contribution.pk].append(fit)
    return {
        "needs": [(entry, by_need[entry.row.pk]) for entry in needed],
        "contributions": [(entry, by_gift[entry.row.pk]) for entry in given],
    }


@never_cache
@require_safe
def our_needs(request: PortalRequest) -> HttpResponse:
    """Lead to one's own partner; where one answers for several, let one choose."""
    ours = Organization.objects.answered_for_by(request.person).partners().order_by("plain_name", "pk")
    first = list(ours[:2])
    if not first:
        raise PermissionDenied
    if len(first) == 1:
        return redirect("needs_of", first[0].slug)
    return render(request, "partners/exchange/our_needs.html", {"organizations": ours})


def need_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Write a need."""
    organization = answered(request, slug)
    form = NeedForm(request.POST or None, organization=organization, initial=asked(request))
    return write(request, form, organization, save=partial(exchange.write_need, organization=organization))


def contribution_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Write a contribution."""
    organization = answered(request, slug)
    form = ContributionForm(request.POST or None, organization=organization, initial=asked(request))
    save = partial(exchange.write_contribution, organization=organization)
    return write(request, form, organization, save=save)


def need_edit(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Change a need."""
    row = get_object_or_404(Need.objects.editable_by(request.person).select_related("organization"), uid=uid)
    form = NeedForm(request.POST or None, organization=row.organization, instance=row)
    save = partial(exchange.change_need, row, by=person_or_403(request))
    return write(request, form, row.organization, save=save)


def contribution_edit(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Change a contribution."""
    rows = Contribution.objects.editable_by(request.person).select_related("organization")
    row = get_object_or_404(rows, uid=uid)
    form = ContributionForm(request.POST or None, organization=row.organization, instance=row)
    save = partial(exchange.change_contribution, row, by=person_or_403(request))
    return write(request, form, row.organization, save=save)


@require_POST
def need_withdraw(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Take a need back."""
    need = get_object_or_404(Need.objects.editable_by(request.person), uid=uid)
    return withdraw(request, need, partial(exchange.withdraw_need, need, **acting(request)))


@require_POST
def contribution_withdraw(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Take a contribution back; what it met is a gap again."""
    gift = get_object_or_404(Contribution.objects.editable_by(request.person), uid=uid)
    return withdraw(request, gift, partial(exchange.withdraw_contribution, gift, **acting(request)))


def asked(request: PortalRequest) -> dict[str, str]:
    """Return what a new row begins with: the category of the gap that somebody came from."""
    return {"category": request.GET.get("category", "")}


def write(
    request: PortalRequest,
    form: NeedForm | ContributionForm,
    organization: Organization,
    *,
    save: Callable[..., Row],
) -> HttpResponse:
    """Show the form of a need or a contribution, and let ``save`` write what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            save(at=timezone.now(), **form.fields_of_row())
        except ExchangeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. Partners can see it in the matrix now."))
            return redirect(page_of(organization))
    context = {
        "form": form,
        "organization": organization,
        "row": form.instance.pk,
        "is_need": isinstance(form, NeedForm),
    }
    return render(request, "partners/exchange/row.html", context, status=422 if form.errors else 200)


def withdraw(request: PortalRequest, row: Row, act: Callable[[], None]) -> HttpResponse:
    """Withdraw an informal row and say so."""
    try:
        exchange.check_informal(row)
        act()
    except ExchangeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Withdrawn. Its open matches are closed."))
    return redirect(page_of(row.organization))


def answered(request: PortalRequest, slug: str) -> Organization:
    """Return the partner that somebody answers for. Raises Http404 for every other."""
    organization = Organization.objects.answered_for_by(request.person).partners().filter(slug=slug).first()
    if organization is None:
        raise Http404
    return organization


def page_of(organization: Organization) -> str:
    """Return the address of the needs and contributions of a partner."""
    return reverse("needs_of", args=[organization.slug])
