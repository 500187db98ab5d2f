"""The mail about a network's own questions: some wait for an answer, on one's own page."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meetings.planning.emails import NETWORK
from partners.models import Person
from partners.people.emails import WORDS, letter_to, to_person
from partners.people.emails.places import TOLD
from registrations.models import Question, QuestionRound, Registration
from registrations.seats.emails import own_mails, why
from stemnet.outbox.queueing import Letter, prepare_many, put
from stemnet.outbox.worded import OwnMail, Place, add
from stemnet.telling import afterwards

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


@afterwards
def named_to_read(question: Question, person: Person, *, by_name: str, at: datetime) -> None:
    """Tell somebody whose answers they may read from now on, and what goes with it."""
    network = question.network
    newest = question.versions.order_by("-number").first()
    if newest is None or not question.readers.filter(person=person).exists():
        return

    def said() -> dict[str, object]:
        values = {"who": by_name, "label": newest.label, "network": network}
        lines = [
            _("%(who)s named you to read what people answer to “%(label)s” in %(network)s.") % values,
            _("Use the answers only to prepare the meetings, and don't pass them on."),
        ]
        if question.kept_days is not None:
            days = ngettext(
                "We delete them %(n)s day after the last meeting.",
                "We delete them %(n)s days after the last meeting.",
                question.kept_days,
            )
            lines.append(days % {"n": question.kept_days})
        return {
            "subject": _("You can read answers: %(network)s") % values,
            "lines": lines,
            "action": _("See the answers"),
            "url": reverse("answers", args=[network.slug]),
            "filled": values,
            "why": why.reads_answers(network),
        }

    key = f"named_to_read:{question.uid}:{person.uid}:{at.isoformat()}"
    to_person(person, WORDS, said, key=key, about=f"network:{network.slug}", at=at)


def add_mails() -> None:
    """Let networks and the partnership word it."""
    number = Place("number", gettext_lazy("how many questions"))
    own_mails.can_be_worded(
        "questions",
        gettext_lazy("Questions that wait for an answer, and the reminder"),
        number,
        about=gettext_lazy("Registering"),
    )
    add(
        OwnMail(
            "named_to_read",
            gettext_lazy("Somebody is named to read answers"),
            gettext_lazy("Registering"),
            WORDS,
            (*TOLD, NETWORK),
            subject=gettext_lazy("You can read answers: %(network)s"),
            line=gettext_lazy("The coordinator named you to read what people answer to “Your diet”."),
        )
    )
