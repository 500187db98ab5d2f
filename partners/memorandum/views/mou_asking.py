"""Asking many partners for their parts at once."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.memorandum.domain import asking_many
from partners.memorandum.exceptions import ContactsChanged
from partners.memorandum.forms.asking import AskFilterForm, AskManyForm
from partners.memorandum.views.mou import written_mou
from partners.models import Mou, MouRole, Organization, local_day
from partners.people.requests import PortalRequest, acting, person_or_403
from stemnet import jobs
from stemnet.models import Job


def mou_ask_many(request: PortalRequest, slug: str) -> HttpResponse:
    """List organizations with whom we would write to at each; a POST asks those that are checked."""
    mou = written_mou(request, slug)
    models = list(MouRole.objects.exclude(model_title="").select_related("organization"))
    form = AskManyForm(request.POST if request.method == "POST" else None, models=models)
    if request.method != "POST" or not form.is_valid():
        return ask_page(request, mou, form, status=422 if form.errors else 200)
    try:
        return ask(request, mou, form)
    except ContactsChanged as refusal:
        return ask_page(request, mou, form, refusal=refusal, status=409)


def ask_page(
    request: PortalRequest,
    mou: Mou,
    form: AskManyForm,
    *,
    refusal: ContactsChanged | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render whom to ask; what was checked stays so, but for rows that say something else now."""
    chosen = AskFilterForm(request.GET)
    shown = chosen.narrow(Organization.objects.current())
    rows = asking_many.candidates(mou, shown, on=local_day(timezone.now()))
    context = {
        "mou": mou,
        "filter": chosen,
        "form": form,
        "rows": rows,
        "askable": sum(row.askable for row in rows),
        "all_checked": "all" in request.GET and request.method != "POST",
        "checked": set(request.POST.getlist("organizations")),
        "refusal": refusal,
    }
    return render(request, "partners/memorandum/ask_many.html", context, status=status)


def ask(request: PortalRequest, mou: Mou, form: AskManyForm) -> HttpResponse:
    """Ask a few now, and many by a job. Raises ContactsChanged."""
    given, acts = form.cleaned_data, acting(request)
    seen = given["organizations"]
    if len(seen) > asking_many.AT_ONCE:
        return redirect(start(request, mou, given, at=acts["at"]))
    model = MouRole.objects.filter(pk=given["model"]).first()
    count = asking_many.ask_all(mou, seen=seen, due_on=given["due_on"], model=model, **acts)
    said = ngettext(
        "We asked %(count)s partner for its part.", "We asked %(count)s partners for their parts.", count
    )
    messages.success(request, said % {"count": count})
    if count < len(seen):
        left = len(seen) - count
        none = ngettext(
            "We skipped %(count)s, because we'd already asked or have nobody to write to there.",
            "We skipped %(count)s, because we'd already asked or have nobody to write to there.",
            left,
        )
        messages.warning(request, none % {"count": left})
    return redirect("mou_board", mou.slug)


def start(request: PortalRequest, mou: Mou, given: dict[str, Any], *, at: datetime) -> Job:
    """Start the job that asks many, and say so."""
    due, seen = given["due_on"], given["organizations"]
    params = {
        "mou": mou.slug,
        "organizations": seen,
        "due_on": due.isoformat() if due else "",
        "model": given["model"],
        "at": at.isoformat(),
    }
    by = str(person_or_403(request).uid)
    messages.success(request, _("We're asking the partners."))
    return jobs.start_job(kind="partners.ask_parts", params=params, by=by, at=at, total=len(seen))
