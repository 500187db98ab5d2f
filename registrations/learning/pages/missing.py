"""The one thing that is missing: the first card of My learning, with its button."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Person, local_day
from registrations.asking.domain.own_answers import waiting_of
from registrations.credit.domain.credit_words import units_words
from registrations.credit.domain.readiness import Readiness, readiness_of_person
from registrations.evaluation.domain.evaluating import documents_wait
from registrations.learning.pages.learning_progress import awards_units, evaluation_url
from registrations.learning.pages.learning_rows import OwnNetwork, studies_of
from registrations.models import Document, Registration
from stemnet import wording


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What somebody has to do next: a heading, where it belongs, and a button."""

    title: str
    text: str
    url: str
    button: str


def missing_of(
    studies: Sequence[OwnNetwork], documents: Sequence[Document], *, at: datetime
) -> Missing | None:
    """Return the evaluation that is asked soonest, a registration to complete, questions, or documents.

    Nothing where there is none of these. Asks the database for one network at most.
    """
    asked = [study for study in studies if evaluation_url(study) and takes_answers(study)]
    if asked:
        return evaluation_of(min(asked, key=lambda study: study.network.evaluation.last_day))
    if studies and (half := unfinished(studies[0].registration.person)):
        return registration_of(half)
    if asked_now := questions_of(studies, at=at):
        return asked_now
    has = {document.network_id for document in documents}
    over = [study for study in studies if study.attendances and study.is_over and study.network.pk not in has]
    readiness = readiness_of_person(over[0].network, over[0].registration.person, at=at) if over else None
    return documents_of(over[0], readiness) if readiness and readiness.ready else None


def has_due(person: Person, *, at: datetime) -> bool:
    """Return whether something waits in My learning: what is missing, or a meeting today."""
    studies = studies_of(person, at=at)
    documents = list(Document.objects.valid().filter(person=person))
    meets = [study.next.meeting for study in studies if study.next]
    return missing_of(studies, documents, at=at) is not None or any(
        meeting.on == local_day(at, meeting.zone) for meeting in meets
    )


def unfinished(person: Person) -> Registration | None:
    """Return a live registration that staff made, of whose network somebody accepted no commitment yet."""
    made = person.registrations.live().filter(origin__in=Registration.MADE_BY_STAFF, acceptances=None)
    return made.filter(network__commitments__isnull=False).select_related("network").order_by("-pk").first()


def registration_of(registration: Registration) -> Missing:
    """Ask for what staff could not say for somebody who walked in."""
    network = registration.network
    return Missing(
        title=_("Finish your registration"),
        text=_("%(network)s. Staff added you; a few questions still need your answer.")
        % {"network": network},
        url=reverse("complete_registration", args=[network.slug]),
        button=_("Finish it now"),
    )


def questions_of(studies: Sequence[OwnNetwork], *, at: datetime) -> Missing | None:
    """Ask for the answers that wait in the first network that asks something."""
    asking = [study.registration for study in studies if study.registration.asks_questions]
    waiting = waiting_of(asking, at=at) if asking else {}
    first = next((one for one in asking if one.pk in waiting), None)
    if first is None:
        return None
    number = waiting[first.pk]
    words = ngettext("One question for you", "%(n)d questions for you", number)
    return Missing(
        title=words % {"n": number},
        text=_("%(network)s. Its staff need your answer.") % {"network": first.network},
        url=reverse("my_answers", args=[first.network.slug]),
        button=_("Answer now"),
    )


def takes_answers(study: OwnNetwork) -> bool:
    """Return whether the evaluation is not closed."""
    return study.network.evaluation.closed_at is None


def evaluation_of(study: OwnNetwork) -> Missing:
    """Say which document waits for the evaluation, and until when it can be answered."""
    evaluation = study.network.evaluation
    questions = evaluation.questions.count()
    words = {
        "network": study.network,
        "questions": ngettext("%(n)d question", "%(n)d questions", questions) % {"n": questions},
        "day": wording.day(evaluation.last_day),
    }
    return Missing(
        title=_("%(document)s is waiting for the network evaluation") % {"document": document_words(study)}
        if documents_wait(study.network, study.version)
        else _("Tell us how the network went"),
        text=_("%(network)s. %(questions)s, until %(day)s.") % words,
        url=evaluation_url(study),
        button=_("Answer the network evaluation"),
    )


def documents_of(study: OwnNetwork, readiness: Readiness) -> Missing:
    """Say which documents can be had."""
    certificate = Document.Kind.PDP in readiness.ready
    words = document_words(study) if certificate else _("Your confirmation of attendance")
    return Missing(
        title=_("%(document)s is ready") % {"document": words},
        text=_("%(network)s. Check your name and get it.") % {"network": study.network},
        url=reverse("my_documents", args=[study.network.slug]),
        button=_("Get your documents"),
    )


def document_words(study: OwnNetwork) -> str:
    """Return "Your certificate for 23 PDPs", or the confirmation where the hours give no points."""
    total = study.total
    if not awards_units(study) or total.below_minimum or not total.units:
        return _("Your confirmation of attendance")
    return _("Your certificate for %(units)s") % {"units": units_words(total.units, total.rule)}
