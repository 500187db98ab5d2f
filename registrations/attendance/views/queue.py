"""The queue of a device: acts at the desk that waited until there was a connection, answered one by one."""

from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from meetings.models import Meeting
from partners.models import Person
from partners.people.domain import kept_forms
from partners.people.requests import PortalRequest
from registrations.attendance.domain import queued, roster
from registrations.attendance.domain.walking_in import walk_in
from registrations.attendance.exceptions import AttendanceRefused, CompletedMeanwhile, ReasonWanted
from registrations.attendance.forms.attendance import MarkForm
from registrations.attendance.forms.queue import Queue, QueuedAct, queue_of
from registrations.attendance.forms.walk_in import WalkInForm
from registrations.attendance.pages.queue import Answer, Asks, queue_parts
from registrations.attendance.views.attendance import mark, markable
from registrations.attendance.views.walk_in import saying_at
from registrations.seats.domain import seats


@never_cache
@login_not_required
@require_POST
def staff_queue(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Do what waited on a device, each act once and in its order, and say of each what became of it.

    Nobody is sent on to sign in: 401 for nobody, 409 where another account made the acts.
    """
    person = request.person
    if person is None:
        return JsonResponse({}, status=HTTPStatus.UNAUTHORIZED)
    meeting = markable(request, uid)
    try:
        queue = queue_of(request.body if request.content_type == "application/json" else b"")
    except ValueError:
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    if queue.account != kept_forms.account_of(person):
        return JsonResponse({"name": str(person)}, status=HTTPStatus.CONFLICT)
    answers = [answer(act, queue, meeting, by=person, at=timezone.now()) for act in queue.acts]
    return JsonResponse(queue_parts(request, meeting, answers, look=queue.look))


def answer(act: QueuedAct, queue: Queue, meeting: Meeting, *, by: Person, at: datetime) -> Answer:
    """Do one act, or say what has to be known first."""
    pressed = queued.pressed_at(pressed=act.pressed, sent=queue.now, at=at)
    if act.row is None:
        return answer_walk_in(act, meeting, by=by, at=at, pressed_at=pressed)
    form = MarkForm(act.fields, meeting=meeting, row=str(act.key))
    people = roster.reachable(meeting, viewer=by).select_related("person", "network")
    person = people.filter(uid=act.row).first()
    if person is None:
        gone = _("This person is no longer on this meeting's list.")
        return Answer(act, pressed, asks=Asks.NOTHING, sentence=gone)
    if not form.is_valid():
        return Answer(act, pressed, asks=Asks.FORM, form=form)
    try:
        queued.do_once(
            lambda: mark(form.cleaned_data, person, meeting, by=by, at=at, pressed_at=pressed),
            key=act.key,
            meeting=meeting,
            knows_complete=act.knows_complete,
            at=at,
        )
    except CompletedMeanwhile as completed:
        return Answer(act, pressed, asks=Asks.ANYWAY, sentence=str(completed))
    except ReasonWanted as wanted:
        return Answer(act, pressed, asks=Asks.REASON, sentence=str(wanted))
    except AttendanceRefused as refusal:
        return Answer(act, pressed, asks=Asks.NOTHING, sentence=str(refusal))
    return Answer(act, pressed)


def answer_walk_in(
    act: QueuedAct, meeting: Meeting, *, by: Person, at: datetime, pressed_at: datetime
) -> Answer:
    """Take in somebody who came, or say what their form lacks."""
    full = meeting.network is not None and seats.free_seats(meeting.network, at=at) < 1
    form = WalkInForm(act.fields, meeting=meeting, full=full, auto_id=f"{act.key}-%s")
    if form.is_valid():
        try:
            take_in(form, act, meeting, by=by, at=at, pressed_at=pressed_at)
        except CompletedMeanwhile as completed:
            return Answer(act, pressed_at, asks=Asks.ANYWAY, sentence=str(completed))
    return Answer(act, pressed_at, asks=None if form.is_valid() else Asks.FORM, form=form)


def take_in(
    form: WalkInForm, act: QueuedAct, meeting: Meeting, *, by: Person, at: datetime, pressed_at: datetime
) -> None:
    """Let the domain take somebody in, once; what it refuses is said at the form."""
    values = form.cleaned_data
    with saying_at(form):
        queued.do_once(
            lambda: walk_in(meeting=meeting, by=by, at=at, pressed_at=pressed_at, **values),
            key=act.key,
            meeting=meeting,
            knows_complete=act.knows_complete,
            at=at,
        )
