"""Setting up what an evaluation asks, in versions; what people were asked stays as it was.

Whoever changes something holds the questionnaire's row. The newest version is written in place until an
evaluation asks it; the first change after that begins another one, which is asked by the next evaluation,
or by the open one once staff say so.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from meetings.models import Network
from partners.models import Actor
from registrations.evaluation.domain.questions import PRESETS
from registrations.evaluation.exceptions import EditedElsewhere, EvaluationRefused, NoLongerAsked
from registrations.models import Evaluation, EvaluationQuestion, Questionnaire
from registrations.seats.domain import seats

MOST = 40
LAST_YEAR, NOTHING = "last-year", "nothing"
Kind, Purpose = EvaluationQuestion.Kind, Questionnaire.Purpose
CARRIED = (
    "code",
    "section",
    "kind",
    "text",
    "help",
    "choices",
    "rows",
    "scale",
    "required",
    "splits",
    "depends_on",
    "depends_values",
)


@dataclass(kw_only=True)
class Plan:
    """One question as it is to be."""

    text: str
    kind: str
    section: str = ""
    help: str = ""
    choices: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    scale: str = EvaluationQuestion.Scale.AGREE
    required: bool = False
    splits: bool = False
    depends_on: str = ""
    depends_values: list[str] = field(default_factory=list)


def questionnaire_of(network: Network, purpose: str) -> Questionnaire | None:
    """Return what a network set up to ask, or None."""
    return Questionnaire.objects.select_related("network").filter(network=network, purpose=purpose).first()


def newest(questionnaire: Questionnaire) -> list[EvaluationQuestion]:
    """Return the questions of the newest version, in order."""
    return list(questionnaire.questions.filter(version=questionnaire.version).order_by("number", "pk"))


def last_year(network: Network, purpose: str) -> Questionnaire | None:
    """Return what the network that this one continues asked, or None."""
    if network.cloned_from_id is None:
        return None
    return Questionnaire.objects.filter(network=network.cloned_from_id, purpose=purpose).first()


def would_ask(network: Network, purpose: str) -> list[EvaluationQuestion]:
    """Return, unsaved, what is asked where nobody set it up: last year's questions, else the portal's."""
    if before := last_year(network, purpose):
        return [copied(question) for question in newest(before)]
    return preset(network, purpose, next(iter(PRESETS[Purpose(purpose)])))


def preset(network: Network, purpose: str, name: str) -> list[EvaluationQuestion]:
    """Return the questions of one beginning of the portal, unsaved, in the network's language."""
    with override(network.language):
        return PRESETS[Purpose(purpose)][name][1]()


def copied(question: EvaluationQuestion) -> EvaluationQuestion:
    """Return a question like this one, unsaved."""
    return EvaluationQuestion(number=question.number, **{name: getattr(question, name) for name in CARRIED})


def set_up(network: Network, purpose: str, *, by: Actor, at: datetime) -> Questionnaire:
    """Return what the network asks; where nobody set it up, write down what it would ask."""
    questionnaire, is_new = Questionnaire.objects.get_or_create(
        network=network, purpose=purpose, defaults={"made_at": at, "edited_by": str(by)[:200]}
    )
    if is_new:
        _write(questionnaire, would_ask(network, purpose))
    return questionnaire


@transaction.atomic
def set_up_once(network: Network, purpose: str, *, by: Actor, at: datetime) -> Questionnaire:
    """Return what the network asks, written down once, to change it."""
    seats.lock_network(network)
    return set_up(network, purpose, by=by, at=at)


@transaction.atomic
def begin(network: Network, purpose: str, source: str, *, by: Actor, at: datetime) -> Questionnaire:
    """Begin with the questions of ``source``, instead of those of the version that is being written.

    ``source`` is last year's, nothing, or the name of a preset. Raises EvaluationRefused for another one.
    """
    seats.lock_network(network)
    before = last_year(network, purpose)
    if source == LAST_YEAR and before is not None:
        questions = [copied(question) for question in newest(before)]
    elif source in PRESETS[Purpose(purpose)]:
        questions = preset(network, purpose, source)
    elif source == NOTHING:
        questions = []
    else:
        raise EvaluationRefused(sentence=_("Choose what to start with."))
    questionnaire = _writable(set_up(network, purpose, by=by, at=at), by=by)
    questionnaire.questions.filter(version=questionnaire.version).delete()
    _write(questionnaire, questions)
    return questionnaire


