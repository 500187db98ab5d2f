"""Who is asking, where an old address leads, who needs a second factor, and forms that are kept."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from partners.models import Organization, Person, partnership_asked_once
from partners.people.domain import kept_forms, organizations, second_factor
from partners.people.forms.kept_form import NAME, fields_of, fits
from partners.people.requests import PortalRequest, wants_json

Answer = Callable[[PortalRequest], HttpResponse]
WAITING = "kept_form"
SENT, MOST_SENT = "kept_sent", 5


def posted_form(request: HttpRequest) -> QueryDict:
    """Return what was posted; nothing of what is larger than a long form, which its view reads."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_small = length.isdecimal() and int(length) <= (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    return request.POST if request.method == "POST" and is_small else QueryDict()


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Lead to signing in; a long form that was sent after the session ended waits there for its account."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """Keep the form in the session, which goes on to whoever signs in, and ask to sign in."""
        posted = posted_form(request)
        may_wait = not kept_forms.device_only(posted.get("kept_form", "")) and fits(posted)
        if posted.get("kept_account") and may_wait:
            request.session[WAITING] = {
                "form": posted["kept_form"],
                "account": posted["kept_account"],
                "fields": fields_of(posted),
            }
        return super().handle_no_permission(request, view_func)


class PersonMiddleware:
    """Set ``request.person`` to the person behind the login, or None, and ask where we are once a request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Find the person once a request; a login without one is treated as nobody."""
        user = request.user
        request.person = user.person if user.is_authenticated else None
        with partnership_asked_once():
            return self.get_response(request)


class OldAddressMiddleware:
    """Send every old address of an organization on to the page that it has now, for those who may see it.

    Never for good: a merge can be taken back.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Look for an old address only where nothing was found."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.method not in ("GET", "HEAD"):
            return response
        return self._moved(request) or response

    def _moved(self, request: PortalRequest) -> HttpResponse | None:
        """Return the way to the page of today, or None."""
        match = request.resolver_match
        name = next((one for one in ("organization", "slug") if match and one in match.kwargs), None)
        if match is None or name is None:
            return None
        moved = organizations.moved_to(str(match.kwargs[name]))
        person = request.person
        if moved is None or not _may_see(person, moved):
            return None
        path = reverse(match.view_name, kwargs={**match.kwargs, name: moved.slug})
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(f"{path}?{query}" if query else path)


def _may_see(person: Person | None, organization: Organization) -> bool:
    """Return whether somebody sees an organization, or answers for it."""
    everyone = Organization.objects
    seen = everyone.visible_to(person).filter(pk=organization.pk).exists()
    return seen or everyone.answered_for_by(person).filter(pk=organization.pk).exists()


class SecondFactorMiddleware:
    """Lead coordinators and staff to where they set up a passkey or an authenticator app, first of all."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Let through what they need for that, and everyone else."""
        user = request.user
        free = not settings.STAFF_NEED_SECOND_FACTOR or self._is_free(request)
        if free or not second_factor.is_needed(user) or second_factor.is_set_up(user):
            return self.get_response(request)
        if wants_json(request):
            return JsonResponse({}, status=HTTPStatus.FORBIDDEN)
        wanted = request.get_full_path() if request.method == "GET" else "/"
        return HttpResponseRedirect(f"{reverse('second_factor')}?{urlencode({'next': wanted})}")

    def _is_free(self, request: PortalRequest) -> bool:
        """Say whether a page is needed to set up a second factor or to leave, or shows nothing of staff."""
        pages = (*settings.FREE_OF_SECOND_FACTOR, settings.STATIC_URL, reverse("second_factor"))
        return request.path.startswith(pages)


class KeptFormMiddleware:
    """Keep long forms with their accounts: what waited for one, what another account typed, what was sent.

    A form is sent once its view leads on to another page; the browser then forgets it, told by a cookie that
    names the form.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        """Look at what waited, then go on."""
        request.reached_view = False
        if request.person and WAITING in request.session:
            self._take_in(request, request.person)
        response = self.get_response(request)
        if request.method == "POST" and request.reached_view and response.status_code in (302, 303):
            self._was_sent(request, response)
        return response

    def process_view(self, request: PortalRequest, *_view: Any) -> HttpResponse | None:
        """Send nothing that was typed as another account; nobody who is signed out comes this far."""
        typed_as = posted_form(request).get("kept_account", "")
        somebody = bool(typed_as) and not typed_as.startswith(kept_forms.LINK)
        if somebody and request.person and typed_as != kept_forms.account_of(request.person):
            return render(request, "partners/people/typed_by_another.html", status=409)
        request.reached_view = True
        return None

    def _take_in(self, request: PortalRequest, person: Person) -> None:
        """Keep what waited for this account; what waited for another is forgotten."""
        waited = request.session.pop(WAITING)
        if waited["account"] == kept_forms.account_of(person):
            fields = [(name, value) for name, value in waited["fields"]]
            kept_forms.keep(person, form=waited["form"], fields=fields, at=timezone.now())

    def _was_sent(self, request: PortalRequest, response: HttpResponse) -> None:
        """Forget the form here, and let the browser forget it."""
        posted = posted_form(request)
        form, account = posted.get("kept_form", ""), posted.get("kept_account", "")
        if not (NAME.fullmatch(form) and NAME.fullmatch(account)):
            return
        if request.person:
            kept_forms.drop(request.person, form=form)
        before = [one for one in request.COOKIES.get(SENT, "").split("|") if one]
        names = [*before, f"{account}:{form}"][-MOST_SENT:]
        response.set_cookie(
            SENT, "|".join(names), samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, max_age=86_400
        )
