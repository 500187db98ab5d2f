"""One's own account: profile, sign-in methods, mail preferences."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.models import MailTopic, Position, local_day
from partners.people.domain import confirming_positions, interests, positions, second_factor
from partners.people.domain import preferences as mail_preferences
from partners.people.domain.organizations import Workplace
from partners.people.forms.account import MINE, PreferencesForm, ProfileForm
from partners.people.requests import PortalRequest, person_or_403


def profile(request: PortalRequest) -> HttpResponse:
    """Show and change names, workplace and language."""
    person = person_or_403(request)
    today = local_day(timezone.now())
    position = positions.newest(person, on=today)
    initial = {**_where(position), "interests": interests.of(person)}
    form = ProfileForm(request.POST or None, instance=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.save()
        place: Workplace = form.cleaned_data["workplace"]
        job, title = form.cleaned_data["job"], form.cleaned_data["title"]
        positions.move_position(person, position, workplace=place, job=job, title=title, on=today)
        interests.choose(person, form.cleaned_data["interests"])
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
def sign_in_methods(request: PortalRequest) -> HttpResponse:
    """Show the ways to sign in and lead to allauth's pages for each."""
    user = person_or_403(request).user
    own = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "passkeys": own.count(Authenticator.Type.WEBAUTHN),
        "has_totp": Authenticator.Type.TOTP in own,
        "has_recovery_codes": Authenticator.Type.RECOVERY_CODES in own,
        "has_password": user.has_usable_password(),
        "needs_second_factor": second_factor.is_needed(user),
    }
    return render(request, "partners/people/sign_in_methods.html", context)


def preferences(request: PortalRequest) -> HttpResponse:
    """Show and change which mail one wants."""
    person = person_or_403(request)
    muted = set(person.preferences.values_list("topic", flat=True))
    wanted = [topic for topic in MailTopic.values if topic not in muted]
    typed = request.POST if request.method == "POST" else None  # nothing ticked is an answer, too
    form = PreferencesForm(typed, initial={"topics": wanted})
    if form.is_valid():
        mail_preferences.choose_mail_topics(person, form.cleaned_data["topics"], at=timezone.now())
        messages.success(request, _("Your e-mail preferences are saved."))
        return redirect("preferences")
    return render(request, "partners/people/preferences.html", {"form": form})


@require_POST
def reset_private_links(request: PortalRequest) -> HttpResponse:
    """Make every private link sent so far void."""
    mail_preferences.reset_private_links(person_or_403(request))
    messages.success(
        request,
        _(
            "Your old private links no longer work. To keep getting your calendar, subscribe "
            "again from My learning."
        ),
    )
    return redirect("preferences")
