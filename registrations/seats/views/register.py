"""Registering on one page, the page of the code, and the clear page of every "no"."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meetings.models import Network
from partners.people.adapters import sign_in
from partners.people.requests import PortalRequest, person_or_403
from registrations.models import Hold, Registration
from registrations.seats.domain import (
    answering,
    groups,
    limits,
    mail_codes,
    offers,
    registering,
    seats,
    team_codes,
    waitlist,
    ways,
)
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.occupancy import SeatedNetwork, with_seats
from registrations.seats.domain.questions import asks_questions
from registrations.seats.exceptions import AlreadyRegistered, CodeUsed, PartyRefused, RegistrationRefused
from registrations.seats.forms.code import CodeForm
from registrations.seats.forms.register import RegisterForm, initial_of_answers
from registrations.seats.forms.who import initial_of_person
from registrations.seats.views.session import register_for_session, show_closed
from stemnet import codes, wording
from stemnet.exceptions import CodeRefused, NoMoreTries

BROWSER = "browser"
NAME_LENGTH = 32


@sensitive_post_parameters()
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: PortalRequest, slug: str) -> HttpResponse:
    """Show the form, or why nobody can register now; take what was typed."""
    at = timezone.now()
    networks = Network.objects.visible_to(request.person).annotate(asks_questions=asks_questions())
    network = get_object_or_404(with_seats(networks, at=at), slug=slug)
    if network.is_information_session:
        return register_for_session(request, network)
    if registered := own_registration(request, network):
        if offer := offers.open_offer(registered):
            return redirect("offer", slug=slug, uid=offer.uid)
        return show_done(request, registered, asks=getattr(network, "asks_questions", True), at=at)
    if request.method == "POST":
        return take_form(request, network, at=at)
    hold = own_hold(request, network)
    refused = registering.refusal(network, at=at, person=request.person)
    if refused and not (hold and seats.keeps_seat(hold, at=at)):
        return show_closed(request, network, refused)
    form = RegisterForm(network=network, person=request.person, initial=initial(request, hold))
    return show_form(request, network, form, at=at)


def take_form(request: PortalRequest, network: SeatedNetwork, *, at: datetime) -> HttpResponse:
    """Register at once who is signed in, else send the code; what was typed comes back with every error."""
    form = RegisterForm(request.POST, network=network, person=request.person)
    if not form.is_valid():
        return show_form(request, network, form, at=at)
    if gone := form.gone_words:
        messages.info(request, gone)
    take = register_at_once if request.person else send_code
    try:
        return take(request, network, form.answers(), at=at)
    except AlreadyRegistered:
        return redirect("register", slug=network.slug)
    except CodeRefused as refused:
        form.add_error("address", str(refused))
    except RegistrationRefused as refused:
        form.add_error(None, str(refused))
    return show_form(request, network, form, at=at)


def register_at_once(
    request: PortalRequest, network: Network, answers: Answers, *, at: datetime
) -> HttpResponse:
    """Register who is signed in."""
    person = person_or_403(request)
    registered = registering.register_person(network=network, person=person, answers=answers, at=at)
    say_if_group_is_full(request, registered, answers.group)
    say_if_way_is_full(request, registered, answers.ways)
    return redirect("register", slug=network.slug)


def send_code(request: PortalRequest, network: Network, answers: Answers, *, at: datetime) -> HttpResponse:
    """Keep what was typed for this browser and mail the code."""
    hold = registering.start_registration(
        network=network,
        answers=answers,
        browser=request.session.setdefault(BROWSER, browser_of(request)),
        client=mail_codes.client_of(request.client_address),
        at=at,
    )
    return redirect("register_code", slug=network.slug, uid=hold.uid)


def show_form(
    request: PortalRequest, network: SeatedNetwork, form: RegisterForm, *, at: datetime
) -> HttpResponse:
    """Draw the form, and say beforehand when it means the waitlist."""
    full = not seats.room_in(network)
    closes_at = network.closes_with(network.first_starts_at)
    context = {
        "network": network,
        "form": form,
        "browser": browser_of(request),
        "next_place": network.waiting + 1 if full else None,
        "automatic": full and waitlist.are_automatic(closes_at, at=at),
        "meetings": network.meetings.own().standing().order_by("starts_at"),
        "closes_at": closes_at,
    }
    return render(request, "registrations/seats/register.html", context)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_code(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take the code from the mail, on this device or another."""
    visible = Network.objects.visible_to(request.person)
    mine = Hold.objects.filter(network__in=visible, network__slug=slug, uid=uid)
    hold = mine.annotate(asks=asks_questions("network")).select_related("network").first()
    if hold is None:
        get_object_or_404(visible, slug=slug)
        messages.info(request, _("This page has expired. Register again. It takes two minutes."))
        return redirect("register", slug=slug)
    if made := team_codes.party_of(hold, request.person):
        return redirect("party", slug, made.uid)
    if hold.used_at and own_registration(request, hold.network):
        return redirect("register", slug=slug)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if "resend" in request.POST:
        return resend(request, hold)
    if form.is_valid():
        return take_code(request, hold, form)
    return show_code(request, hold, form)


