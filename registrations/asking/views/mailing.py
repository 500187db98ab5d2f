"""Asking everyone who has not answered by e-mail: the number first, then one press."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partners.people.requests import PortalRequest, acting
from registrations.asking.domain import mailing
from registrations.asking.views.building import set_up_network
from registrations.seats.exceptions import QuestionRefused


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions_ask(request: PortalRequest, slug: str) -> HttpResponse:
    """Show how many would be asked, and ask them."""
    network = set_up_network(request, slug)
    if request.method == "POST":
        try:
            number = mailing.ask_people(network, **acting(request))
        except QuestionRefused as refusal:
            messages.error(request, str(refusal))
        else:
            words = ngettext("We're e-mailing one person.", "We're e-mailing %(n)d people.", number)
            messages.success(request, words % {"n": number})
        return redirect("questions", slug)
    people = mailing.people_missing(network, at=timezone.now())
    last = network.question_rounds.order_by("-asked_at").first()
    context = {"network": network, "people": people, "number": len(people), "last": last}
    return render(request, "registrations/asking/questions_ask.html", context)
