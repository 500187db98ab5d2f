"""One's own answers, seen and changed until a day; and a file that answers a question, for who may see it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from partners.people.requests import PortalRequest, person_or_404
from registrations.asking.domain import own_answers
from registrations.asking.domain.own_answers import Own
from registrations.asking.forms.own import OwnAnswersForm
from registrations.asking.pages.own import own_context
from registrations.models import Answer
from registrations.seats.exceptions import AnswersChanged, QuestionRefused
from stemnet.file_kinds import kind_of
from stemnet.files import deleted_on_failure


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_answers(request: PortalRequest, slug: str) -> HttpResponse:
    """Show what was asked and answered; take what was typed."""
    now = timezone.now()
    registration = own_answers.registration_of(person_or_404(request), slug)
    if registration is None:
        raise Http404
    own = own_answers.own(registration, at=now)
    if request.method != "POST":
        return show(request, own, OwnAnswersForm(own=own))
    form = OwnAnswersForm(request.POST, request.FILES, own=own)
    if form.is_valid():
        try:
            return save(request, own, form)
        except AnswersChanged as refusal:
            fresh = own_answers.own(registration, at=now)
            form.own = fresh
            form.add_error(None, str(refusal))
            return show(request, fresh, form, status=409, clashes=refusal.clashes)
        except QuestionRefused as refusal:
            form.add_error(None, str(refusal))
    return show(request, own, form, status=422)


def save(request: PortalRequest, own: Own, form: OwnAnswersForm) -> HttpResponse:
    """Write the answers and say so."""
    by, now = person_or_404(request), timezone.now()
    with deleted_on_failure():
        number = own_answers.save_answers(
            own.registration, form.given(), seen=form.seen_revisions(), by=by, at=now
        )
    messages.success(request, _("Your answers are saved.") if number else _("Nothing has changed."))
    if gone := form.gone_words:
        messages.info(request, gone)
    return redirect("my_answers", own.registration.network.slug)


def show(
    request: PortalRequest, own: Own, form: OwnAnswersForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Draw the page."""
    context = own_context(own, form, **more)
    return render(request, "registrations/asking/my_answers.html", context, status=status)


@never_cache
@require_safe
def answer_file(request: PortalRequest, uid: UUID) -> HttpResponseBase:
    """Hand out a file that answers a question, to whose it is and to who may read the answer."""
    mine = Answer.objects.visible_to(person_or_404(request)).exclude(file="")
    answer = get_object_or_404(mine, uid=uid)
    try:
        file = answer.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(file)
    name = str(answer.value or "answer")
    response["Content-Type"] = kind_of(name).media_type
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
