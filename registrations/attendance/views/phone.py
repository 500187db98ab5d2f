"""What a browser carries while somebody checks in: the pass in its session, and whom it checked in."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from partners.models import Person
from partners.people.requests import PortalRequest
from registrations.attendance.domain.passes import Pass, kept_pass
from registrations.attendance.exceptions import SamePhone

PASS, DOOR = "check_in", "at_door"
PHONE, SALT = "checked_in", "registrations.phone"
MOST, DAYS = 4, 2
Checked = dict[str, str]  # the uid of each meeting, and of the person


def pass_of(request: PortalRequest) -> Pass | None:
    """Return what the last code left in the session."""
    return kept_pass(request.session.get(PASS))


def keep_pass(request: PortalRequest, admitted: Pass) -> None:
    """Keep a pass in the session, also through signing in; whoever waited at another door waits no more."""
    before = pass_of(request)
    if before is not None and before.meeting != admitted.meeting:
        request.session.pop(DOOR, None)
    request.session[PASS] = admitted.kept()


def checked_in(request: PortalRequest) -> Checked:
    """Return whom this phone has checked in, also where it is signed out or as somebody else by now."""
    try:
        found = signing.loads(request.COOKIES.get(PHONE, ""), salt=SALT, max_age=DAYS * 86_400)
    except signing.BadSignature:
        return {}
    return dict(found)


def check_phone(request: PortalRequest, meeting: UUID, person: Person) -> None:
    """Raise SamePhone where this phone has checked in somebody else at the meeting."""
    if checked_in(request).get(str(meeting), str(person.uid)) != str(person.uid):
        raise SamePhone


def note(request: PortalRequest, response: HttpResponse, meetings: list[UUID]) -> None:
    """Let the phone carry that it checked in whoever is signed in."""
    if request.person is not None and meetings:
        mine = {str(one): str(request.person.uid) for one in meetings}
        _carry(response, {**checked_in(request), **mine})


def forget(request: PortalRequest, response: HttpResponse, meeting: UUID) -> None:
    """Let the phone forget that it checked in anybody at a meeting: it was a mistake."""
    _carry(response, {one: who for one, who in checked_in(request).items() if one != str(meeting)})


def _carry(response: HttpResponse, checked: Checked) -> None:
    last = dict(list(checked.items())[-MOST:])
    response.set_cookie(
        PHONE,
        signing.dumps(last, salt=SALT),
        max_age=DAYS * 86_400,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
