"""One's own account: profile, sign-in methods, mail preferences."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.models import MailTopic, Person, Position
from partners.people.domain import confirming_positions, positions, second_factor
from partners.people.domain import preferences as mail_preferences
from partners.people.domain.organizations import Workplace
from partners.people.forms.account import MINE, PreferencesForm, ProfileForm
from partners.people.permissions import may_edit_partnership


def whoever_asks(request: HttpRequest) -> Person:
    """Return the person behind the login; a login without one has no pages of its own."""
    person: Person | None = request.person  # type: ignore[attr-defined]
    if person is None:
        raise PermissionDenied
    return person


def coordinator_who_asks(request: HttpRequest) -> Person:
    """Return the coordinator behind the login. Raises PermissionDenied for anybody else."""
    person = whoever_asks(request)
    if not may_edit_partnership(person):
        raise PermissionDenied
    return person


def profile(request: HttpRequest) -> HttpResponse:
    """Show and change names, workplace and language."""
    person = whoever_asks(request)
    today = timezone.localdate()
    position = positions.newest(person, on=today)
    form = ProfileForm(request.POST or None, instance=person, initial=_where(position))
    if request.method == "POST" and form.is_valid():
        form.save()
        place: Workplace = form.cleaned_data["workplace"]
        job, title = form.cleaned_data["job"], form.cleaned_data["title"]
        positions.move(person, position, workplace=place, job=job, title=title, on=today)
        mine = {name: form.cleaned_data[name] for name in MINE}
        positions.present(positions.newest(person, on=today), **mine)
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    claims = confirming_positions.claims_of(person, today=today)
    others = positions.others(person, on=today)
    named = [one for one in positions.named_earlier(person, on=today) if one != position]
    context = {"form": form, "claims": claims, "position": position, "others": others, "named": named}
    return render(request, "partners/people/profile.html", context)


def _where(position: Position | None) -> dict[str, object]:
    """Return what the profile shows about a position."""
    if position is None:
        return {}
    place = Workplace(position.organization, position.organization_words)
    mine = {name: getattr(position, name) for name in MINE}
    return {"workplace": place, "job": position.job, "title": position.title, **mine}


@require_safe
def sign_in_methods(request: HttpRequest) -> HttpResponse:
    """Show the ways to sign in and lead to allauth's pages for each."""
    user = whoever_asks(request).user
    own = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "passkeys": own.count(Authenticator.Type.WEBAUTHN),
        "has_totp": Authenticator.Type.TOTP in own,
        "has_recovery_codes": Authenticator.Type.RECOVERY_CODES in own,
        "has_password": user.has_usable_password(),
        "needs_second_factor": second_factor.is_needed(user),
    }
    return render(request, "partners/people/sign_in_methods.html", context)


def preferences(request: HttpRequest) -> HttpResponse:
    """Show and change which mail one wants."""
    person = whoever_asks(request)
    muted = set(person.preferences.values_list("topic", flat=True))
    wanted = [topic for topic in MailTopic.values if topic not in muted]
    form = PreferencesForm(request.POST or None, initial={"topics": wanted})
    if request.method == "POST":
        form = PreferencesForm(request.POST)
        if form.is_valid():
            mail_preferences.choose(person, form.cleaned_data["topics"], at=timezone.now())
            messages.success(request, _("Your mail preferences are saved."))
            return redirect("preferences")
    return render(request, "partners/people/preferences.html", {"form": form})


@require_POST
def reset_private_links(request: HttpRequest) -> HttpResponse:
    """Make every private link sent so far void."""
    mail_preferences.reset_private_links(whoever_asks(request))
    messages.success(
        request, _("Old private links no longer work. Subscribe to your calendar again from My learning.")
    )
    return redirect("preferences")
