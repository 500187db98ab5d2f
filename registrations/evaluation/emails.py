"""The invitations to the network evaluation and to the pulse of a meeting, and the reminders of them."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from partners.people.emails import letter_to
from registrations.models import Evaluation, EvaluationRequest, PulseRequest
from registrations.seats.emails import own_mails, why
from stemnet import wording
from stemnet.outbox.queueing import Letter
from stemnet.outbox.worded import Place

TEMPLATE = "mail/registrations/evaluation"
PULSE = "mail/registrations/pulse"


def invitation(request: EvaluationRequest, *, key: str, documents_wait: bool, at: datetime) -> Letter:
    """Return the mail that asks one person; it says when it is not the first, and what waits for it."""
    evaluation = request.evaluation
    network = evaluation.network
    return letter_to(
        request.registration.person,
        TEMPLATE,
        lambda: {
            "network": network,
            "again": request.mails > 0,
            "closed": not evaluation.takes_answers(at),
            "last_day": evaluation.last_day,
            "documents_wait": documents_wait,
            "url": settings.SITE_URL + reverse("evaluation", args=[network.slug]),
            "why": why.took_part(network),
        },
        key=key,
        about=about(evaluation),
    )


def pulse(request: PulseRequest, *, key: str) -> Letter:
    """Return the mail that asks one person about one meeting; it says when it is not the first."""
    evaluation, meeting = request.evaluation, request.evaluation.meeting
    network = evaluation.network
    if meeting is None:
        raise ValueError("a network evaluation has no meeting to ask about")
    return letter_to(
        request.registration.person,
        PULSE,
        lambda: {
            "network": network,
            "meeting": meeting,
            "again": request.mails > 0,
            "last_day": evaluation.last_day,
            "url": settings.SITE_URL + reverse("pulse", args=[network.slug, meeting.uid]),
            "why": why.took_part(network),
        },
        key=key,
        about=about(evaluation),
    )


def about(evaluation: Evaluation) -> str:
    """Return the opaque string that mails about this evaluation carry."""
    return f"evaluation:{evaluation.pk}"


def add_mails() -> None:
    """Let networks and the partnership word it."""
    last_day = Place("last_day", gettext_lazy("last day"), lambda context: wording.day(context["last_day"]))
    own_mails.can_be_worded(
        "evaluation",
        gettext_lazy("The network evaluation, and its reminders"),
        last_day,
        about=gettext_lazy("Evaluation"),
    )
    own_mails.can_be_worded(
        "pulse",
        gettext_lazy("The pulse after a meeting, and its reminder"),
        Place("meeting", gettext_lazy("meeting"), lambda context: context["meeting"].title),
        last_day,
        about=gettext_lazy("Evaluation"),
    )
