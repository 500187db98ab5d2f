"""Wording the portal's own mails: of a network by its staff, of the partnership by coordinators."""

from django.contrib import messages as notes
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.models import Network
from meetings.planning.requests import staffed_network_or_404
from partners.models import Partnership, known_partnership
from partners.people.requests import PortalRequest, acting, coordinator_or_403, person_or_404
from registrations.messages.domain import own_mails as domain
from registrations.messages.domain.own_mails import Place
from registrations.messages.exceptions import MessageRefused, TextRefused
from registrations.messages.forms.own_mails import OwnMailForm
from registrations.messages.pages import own_mails as pages
from stemnet.outbox.worded import OwnMail


def place_of(request: PortalRequest, slug: str) -> Place:
    """Return the network that the asker staffs; without a slug the partnership, for coordinators."""
    if slug:
        return staffed_network_or_404(request, slug)
    coordinator_or_403(request)
    return get_object_or_404(Partnership)


def mail_or_404(place: Place, kind: str) -> OwnMail:
    """Return the kind of mail of this name that is worded there."""
    if (mail := domain.worded_in(place).get(kind)) is None:
        raise Http404
    return mail


def addresses(place: Place, mail: OwnMail | None = None) -> dict[str, str]:
    """Return the addresses of the list, of one mail and of its preview."""
    of_network = isinstance(place, Network)
    args = [place.slug] if isinstance(place, Network) else []
    names = ("own_mails", "own_mail", "own_mail_preview") if of_network else SHARED
    found = {"list_url": reverse(names[0], args=args)}
    if mail is not None:
        found["here_url"] = reverse(names[1], args=[*args, mail.kind])
        found["preview_url"] = reverse(names[2], args=[*args, mail.kind])
    return found


SHARED = ("partnership_mails", "partnership_mail", "partnership_mail_preview")


@never_cache
@require_safe
def own_mails(request: PortalRequest, slug: str = "") -> HttpResponse:
    """List the portal's mails, and whose words each begins with."""
    place = place_of(request, slug)
    context = {
        "network": place if isinstance(place, Network) else None,
        "sections": [
            (
                about,
                any(line.words for line in lines),
                [(line, addresses(place, line.mail)["here_url"]) for line in lines],
            )
            for about, lines in pages.sections_of(place, known_partnership())
        ],
    }
    return render(request, "registrations/messages/own_mails.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_mail(request: PortalRequest, kind: str, slug: str = "") -> HttpResponse:
    """Word one mail, or give it back the portal's words."""
    place = place_of(request, slug)
    mail = mail_or_404(place, kind)
    if request.method != "POST":
        kept = domain.words_kept(place, kind) or {}
        initial = {"subject": kept.get("subject", ""), "text": kept.get("opening", "")}
        return edit_page(request, place, mail, OwnMailForm(initial=initial))
    if request.POST.get("act") == "default":
        domain.drop_words(place, mail)
        notes.success(request, _("It begins with the portal's own words again."))
        return redirect(addresses(place)["list_url"])
    form = OwnMailForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            domain.keep_words(place, mail, subject=data["subject"], opening=data["text"], **acting(request))
        except TextRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        except MessageRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            notes.success(request, _("Saved. From now on it begins with your words."))
            return redirect(addresses(place)["list_url"])
    return edit_page(request, place, mail, form, status=422)


@never_cache
@require_POST
def own_mail_preview(request: PortalRequest, kind: str, slug: str = "") -> HttpResponse:
    """Show the mail with what stands in the form; nothing is kept."""
    place = place_of(request, slug)
    mail = mail_or_404(place, kind)
    form = OwnMailForm(request.POST)
    words = domain.cleaned(**typed(form)) if form.is_valid() else None
    return render(request, "registrations/messages/_own_preview.html", preview(request, place, mail, words))


def typed(form: OwnMailForm) -> dict[str, str]:
    """Return what was typed, by the names of the domain."""
    return {"subject": form.cleaned_data["subject"], "opening": form.cleaned_data["text"]}


def preview(
    request: PortalRequest, place: Place, mail: OwnMail, words: dict[str, str] | None
) -> dict[str, object]:
    """Return what the preview shows, and what is wrong with the words."""
    wrong = ""
    if words and words["subject"] and words["opening"]:
        try:
            domain.check_words(mail, subject=words["subject"], opening=words["opening"])
        except TextRefused as refusal:
            wrong = str(refusal)
    else:
        words = None
    person = person_or_404(request)
    shown = pages.preview_of(mail, place, words, reader=person, at=timezone.now())
    return {"preview": shown, "wrong": wrong, "mail": mail}


def edit_page(
    request: PortalRequest, place: Place, mail: OwnMail, form: OwnMailForm, *, status: int = 200
) -> HttpResponse:
    """Draw the page on which one mail is worded."""
    subject, opening = (str(form[name].value() or "") for name in ("subject", "text"))
    context = {
        "network": place if isinstance(place, Network) else None,
        "form": form,
        "places": domain.places_of(mail),
        "is_own": domain.words_kept(place, mail.kind) is not None,
        **addresses(place, mail),
        **preview(request, place, mail, domain.cleaned(subject, opening)),
    }
    return render(request, "registrations/messages/own_mail.html", context, status=status)
