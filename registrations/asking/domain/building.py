"""Setting up a network's questions. What people relied on when they answered stays as it was."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, Person
from registrations.asking import emails
from registrations.asking.domain.keeping import COVERS
from registrations.asking.domain.plans import QuestionPlan
from registrations.asking.domain.question_log import What, label_of, note
from registrations.models import Answer, Question, QuestionReader, QuestionVersion
from registrations.seats.domain import answering, seats
from registrations.seats.exceptions import (
    QuestionAnswered,
    QuestionChanged,
    QuestionGone,
    QuestionRefused,
)
from stemnet import jobs
from stemnet.retention.holds import held
from stemnet.retention.registry import free_of
from stemnet.telling import tell

MOST = 40


@jobs.finishing()
@transaction.atomic
def add_question(
    network: Network, plan: QuestionPlan, *, uid: UUID | None = None, by: Actor, at: datetime
) -> Question:
    """Add a question at the end; the same ``uid`` twice is one question. Raises QuestionRefused."""
    seats.lock_network(network)
    known = Question.objects.filter(network=network)
    if uid and (same := known.filter(uid=uid).first()):
        return same
    if known.standing().count() >= MOST:
        raise QuestionRefused(
            sentence=_("A network asks at most %(most)d questions. End one first.") % {"most": MOST}
        )
    last = known.order_by("-place").first()
    question = Question(network=network, made_at=at, edited_by=str(by)[:200], **plan.columns())
    question.uid = uid or question.uid
    question.place = last.place + 1 if last else 1
    _depend(question, plan)
    question.save()
    _word(question, plan, at=at)
    _name_readers(question, plan.readers, by=by, at=at)
    note(network, What.ADDED, question=question, words=plan.label, by=by, at=at)
    return question


@jobs.finishing()
@transaction.atomic
def change_question(
    question: Question, plan: QuestionPlan, *, seen: int, by: Actor, at: datetime
) -> Question:
    """Change a question whose page showed the edition ``seen``; other words are a new version.

    Raises QuestionChanged, QuestionGone, and QuestionAnswered for what people relied on when they answered.
    """
    question = lock_question(question)
    if question.edition != seen:
        raise QuestionChanged(question.edited_by)
    if question.answers.exists():
        check_promises(question, plan)
    _check_dependents(question, plan)
    for name, value in plan.columns().items():
        setattr(question, name, value)
    _depend(question, plan)
    question.edition, question.edited_by = question.edition + 1, str(by)[:200]
    worded = _word(question, plan, at=at)
    question.save()
    if _name_readers(question, plan.readers, by=by, at=at):
        note(question.network_id, What.READERS, question=question, by=by, at=at)
    what = What.WORDED if worded else What.CHANGED
    note(question.network_id, what, question=question, words=plan.label, by=by, at=at)
    return question


def lock_question(question: Question) -> Question:
    """Return the question as it is now, its network's row locked. Raises QuestionGone."""
    seats.lock_network(question.network)
    fresh = Question.objects.select_related("network").filter(pk=question.pk).first()
    if fresh is None:
        raise QuestionGone
    return fresh


def check_promises(question: Question, plan: QuestionPlan) -> None:
    """Raise QuestionAnswered where more would read the answers, or they would be kept longer."""
    wanted = plan.columns()
    if wanted["kind"] != question.kind or wanted["about"] != question.about:
        raise QuestionAnswered(
            sentence=_("People have answered, so the kind of this question stays. Add another question.")
        )
    wider = [name for name in ("staff_read", "leads_read", "caterer_reads") if wanted[name]]
    if any(not getattr(question, name) for name in wider):
        raise QuestionAnswered(
            sentence=_(
                "People answered because they knew who reads it, so nobody else can be let in now. "
                "Add another question, or name one more person."
            )
        )
    days, kept = wanted["kept_days"], question.kept_days
    if kept is not None and (days is None or days > kept):
        raise QuestionAnswered(
            sentence=_("People answered because they knew how long we keep it, so it can't be kept longer.")
        )


def _depend(question: Question, plan: QuestionPlan) -> None:
    """Let a question depend on an earlier one. Raises QuestionRefused where that can't be."""
    parent = plan.depends_on
    question.depends_on, question.depends_values = parent, list(plan.depends_values) if parent else []
    if parent is None:
        return
    if parent.network_id != question.network_id or parent.kind not in Question.DECIDING or parent.ended_at:
        raise QuestionRefused(sentence=_("A question can't depend on this one. Choose another condition."))
    if parent.is_sensitive:
        raise QuestionRefused(
            sentence=_("That would tell others what somebody needs or eats. Choose another condition.")
        )
    if parent.place >= question.place:
        raise QuestionRefused(sentence=_("A question can only depend on one that comes before it."))
    if question.on_registering and not parent.on_registering:
        raise QuestionRefused(
            sentence=_(
                "The question it depends on is asked later, so this one can't be asked on registering."
            )
        )


