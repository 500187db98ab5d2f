"""Questions of the demo's coming network, and what those answered who have registered for it."""

from collections.abc import Sequence
from datetime import datetime

from meetings.models import Network
from partners.models import Person
from registrations.asking.domain.building import add_question
from registrations.asking.domain.plans import QuestionPlan, presets
from registrations.models import Answer, QuestionVersion, Registration
from registrations.seats.domain.questions import asked_of

LUNCH = ["Yes", "Yes", "No", "Yes"]
DIETS: list[list[str] | None] = [None, ["Vegetarian"], None, ["Vegan", "Nut allergy"], ["Halal"], None]
STRANDS = ["Earth science", "Life science", "Physical science", "Technology and engineering"]


def ask(network: Network, registrations: Sequence[Registration], *, by: Person, at: datetime) -> None:
    """Ask about the strand one works on, lunch and diet, and access needs."""
    strand = QuestionPlan(
        label="Which strand do you work on most?", kind="choice", options=STRANDS, leads_read=True
    )
    lunch = QuestionPlan(
        label="Will you stay for lunch?",
        kind="choice",
        options=["Yes", "No"],
        required=True,
        caterer_reads=True,
    )
    add_question(network, strand, by=by, at=at)
    second = add_question(network, lunch, by=by, at=at)
    diet = _preset("diet", readers=[by], depends_on=second, depends_values=["Yes"])
    add_question(network, diet, by=by, at=at)
    add_question(network, _preset("access", readers=[by]), by=by, at=at)
    asks_strand, asks_lunch, asks_diet, _access = asked_of(network)
    rows = []
    for number, one in enumerate(registrations):
        lunched = LUNCH[number % 4]
        rows.append(_answer(asks_strand, one, STRANDS[number % 4]))
        rows.append(_answer(asks_lunch, one, lunched))
        if lunched == "Yes":
            rows.append(_answer(asks_diet, one, DIETS[number % 6]))
    Answer.objects.bulk_create(rows)


def _preset(name: str, **more: object) -> QuestionPlan:
    """Return the question that a coordinator begins with."""
    values = presets()[name]
    options = str(values.pop("options", "")).splitlines()
    return QuestionPlan(options=options, **{**values, **more})


def _answer(newest: QuestionVersion, one: Registration, value: object) -> Answer:
    question = newest.question
    given = {"given_at": one.requested_at, "by_name": str(one.person)}
    return Answer(registration=one, question=question, version=newest, value=value, **given)