@transaction.atomic
def add_question(
    questionnaire: Questionnaire, plan: Plan, *, uid: UUID | None, by: Actor
) -> EvaluationQuestion:
    """Add a question at the end of its section; the same ``uid`` twice is one. Raises EvaluationRefused."""
    locked = _lock(questionnaire)
    questions = newest(locked)
    if uid is not None and (same := next((one for one in questions if one.code == uid.hex), None)):
        return same
    if len(questions) >= MOST:
        raise EvaluationRefused(
            sentence=_("An evaluation asks at most %(most)d questions. Delete one first.") % {"most": MOST}
        )
    question = EvaluationQuestion(code=(uid or uuid4()).hex, **asdict(plan))
    place = max(
        (spot for spot, one in enumerate(questions, 1) if one.section == plan.section), default=len(questions)
    )
    questions.insert(place, question)
    _save(locked, questions, by=by)
    return question


@transaction.atomic
def change_question(
    questionnaire: Questionnaire, code: str, plan: Plan, *, seen: int, by: Actor
) -> EvaluationQuestion:
    """Change a question on a page that showed the edition ``seen``.

    A question of another kind or on another scale is another question: its answers are not those of the one
    before. Raises EditedElsewhere, NoLongerAsked and EvaluationRefused.
    """
    locked = _lock(questionnaire)
    questions = newest(locked)
    place = _place(questions, code)
    if locked.edition != seen:
        raise EditedElsewhere(locked.edited_by)
    old = questions[place]
    question = EvaluationQuestion(code=old.code, **asdict(plan))
    if _asked_as_another(locked, question):
        question.code = f"{old.code[:24]}-{locked.version + _was_asked(locked)}"
        for one in questions:
            if one.depends_on == old.code:
                one.depends_on = question.code
    questions[place] = question
    _save(locked, questions, by=by)
    return question


@transaction.atomic
def delete_question(questionnaire: Questionnaire, code: str, *, by: Actor) -> None:
    """Ask a question no longer; older versions, and results of them, keep it. Raises EvaluationRefused."""
    locked = _lock(questionnaire)
    questions = newest(locked)
    place = _place(questions, code)
    if dependent := next((one for one in questions if one.depends_on == code), None):
        words = _("“%(question)s” depends on this one. Change its condition first.")
        raise EvaluationRefused(sentence=words % {"question": dependent.text})
    del questions[place]
    _save(locked, questions, by=by)


@transaction.atomic
def move_question(questionnaire: Questionnaire, code: str, *, up: bool, by: Actor) -> None:
    """Swap a question with its neighbor. Raises EvaluationRefused where one depends on the other."""
    locked = _lock(questionnaire)
    questions = newest(locked)
    place = _place(questions, code)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(questions):
        return
    questions[place], questions[other] = questions[other], questions[place]
    _save(locked, questions, by=by)


@transaction.atomic
def ask_newest(evaluation: Evaluation) -> None:
    """Let an evaluation that is open ask the newest version from now on. Raises EvaluationRefused."""
    questionnaire = _lock(evaluation.questionnaire)
    locked = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if locked.closed_at is not None:
        raise EvaluationRefused(sentence=_("This evaluation is already closed."))
    if not questionnaire.questions.filter(version=questionnaire.version).exists():
        raise EvaluationRefused(sentence=_("There are no questions to ask. Add one first."))
    if questionnaire.version in locked.versions:
        return
    locked.version = questionnaire.version
    locked.versions = [*locked.versions, questionnaire.version]
    locked.save(update_fields=["version", "versions"])