def resend(request: PortalRequest, hold: Hold) -> HttpResponse:
    """Mail a new code."""
    try:
        registering.resend_code(hold, client=mail_codes.client_of(request.client_address), at=timezone.now())
    except CodeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("We sent a new code. Only the latest one works."))
    return redirect("register_code", slug=hold.network.slug, uid=hold.uid)


def take_code(request: PortalRequest, hold: Hold, form: CodeForm) -> HttpResponse:
    """Register and sign in who typed the right code."""
    at = timezone.now()
    if hold.answers.get("team"):
        return take_code_of_team(request, hold, form, at=at)
    try:
        admission = registering.confirm_registration(hold=hold, code=form.cleaned_data["code"], at=at)
    except CodeUsed:
        hold.refresh_from_db()
        return show_code(request, hold, CodeForm())
    except CodeRefused as refused:
        hold.refresh_from_db()
        form.add_error("code", str(refused))
        return show_code(request, hold, form)
    except RegistrationRefused as refused:
        return show_closed(request, hold.network, refused)
    if not admission.is_new:
        messages.info(request, _("You were already registered, so nothing has changed."))
    else:
        say_if_group_is_full(request, admission.registration, hold.answers.get("group"))
        say_if_way_is_full(request, admission.registration, hold.answers.get("ways", {}))
    return enter(
        request, admission.registration, address=hold.address, asks=getattr(hold, "asks", True), at=at
    )


def take_code_of_team(request: PortalRequest, hold: Hold, form: CodeForm, *, at: datetime) -> HttpResponse:
    """Register a team and sign its lead in; what can't be registered comes back in the form."""
    try:
        party = team_codes.confirm_party(hold=hold, code=form.cleaned_data["code"], at=at)
    except CodeRefused as refused:
        hold.refresh_from_db()
        form.add_error("code", str(refused))
        return show_code(request, hold, form)
    except (RegistrationRefused, PartyRefused) as refused:
        messages.error(request, str(refused))
        return redirect("register_team", slug=hold.network.slug)
    if party.by is None:
        raise Http404
    url = reverse("party", args=[hold.network.slug, party.uid])
    request.session.pop(BROWSER, None)
    return sign_in(request, party.by, at=at, address=hold.address, redirect_url=url)


def say_if_group_is_full(request: PortalRequest, registration: Registration, wanted: int | None) -> None:
    """Say so where the working group that was asked for filled up meanwhile."""
    if group := groups.filled_up(registration, wanted):
        words = _("The working group “%(group)s” just filled up. Choose another one in My learning.")
        messages.warning(request, words % {"group": group.title})


