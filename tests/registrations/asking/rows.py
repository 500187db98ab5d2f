"""Questions and answers for tests."""

from typing import Any

from meetings.models import Network
from registrations.asking.domain import building
from registrations.asking.domain.plans import QuestionPlan
from registrations.models import Answer, Question, QuestionVersion
from tests.factories import NOW, SWEEP, a_registration


def a_question(network: Network, label: str = "How do you get here?", **fields: Any) -> Question:
    plan = QuestionPlan(label=label, **fields)
    return building.add_question(network, plan, by=SWEEP, at=NOW)


def a_choice(network: Network, label: str = "Will you stay for lunch?", **fields: Any) -> Question:
    return a_question(network, label, **{"kind": "choice", "options": ["Yes", "No"], **fields})


def a_diet(network: Network, **fields: Any) -> Question:
    plain = {"kind": "many", "about": "diet", "options": ["Vegan", "Halal", "Nut allergy"]}
    return a_question(network, "What do you eat?", **{**plain, "caterer_reads": True, **fields})


def newest(question: Question) -> QuestionVersion:
    question.refresh_from_db()
    return question.versions.get(number=question.version)


def an_answer(question: Question, value: Any, registration: Any = None, **fields: Any) -> Answer:
    registration = registration or a_registration(question.network)
    given = {"registration": registration, "question": question, "version": newest(question)}
    return Answer.objects.create(**given, **{"value": value, "given_at": NOW, "by_name": "test", **fields})


def plan_of(question: Question, **changed: Any) -> QuestionPlan:
    version = newest(question)
    names = ["kind", "about", "required", "on_registering", "depends_on", "depends_values", "staff_read"]
    names += ["leads_read", "caterer_reads", "changeable_until", "kept_days", "least", "most"]
    same = {name: getattr(question, name) for name in names}
    words = {"label": version.label, "help": version.help, "options": version.options}
    readers = [reader.person for reader in question.readers.all()]
    return QuestionPlan(**{**same, **words, "readers": readers, **changed})


def change(question: Question, **changed: Any) -> Question:
    seen = Question.objects.get(pk=question.pk).edition
    return building.change_question(question, plan_of(question, **changed), seen=seen, by=SWEEP, at=NOW)