def asks_older(evaluation: Evaluation) -> bool:
    """Return whether an evaluation that is open asks another version than the newest that has questions."""
    questionnaire = evaluation.questionnaire
    if evaluation.closed_at is not None or evaluation.version == questionnaire.version:
        return False
    return questionnaire.questions.filter(version=questionnaire.version).exists()


def _lock(questionnaire: Questionnaire) -> Questionnaire:
    return (
        Questionnaire.objects.select_for_update(of=("self",))
        .select_related("network")
        .get(pk=questionnaire.pk)
    )


def _place(questions: list[EvaluationQuestion], code: str) -> int:
    """Return where a question stands. Raises NoLongerAsked."""
    place = next((place for place, one in enumerate(questions) if one.code == code), None)
    if place is None:
        raise NoLongerAsked
    return place


def _was_asked(questionnaire: Questionnaire) -> bool:
    """Return whether an evaluation asks or asked the newest version."""
    return Evaluation.objects.filter(questionnaire=questionnaire, version__gte=questionnaire.version).exists()


def _asked_as_another(questionnaire: Questionnaire, question: EvaluationQuestion) -> bool:
    """Return whether people were asked this code in another kind or on another scale, in any version."""
    every = Evaluation.objects.filter(questionnaire=questionnaire).values_list("versions", flat=True)
    asked = {number for versions in every for number in versions}
    same = questionnaire.questions.filter(code=question.code, version__in=asked)
    return same.exclude(kind=question.kind, scale=question.scale).exists()


def _writable(questionnaire: Questionnaire, *, by: Actor) -> Questionnaire:
    """Return the questionnaire, locked, in a version that nobody was asked yet."""
    locked = _lock(questionnaire)
    if _was_asked(locked):
        locked.version += 1
    locked.edition, locked.edited_by = locked.edition + 1, str(by)[:200]
    locked.save(update_fields=["version", "edition", "edited_by"])
    return locked


def _save(questionnaire: Questionnaire, questions: list[EvaluationQuestion], *, by: Actor) -> None:
    """Write these questions as the version that nobody was asked yet. Raises EvaluationRefused."""
    _check(questions)
    writable = _writable(questionnaire, by=by)
    writable.questions.filter(version=writable.version).delete()
    _write(writable, [*questions])


def _write(questionnaire: Questionnaire, questions: list[EvaluationQuestion]) -> None:
    rows = [copied(question) for question in questions]
    for number, row in enumerate(rows, start=1):
        row.questionnaire, row.version, row.number = questionnaire, questionnaire.version, number
    EvaluationQuestion.objects.bulk_create(rows)


def _check(questions: list[EvaluationQuestion]) -> None:
    """Raise EvaluationRefused where a question depends on what can't decide whether it is asked."""
    before: dict[str, EvaluationQuestion] = {}
    for question in questions:
        parent = before.get(question.depends_on)
        if question.depends_on:
            _check_condition(question, parent)
        before[question.code] = question


def _check_condition(question: EvaluationQuestion, parent: EvaluationQuestion | None) -> None:
    if parent is None:
        words = _("“%(question)s” can only depend on a question that comes before it.")
        raise EvaluationRefused(sentence=words % {"question": question.text})
    if parent.splits:
        raise EvaluationRefused(
            sentence=_(
                "A question can't depend on one by which answers are compared: that would show what small "
                "groups answered."
            )
        )
    wanted = set(question.depends_values)
    if not wanted or wanted - set(answers_to(parent)):
        words = _("“%(question)s” depends on an answer that would go. Change its condition first.")
        raise EvaluationRefused(sentence=words % {"question": question.text})


def answers_to(question: EvaluationQuestion) -> list[str]:
    """Return the answers that another question can depend on, as the form sends them."""
    if question.kind in (Kind.AGREE, Kind.RATING):
        return [str(value) for value in range(1, 6)]
    if question.kind == Kind.RECOMMEND:
        return [str(value) for value in range(11)]
    return list(question.choices) if question.kind in EvaluationQuestion.PICKED else []