def say_if_way_is_full(request: PortalRequest, registration: Registration, wanted: dict[str, str]) -> None:
    """Say so where the room, or the places online, filled up meanwhile."""
    for meeting in (
        ways.not_chosen(registration, wanted)
        if wanted and registration.status != Registration.Status.WAITING
        else []
    ):
        words = _(
            "The places you asked for on %(day)s just filled up. We'll e-mail you when one is free. "
            "You can choose again in My learning."
        )
        messages.warning(request, words % {"day": wording.day(meeting.on)})


def enter(
    request: PortalRequest, registration: Registration, *, address: str, asks: bool, at: datetime
) -> HttpResponse:
    """Sign the person in and show "you are registered", or ask for their second factor first.

    A page loaded anew sends the code again, which changes nothing and leads to the same page.
    """
    request.session.pop(BROWSER, None)
    page = redirect("register", slug=registration.network.slug)
    answer = sign_in(request, registration.person, at=at, address=address, redirect_url=page.url)
    if not request.user.is_authenticated or answer.headers.get("Location") != page.url:
        return answer
    request.person = registration.person
    return show_done(request, registration, asks=asks, at=at)


def show_code(request: PortalRequest, hold: Hold, form: CodeForm) -> HttpResponse:
    """Draw the page of the code: until when the seat is held, and what to do when something went wrong."""
    at = timezone.now()
    context = {
        "network": hold.network,
        "hold": hold,
        "form": form,
        "masked": masked(hold.address),
        "keeps_seat": seats.keeps_seat(hold, at=at),
        "is_over": hold.expires_at <= at,
        "void": str(NoMoreTries()) if mail_codes.is_void(hold) else "",
        "again": codes.again_words(),
        "is_mine": hold.browser == request.session.get(BROWSER) and own_hold(request, hold.network) == hold,
    }
    return render(request, "registrations/seats/register_code.html", context)


def own_hold(request: PortalRequest, network: Network) -> Hold | None:
    """Return what this browser sent last for ``network`` and did not use."""
    browser = request.session.get(BROWSER)
    mine = network.holds.filter(browser=browser, used_at__isnull=True).order_by("-sent_at", "-pk")
    return mine.first() if browser else None


def browser_of(request: PortalRequest) -> str:
    """Return what this browser is called in its session from its first form on; nobody else knows it.

    The page with the form carries the name, so that a form sent twice before the first answer is one.
    """
    posted = request.POST.get(BROWSER, "")
    named = posted if len(posted) == NAME_LENGTH and posted.isalnum() else get_random_string(NAME_LENGTH)
    return str(request.session.get(BROWSER, named))


def own_registration(request: PortalRequest, network: Network) -> Registration | None:
    """Return the live registration of who is signed in."""
    person = request.person
    if person is None:
        return None
    return network.registrations.live().select_related("network").filter(person=person).first()


def initial(request: PortalRequest, hold: Hold | None) -> dict[str, Any]:
    """Return what the form shows at first: what this browser typed before, or what we know of the person."""
    if person := request.person:
        return initial_of_person(person)
    return initial_of_answers(Answers.from_json(hold.answers)) if hold and hold.answers else {}


def show_done(
    request: PortalRequest, registration: Registration, *, asks: bool, at: datetime
) -> HttpResponse:
    """Draw "you are registered", and how many questions wait where the network ``asks`` any."""
    waits = registration.status == Registration.Status.WAITING
    context = {
        "registration": registration,
        "network": registration.network,
        "place": seats.place_in_line(registration) if waits else None,
        "held_until": None if registration.is_seated else held_until(registration),
        "blocked": limits.said_of(registration),
        "automatic": waits and waitlist.seats_are_automatic(registration.network, at=at),
        "meetings": registration.network.meetings.own().standing().order_by("starts_at"),
        "waiting_answers": len(answering.waiting_of(registration)) if asks else 0,
    }
    return render(request, "registrations/seats/register_done.html", context)


def held_until(registration: Registration) -> datetime | None:
    """Return until when the leader of a designee can confirm, as long as they are asked."""
    one = registration.designations.open().first()
    return one.until if one else None


def masked(address: str) -> str:
    """Return an address of which its owner knows the rest: "k•••@example.org"."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}"
