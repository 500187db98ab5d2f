"""Checking in on one's own phone: the code, then "I am here" and what comes after it."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.models import Person
from partners.people.domain import kept_forms
from partners.people.requests import PortalRequest
from registrations.attendance.domain import at_the_door, checking_in, queued, room_codes
from registrations.attendance.domain.checking_in import Press
from registrations.attendance.domain.passes import Pass, signed_pass
from registrations.attendance.exceptions import AttendanceRefused, NewCodeWanted, RoomCodeRefused, SamePhone
from registrations.attendance.forms.door import DoorForm
from registrations.attendance.forms.queue import Queue, queue_of
from registrations.attendance.pages.check_in import here_page
from registrations.attendance.views import phone
from registrations.models import DoorRequest
from stemnet.limits import is_over_limit, within_limit
from stemnet.views.pages import too_many_tries

HERE, LEAVE = "here", "leave"
TEN_MINUTES = 600
DOORS_AN_HOUR = 100  # who asks to be let in from one client address; a school shares one


@login_not_required
@never_cache
@require_safe
def check_in(request: PortalRequest) -> HttpResponse:
    """Ask for the code on the wall; one that a room shows leads to its meeting alone.

    It is kept in the session from here on, through signing in. Wrong codes are counted, right ones never.
    """
    typed, now = request.GET.get("code", "").strip()[:50], timezone.now()
    if not typed:
        return render(request, "registrations/attendance/check_in/code.html")
    if missed(request, is_over_limit, at=now):
        return too_many_tries(request)
    try:
        meeting = room_codes.meeting_of(typed, at=now)
    except RoomCodeRefused as refusal:
        missed(request, within_limit, at=now)
        context = {"refusal": refusal, "typed": typed}
        return render(
            request, "registrations/attendance/check_in/code.html", context, status=HTTPStatus.NOT_FOUND
        )
    phone.keep_pass(request, Pass(meeting.uid, now))
    return redirect("check_in_here")


def missed(request: PortalRequest, limit: Callable[..., bool], *, at: datetime) -> bool:
    """Ask for, or count, the wrong codes of one client address, which a school shares."""
    most = settings.ROOM_CODE_MISSES_PER_CLIENT
    return limit(what="room_code", client=request.client_address, most=most, seconds=TEN_MINUTES, at=at)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in_here(request: PortalRequest) -> HttpResponse:
    """Show where one stands at the meeting of the code, and take what is pressed."""
    if request.method == "POST":
        if request.content_type == "application/json":
            return take_queue(request)
        return take_form(request)
    return show_here(request)


def show_here(request: PortalRequest, *, refusal: str = "", form: DoorForm | None = None) -> HttpResponse:
    """Show the page, with what was refused and what was typed."""
    admitted = phone.pass_of(request)
    if admitted is None:
        return redirect("check_in")
    asked = request.session.get(phone.DOOR)
    leaving = "leave" in request.GET and not refusal
    page = here_page(admitted, request.person, at=timezone.now(), asked=asked, leaving=leaving)
    if page is None:
        return redirect("check_in")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal or form else HTTPStatus.OK
    context: dict[str, Any] = {**page, "refusal": refusal, "account": kept_forms.account_of(request.person)}
    if page["state"] in ("not_listed", "signed_out"):
        context["form"] = form or DoorForm(person=request.person)
    return render(request, "registrations/attendance/check_in/here.html", context, status=status)


def take_form(request: PortalRequest) -> HttpResponse:
    """Take what was pressed without a script; who is signed out signs in first, and presses again."""
    if request.person is None:
        return redirect(sign_in_first())
    now, act = timezone.now(), request.POST.get("act", "")
    try:
        admitted = signed_pass(request.POST.get("token", ""), person=request.person)
        if act == "undo":
            checking_in.undo(admitted=admitted, person=request.person, at=now)
        else:
            press(request, act, admitted, request.person, Press(now, now))
    except AttendanceRefused as refusal:
        return show_here(request, refusal=str(refusal))
    response = redirect("check_in_here")
    if act == "undo":
        phone.forget(request, response, admitted.meeting)
    elif act == HERE:
        phone.note(request, response, [admitted.meeting])
    return response


def press(request: PortalRequest, act: str, admitted: Pass, person: Person, pressed: Press) -> None:
    """Let the domain write what was pressed. Raises AttendanceRefused.

    Who presses on a phone that checked in somebody else is told so, and the desk sees it.
    """
    if act == LEAVE:
        checking_in.leave_early(admitted=admitted, person=person, pressed=pressed)
        return
    if act != HERE:
        raise NewCodeWanted
    try:
        phone.check_phone(request, admitted.meeting, person)
    except SamePhone:
        names = {"first_name": person.first_name, "last_name": person.last_name}
        asked = at_the_door.ask(
            admitted=admitted,
            **names,
            address=person.primary_address,
            why=DoorRequest.Why.SAME_PHONE,
            at=pressed.now,
        )
        request.session[phone.DOOR] = str(asked.uid)
        raise
    checking_in.check_in(admitted=admitted, person=person, pressed=pressed)


def take_queue(request: PortalRequest) -> HttpResponse:
    """Do what waited on the phone, each act once, and say of each what became of it.

    Nobody is sent on to sign in: 401 for nobody, 409 where another account pressed.
    """
    if request.person is None:
        return JsonResponse({}, status=HTTPStatus.UNAUTHORIZED)
    try:
        queue = queue_of(request.body)
    except ValueError:
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    if queue.account != kept_forms.account_of(request.person):
        return JsonResponse({"name": str(request.person)}, status=HTTPStatus.CONFLICT)
    answers, came = answered(request, queue, request.person)
    response = JsonResponse({"answers": answers, "rows": {}})
    phone.note(request, response, came)
    return response


def answered(request: PortalRequest, queue: Queue, person: Person) -> tuple[list[dict[str, Any]], list[UUID]]:
    """Return the answers, and the meetings at which the phone has checked ``person`` in."""
    now, answers, came = timezone.now(), [], []
    for one in queue.acts:
        pressed_at = queued.pressed_at(pressed=one.pressed, sent=queue.now, at=now)
        sentence = ""
        try:
            admitted = signed_pass(one.fields.get("token", ""), person=person)
            pressed = Press(max(pressed_at, admitted.at), now, one.key)
            press(request, one.fields.get("act", ""), admitted, person, pressed)
            came.append(admitted.meeting)
        except AttendanceRefused as refusal:
            sentence = str(refusal)
        except IntegrityError:  # the key of another press, which no page of ours sends
            sentence = str(NewCodeWanted())
        answers.append({"key": str(one.key), "done": not sentence, "question": sentence})
    return answers, came


@login_not_required
@never_cache
@require_POST
def check_in_ask(request: PortalRequest) -> HttpResponse:
    """Ask the desk to let in somebody who is not on the list."""
    admitted, now = phone.pass_of(request), timezone.now()
    if admitted is None:
        return redirect("check_in")
    client = request.client_address
    if not within_limit(what="door", client=client, most=DOORS_AN_HOUR, seconds=3600, at=now):
        return too_many_tries(request)
    form = DoorForm(request.POST, person=request.person)
    if not form.is_valid():
        return show_here(request, form=form)
    try:
        asked = at_the_door.ask(admitted=admitted, at=now, **form.cleaned_data)
    except AttendanceRefused as refusal:
        return show_here(request, refusal=str(refusal), form=form)
    request.session[phone.DOOR] = str(asked.uid)
    return redirect("check_in_here")


@login_not_required
@never_cache
@require_POST
def check_in_switch(request: PortalRequest) -> HttpResponse:
    """Let somebody else sign in on this phone; the code of the room stays with it."""
    admitted = phone.pass_of(request)
    logout(request)
    if admitted is None:
        return redirect("check_in")
    phone.keep_pass(request, admitted)
    messages.info(request, _("Sign in with the address that you registered with, then check in."))
    return redirect(sign_in_first())


def sign_in_first() -> str:
    """Return where one signs in, and comes back from."""
    return f"{reverse('account_login')}?{urlencode({'next': reverse('check_in_here')})}"
