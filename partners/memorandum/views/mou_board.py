"""Who is missing, and asking partners for their parts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.memorandum.domain import part_board, part_contacts, part_reminders
from partners.memorandum.exceptions import MouRefused
from partners.memorandum.forms.mou import AskForm, ContactsForm, contacts_now
from partners.memorandum.permissions import may_write_mou
from partners.memorandum.views.mou import seen_mou, written_mou
from partners.memorandum.views.mou_parts import seen_part
from partners.models import MouRole, local_day
from partners.people.requests import PortalRequest, acting, person_or_403


@require_safe
def mou_board(request: PortalRequest, slug: str) -> HttpResponse:
    """Show every part with its status and day; whom to ask is for coordinators."""
    mou = seen_mou(request, slug)
    lines = part_board.part_lines(mou, today=local_day(timezone.now()))
    context = {
        "mou": mou,
        "lines": lines,
        "counts": part_board.counts(lines),
        "own": set(mou.roles.visible_to(person_or_403(request)).values_list("pk", flat=True)),
        "may_write": may_write_mou(person_or_403(request)),
    }
    return render(request, "partners/memorandum/board.html", context)


def mou_ask(request: PortalRequest, slug: str) -> HttpResponse:
    """Ask an organization for its part."""
    mou = written_mou(request, slug)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        drafter, lead = form.people()
        place = form.cleaned_data["organization"]
        try:
            part_contacts.ask_for_part(
                mou,
                organization=place,
                drafter=drafter,
                lead_contact=lead,
                due_on=form.due,
                **acting(request),
            )
        except MouRefused as refusal:
            form.add_error("organization", str(refusal))
        else:
            messages.success(request, _("We asked %(name)s for its part.") % {"name": place})
            return redirect("mou_board", slug)
    return render(request, "partners/memorandum/ask.html", {"mou": mou, "form": form})


@require_POST
def mou_part_remind(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Ask a partner again that is not reminded any more."""
    written_mou(request, slug)
    role: MouRole = seen_part(request, slug, organization)
    try:
        part_reminders.ask_again(role, **acting(request))
    except MouRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("We asked %(name)s again for its part.") % {"name": role})
    return redirect("mou_board", slug)


def mou_part_contacts(request: PortalRequest, slug: str, organization: str) -> HttpResponse:
    """Name other contacts, another day, or offer the part as a model."""
    written_mou(request, slug)
    role: MouRole = seen_part(request, slug, organization)
    form = ContactsForm(request.POST or None, initial=contacts_now(role))
    if request.method == "POST" and form.is_valid():
        drafter, lead = form.people()
        part_contacts.change_part_contacts(
            role,
            drafter=drafter,
            lead_contact=lead,
            due_on=form.due,
            model_title=form.cleaned_data["model_title"],
            **acting(request),
        )
        messages.success(request, _("Saved. We e-mailed anyone new."))
        return redirect("mou_board", slug)
    return render(request, "partners/memorandum/ask.html", {"mou": role.mou, "role": role, "form": form})
