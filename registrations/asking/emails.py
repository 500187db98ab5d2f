"""The mail about a network's own questions: some wait for an answer, on one's own page."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from partners.people.emails import letter_to
from registrations.models import QuestionRound, Registration
from registrations.seats.emails import own_mails, why
from stemnet.outbox.queueing import Letter, prepare_many, put
from stemnet.outbox.worded import Place

TEMPLATE = "mail/registrations/questions"


def questions_wait(
    people: Iterable[tuple[Registration, int]], row: QuestionRound, *, again: bool, at: datetime
) -> None:
    """Ask each of ``people`` for the answers that wait; once for a round, and once more as a reminder."""
    letters = [_letter(one, number, row, again=again) for one, number in people]
    put(prepare_many(letters, at=at), at=at)


def _letter(registration: Registration, number: int, row: QuestionRound, *, again: bool) -> Letter:
    network = registration.network
    return letter_to(
        registration.person,
        TEMPLATE,
        lambda: {
            "network": network,
            "number": number,
            "again": again,
            "url": settings.SITE_URL + reverse("my_answers", args=[network.slug]),
            "why": why.registered(network) if registration.is_seated else why.waits(network),
        },
        key=f"questions:{row.pk}:{int(again)}:{registration.uid}",
        about=f"registration:{registration.uid}",
    )


def add_mails() -> None:
    """Let networks and the partnership word it."""
    number = Place("number", gettext_lazy("how many questions"))
    own_mails.can_be_worded(
        "questions",
        gettext_lazy("Questions that wait for an answer, and the reminder"),
        number,
        about=gettext_lazy("Registering"),
    )
