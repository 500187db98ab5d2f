"""Letters of invitation: writing, looking at each before it goes, sending as a job; and stopping them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from partners.models import InvitationStop, LetterTemplate, Person, Suggestion
from partners.people.exceptions import LinkRefused
from partners.people.requests import PortalRequest, coordinator_or_403
from partners.prospects.domain import inviting, letters
from partners.prospects.exceptions import InvitationRefused
from partners.prospects.forms.letters import LettersForm, initial_of
from stemnet import jobs, panels

PREVIEWS = 5


@require_http_methods(["GET", "HEAD", "POST"])
def letters_to_invite(request: PortalRequest) -> HttpResponse:
    """Write letters, show what each will say, and send them when that was seen."""
    person = coordinator_or_403(request)
    template = _template(request)
    waiting = inviting.to_invite()
    initial = {**initial_of(template), "recipients": list(waiting.values_list("pk", flat=True))}
    form = LettersForm(request.POST or None, waiting=waiting, initial=initial)
    previews: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        if "send" in request.POST and (sent := _send(request, form, person, template)):
            return sent
        previews = [_preview(form.cleaned_data, one) for one in form.cleaned_data["recipients"][:PREVIEWS]]
    context = {
        "form": form,
        "template": template,
        "templates": LetterTemplate.objects.all(),
        "previews": previews,
        "waiting": waiting,
        "panels": panels.of("letters", form, person=person, at=timezone.now()),
        "here": "letters",
    }
    return render(request, "partners/prospects/letters.html", context)


def _template(request: PortalRequest) -> LetterTemplate | None:
    """Return the letter that was chosen, else the first."""
    chosen = request.GET.get("letter", "")
    if chosen.isdecimal() and len(chosen) < 10:
        return get_object_or_404(LetterTemplate, pk=chosen)
    return LetterTemplate.objects.first()


def _send(
    request: PortalRequest, form: LettersForm, person: Person, template: LetterTemplate | None
) -> HttpResponse | None:
    """Start the job, and keep the text where that was asked for; None where it may not go out."""
    data, at = form.cleaned_data, timezone.now()
    try:
        inviting.check_ready()
    except InvitationRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    if data["keep"] and template is not None:
        LetterTemplate.objects.filter(pk=template.pk).update(subject=data["subject"], body=data["body"])
    keys = [one.pk for one in data["recipients"]]
    params = {
        "suggestions": keys,
        "subject": data["subject"],
        "body": data["body"],
        "language": template.language if template else "en",
        "at": at.isoformat(),
        "back": reverse("prospects"),
    }
    job = jobs.start_job(kind="partners.letters", params=params, by=str(person.uid), at=at, total=len(keys))
    messages.success(request, _("We're sending the letters."))
    return redirect(job)


def _preview(data: dict[str, Any], suggestion: Suggestion) -> dict[str, str]:
    """Return one letter as it will read."""
    known = letters.values(
        organization=suggestion.organization,
        name=suggestion.contact_name,
        sender=suggestion.by,
        at=timezone.now(),
    )
    return {
        "to": suggestion.contact_email,
        "reply_to": suggestion.by.primary_address,
        "subject": letters.fill_placeholders(data["subject"], known),
        "body": letters.fill_placeholders(data["body"], {**known, "link": _("[their own link]")}),
    }


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_invitations(request: PortalRequest, token: str) -> HttpResponse:
    """Ask on GET, stop invitations on POST, also on the one-click POST of a mail program (RFC 8058)."""
    try:
        address = inviting.address_of(token)
    except LinkRefused:
        return render(request, "partners/people/unsubscribe_void.html", status=404)
    done = request.method == "POST"
    if done and "again" in request.POST:
        inviting.allow(address, at=timezone.now())
    elif done:
        inviting.stop(address, at=timezone.now())
    wanted = not InvitationStop.objects.filter(address=address).exists()
    return render(request, "partners/prospects/stop.html", {"wanted": wanted, "done": done})
