"""One letter, for the two whom it concerns: reading, answering, blocking."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.models import Person
from partners.people.requests import PortalRequest, person_or_404
from registrations.models import Block, Letter
from registrations.together.domain import letters
from registrations.together.exceptions import LetterRefused
from registrations.together.forms.letters import LetterForm


def own_letter_or_404(person: Person, slug: str, uid: UUID) -> Letter:
    """Return a letter that ``person`` wrote or got, else 404; leaving the network takes none away."""
    own = Letter.objects.between(person).filter(network__slug=slug)
    return get_object_or_404(own.select_related("network", "sender", "receiver"), uid=uid)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Read a letter, and answer one that one got."""
    person = person_or_404(request)
    found = own_letter_or_404(person, slug, uid)
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            letters.answer(found, form.words(), by=person, at=timezone.now())
        except LetterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("We e-mailed your answer to %(name)s.") % {"name": found.sender})
            return redirect("letter", slug, uid)
    got = found.receiver_id == person.pk
    context = {
        "network": found.network,
        "letter": found,
        "got": got,
        "form": form,
        "answers": found.answered_by.order_by("sent_at", "pk"),
        "blocked": got and letters.is_blocked(found.sender, by=person),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/together/letter.html", context, status=status)


@require_POST
def letter_block(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take no more letters from whoever wrote this one, or with ``undo`` take them again."""
    person = person_or_404(request)
    found = own_letter_or_404(person, slug, uid)
    try:
        if "undo" in request.POST:
            letters.unblock(found.sender, by=person)
            messages.success(request, _("%(name)s can write to you again.") % {"name": found.sender})
        else:
            letters.block(found, by=person, at=timezone.now())
            messages.success(request, _("%(name)s can't write to you here anymore.") % {"name": found.sender})
    except LetterRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("letter", slug, uid)


@never_cache
@require_safe
def blocked_writers(request: PortalRequest) -> HttpResponse:
    """List whom one takes no letters from, in any network, also when their letters are deleted."""
    blocks = Block.objects.filter(blocker=person_or_404(request)).select_related("blocked")
    context = {"blocks": blocks.order_by("-at", "-pk")}
    return render(request, "registrations/together/blocked.html", context)


@require_POST
def blocked_writer_lift(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Take letters again from somebody."""
    person = person_or_404(request)
    found = get_object_or_404(person.blocks.select_related("blocked"), blocked__uid=uid)
    letters.unblock(found.blocked, by=person)
    messages.success(request, _("%(name)s can write to you again.") % {"name": found.blocked})
    return redirect("blocked_writers")
