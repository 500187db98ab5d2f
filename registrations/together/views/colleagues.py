"""Who else is in a network: the cards, one's own, and one that a letter goes to."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.people.domain import interests
from partners.people.requests import PortalRequest
from registrations.models import Card, Registration
from registrations.together.domain import cards, letters
from registrations.together.exceptions import CardRefused, LetterRefused
from registrations.together.forms.cards import CardForm
from registrations.together.forms.letters import LetterForm
from registrations.together.pages.colleagues import colleagues_page, shown
from registrations.together.requests import Place, place_or_404, seat_or_404

FORM = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def colleagues(request: PortalRequest, slug: str) -> HttpResponse:
    """List the people of a network who chose to be found."""
    place = place_or_404(request, slug)
    context = colleagues_page(place, request.GET, at=timezone.now())
    return render(request, "registrations/together/colleagues.html", context)


@never_cache
@FORM
def own_card(request: PortalRequest, slug: str) -> HttpResponse:
    """Show oneself to the people of one's network, with a look at what they will see."""
    seat = seat_or_404(request, slug)
    card = cards.card_of(seat)
    form = CardForm(
        request.POST or None, instance=card or Card(registration=seat), initial=_begun(seat, card)
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                cards.show(seat, form.words(), at=timezone.now())
                interests.choose(seat.person, form.cleaned_data["interests"])
        except CardRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The people of this network can find you now."))
            return redirect("colleagues", slug)
    place = Place(seat.network, seat.person, seat, staffs=False)
    seen = shown([card], place)[0] if card else None
    context = {"network": seat.network, "seat": seat, "card": card, "one": seen, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/together/own_card.html", context, status=status)


def _begun(seat: Registration, card: Card | None) -> dict[str, object]:
    """Return what a new card begins with: what the last one said."""
    last = None if card else cards.last_card(seat)
    begun: dict[str, object] = {"interests": interests.of(seat.person)}
    names = ("ask_about", "would_mentor", "looks_for_mentor")
    return begun | ({name: getattr(last, name) for name in names} if last else {})


@require_POST
def own_card_remove(request: PortalRequest, slug: str) -> HttpResponse:
    """Be found no more."""
    cards.take_away(seat_or_404(request, slug), at=timezone.now())
    messages.success(request, _("Your card is gone. Nobody finds you here now."))
    return redirect("colleagues", slug)


@never_cache
@FORM
def colleague(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Write to somebody who shows a card, without seeing the address."""
    place = place_or_404(request, slug)
    card: Card = get_object_or_404(cards.cards_in(place.network), uid=uid)
    form = LetterForm(request.POST or None)
    if request.method == "POST" and place.seat and form.is_valid():
        try:
            letters.write(card, form.words(), seat=place.seat, at=timezone.now())
        except LetterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("We e-mailed your letter to %(name)s.")
            messages.success(request, words % {"name": card.registration.person})
            return redirect("colleagues", slug)
    context = {
        "place": place,
        "network": place.network,
        "one": shown([card], place)[0],
        "form": form,
        "own": cards.card_of(place.seat) if place.seat else None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/together/colleague.html", context, status=status)
