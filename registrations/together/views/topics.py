"""The topics of a network: proposing, voting, commenting."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.people.requests import PortalRequest
from registrations.models import Proposal
from registrations.together.domain import comments, topics
from registrations.together.exceptions import AskedBefore, TopicRefused
from registrations.together.forms.topics import CommentForm, ProposalForm
from registrations.together.pages.topics import ballot_of, proposals_in, topic_page, topics_page
from registrations.together.requests import Place, place_or_404, seat_or_404

FORM = require_http_methods(["GET", "HEAD", "POST"])


def topic_or_404(place: Place, uid: UUID) -> Proposal:
    """Return a proposal of the network, also a hidden one, which says so; else 404."""
    found: Proposal = get_object_or_404(proposals_in(place.network), uid=uid)
    return found


@never_cache
@require_safe
def network_topics(request: PortalRequest, slug: str) -> HttpResponse:
    """List what people want to meet about, and what became of it."""
    context = topics_page(place_or_404(request, slug), request.GET, at=timezone.now())
    return render(request, "registrations/together/topics.html", context)


@never_cache
@FORM
def topic_new(request: PortalRequest, slug: str) -> HttpResponse:
    """Propose a topic or a need; what was proposed already is shown first."""
    place, now = place_or_404(request, slug), timezone.now()
    seat = seat_or_404(request, slug)
    form, alike = ProposalForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = topics.propose(seat, form.asked(), anyway=form.cleaned_data["anyway"], at=now)
        except AskedBefore as before:
            form.add_error("title", str(before))
            alike = before
        except TopicRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your topic is there. Others can vote for it now."))
            return redirect(made)
    context = {"network": place.network, "form": form, "alike": alike, "ballot": ballot_of(place, at=now)}
    status = 422 if request.method == "POST" else 200
    return render(request, "registrations/together/topic_new.html", context, status=status)


@never_cache
@FORM
def topic(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Show one proposal with its comments and what became of it; a POST comments."""
    place, now = place_or_404(request, slug), timezone.now()
    found = topic_or_404(place, uid)
    form, status = CommentForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                comments.say(found, given["text"], uid=given["uid"] or uuid4(), by=place.person, at=now)
            except TopicRefused as refusal:
                form.add_error("text", str(refusal))
            else:
                return redirect(found)
    context = topic_page(place, found, at=now)
    if request.method == "POST":
        context["comment_form"] = form
    return render(request, "registrations/together/topic.html", context, status=status)


@require_POST
def topic_vote(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Vote for a proposal, or with ``undo`` take the vote back."""
    place, seat = place_or_404(request, slug), seat_or_404(request, slug)
    found = topic_or_404(place, uid)
    try:
        if "undo" in request.POST:
            topics.take_vote_back(found, seat=seat, at=timezone.now())
            messages.success(request, _("You removed your vote."))
        else:
            topics.vote(found, seat=seat, at=timezone.now())
            messages.success(request, _("Your vote counts."))
    except TopicRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(found) if "here" in request.POST else redirect("network_topics", slug)


@require_POST
def topic_withdraw(request: PortalRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take one's own proposal back."""
    place, seat = place_or_404(request, slug), seat_or_404(request, slug)
    found = topic_or_404(place, uid)
    try:
        topics.withdraw(found, seat=seat)
    except TopicRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(found)
    messages.success(request, _("You withdrew “%(title)s”.") % {"title": found.title})
    return redirect("network_topics", slug)


@require_POST
def comment_delete(request: PortalRequest, slug: str, uid: UUID, comment: UUID) -> HttpResponse:
    """Delete one's own comment."""
    place = place_or_404(request, slug)
    found = topic_or_404(place, uid)
    row = get_object_or_404(found.comments, uid=comment)
    try:
        comments.remove(row, by=place.person)
    except TopicRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your comment is deleted."))
    return redirect(found)