def _check_dependents(question: Question, plan: QuestionPlan) -> None:
    """Raise QuestionRefused where other questions depend on what would go."""
    for dependent in question.dependents.standing():
        lost = set(dependent.depends_values) - set(plan.options)
        if plan.kind not in Question.DECIDING or (lost and plan.kind in Question.PICKED):
            words = _("“%(question)s” depends on an answer that would go. Change its condition first.")
            raise QuestionRefused(sentence=words % {"question": label_of(dependent)})
        if dependent.on_registering and not plan.on_registering:
            words = _("“%(question)s” depends on this one and is asked on registering. Change that first.")
            raise QuestionRefused(sentence=words % {"question": label_of(dependent)})


def _word(question: Question, plan: QuestionPlan, *, at: datetime) -> bool:
    """Write a new version where the words differ; return whether they do."""
    options = plan.options if plan.kind in Question.PICKED else []
    newest = question.versions.filter(number=question.version).first()
    said = {"label": plan.label, "help": plan.help, "options": options}
    if newest is not None and all(getattr(newest, name) == value for name, value in said.items()):
        return False
    question.version = newest.number + 1 if newest else 1
    QuestionVersion.objects.create(question=question, number=question.version, written_at=at, **said)
    return True


def _name_readers(question: Question, people: Sequence[Person], *, by: Actor, at: datetime) -> bool:
    """Let exactly ``people`` be named as readers, and tell who is new; return whether others are now."""
    wanted = {person.pk for person in people}
    known = set(question.readers.values_list("person", flat=True))
    if wanted == known:
        return False
    question.readers.exclude(person__in=wanted).delete()
    new = [one for one in people if one.pk not in known]
    QuestionReader.objects.bulk_create(
        QuestionReader(question=question, person=one, named_at=at, named_by=str(by)[:200]) for one in new
    )
    for one in new:
        tell(emails.named_to_read, question, one, by_name=str(by), at=at)
    return True


@transaction.atomic
def move_question(question: Question, *, up: bool) -> None:
    """Swap a question with its neighbor. Raises QuestionRefused where one depends on the other."""
    question = lock_question(question)
    rows = list(Question.objects.filter(network=question.network_id).standing())
    place = rows.index(question) if question in rows else 0
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    first, second = sorted((place, other))
    if rows[second].depends_on_id == rows[first].pk:
        raise QuestionRefused(sentence=_("One of these two depends on the other, so their order stays."))
    rows[first], rows[second] = rows[second], rows[first]
    for number, row in enumerate(rows, start=1):
        row.place = number
    Question.objects.bulk_update(rows, ["place"])


@transaction.atomic
def end_question(question: Question, *, by: Actor, at: datetime) -> None:
    """Ask a question no longer; its answers stay as long as they are kept. Raises QuestionRefused."""
    question = lock_question(question)
    if question.ended_at is not None:
        return
    _check_alone(question)
    Question.objects.filter(pk=question.pk).update(ended_at=at)
    note(question.network_id, What.ENDED, question=question, by=by, at=at)


@transaction.atomic
def ask_again(question: Question, *, by: Actor, at: datetime) -> None:
    """Ask a question again that was ended, at the end. Raises QuestionRefused."""
    question = lock_question(question)
    if question.ended_at is None:
        return
    if question.depends_on is not None and question.depends_on.ended_at is not None:
        raise QuestionRefused(sentence=_("The question it depends on isn't asked anymore."))
    last = question.network.own_questions.order_by("-place").first()
    place = last.place + 1 if last else 1
    Question.objects.filter(pk=question.pk).update(ended_at=None, place=place)
    note(question.network_id, What.AGAIN, question=question, by=by, at=at)


def _check_alone(question: Question) -> None:
    """Raise QuestionRefused where another question is asked only after this one."""
    if dependent := question.dependents.standing().first():
        words = _("“%(question)s” depends on this one. Change its condition first.")
        raise QuestionRefused(sentence=words % {"question": label_of(dependent)})


def check_free(answers: Sequence[Answer], *, at: datetime) -> None:
    """Raise QuestionRefused where a legal hold covers one of ``answers``."""
    mine = Answer.objects.filter(pk__in=[answer.pk for answer in answers])
    if answers and free_of(mine, COVERS, held(at)).count() < len(answers):
        raise QuestionRefused(
            sentence=_("Answers here are under a legal hold. Ask a coordinator, who sees which one.")
        )


@transaction.atomic
def delete_question(question: Question, *, answers: int, by: Actor, at: datetime) -> None:
    """Delete a question with its ``answers``, as many as the page said.

    The log keeps what it asked, how many answers went, when and by whom. Raises QuestionRefused or
    QuestionGone.
    """
    question = lock_question(question)
    _check_alone(question)
    rows = list(Answer.objects.filter(question=question))
    check_free(rows, at=at)
    if len(rows) != answers:
        raise QuestionRefused(
            sentence=_("Somebody answered while you had this page open. Look at the number once more.")
        )
    words = label_of(question)
    if rows:
        note(question.network_id, What.CLEARED, words=words, number=answering.delete(rows), by=by, at=at)
    note(question.network_id, What.DELETED, words=words, by=by, at=at)
    Question.objects.filter(depends_on=question).update(depends_on=None, depends_values=[])
    question.delete()
