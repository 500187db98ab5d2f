"""A questionnaire with a question of every kind, and answers to it that say a word of one person's."""

from datetime import timedelta

from registrations.evaluation.domain import questionnaires
from registrations.evaluation.domain.questionnaires import Plan
from registrations.evaluation.forms.answering import EvaluationForm
from registrations.models import EvaluationQuestion
from tests.factories import NOW, SWEEP, a_network, a_registration, an_attendance, an_evaluation

Kind = EvaluationQuestion.Kind
EARLY = NOW - timedelta(days=30)
PLANS = {
    "scale": Plan(text="It was useful.", kind=Kind.AGREE, section="Scales", required=True),
    "rating": Plan(text="How good?", kind=Kind.RATING, section="Scales", required=True),
    "likely": Plan(text="How likely?", kind=Kind.RECOMMEND, section="Scales"),
    "choice": Plan(text="What was best?", kind=Kind.CHOICE, choices=["Labs", "Talks"], section="Choices"),
    "many": Plan(text="What helped?", kind=Kind.MANY, choices=["Files", "Peers", "Time"], section="Choices"),
    "matrix": Plan(
        text="How far do you agree?", kind=Kind.MATRIX, rows=["The room", "The food"], section="Matrix"
    ),
    "words": Plan(text="What else?", kind=Kind.WORDS, section="Words"),
    "work": Plan(
        text="Your work", kind=Kind.CHOICE, choices=["Teacher", "Leader"], splits=True, section="About you"
    ),
}
WHY = Plan(text="Why the labs?", kind=Kind.WORDS, section="Words")


def a_questionnaire(network=None, purpose="end"):
    """A questionnaire of every kind; returns it with the codes by name, `why` depending on `choice`."""
    network = network or a_network(meetings=1)
    made = questionnaires.begin(network, purpose, questionnaires.NOTHING, by=SWEEP, at=EARLY)
    codes = {}
    for name, plan in PLANS.items():
        codes[name] = questionnaires.add_question(made, plan, uid=None, by=SWEEP).code
    why = Plan(**{**vars(WHY), "depends_on": codes["choice"], "depends_values": ["Labs"]})
    codes["why"] = questionnaires.add_question(made, why, uid=None, by=SWEEP).code
    made.refresh_from_db()
    return made, codes


def people_of(network, number):
    """So many people who were at the first meeting of the network."""
    people = [a_registration(network) for _number in range(number)]
    for registration in people:
        an_attendance(registration, network.meetings.first())
    return people


def an_open_one(people=0):
    """An evaluation of every kind that is open, its codes by name, and people who are asked."""
    made, codes = a_questionnaire()
    everyone = people_of(made.network, people)
    return an_evaluation(made.network), codes, everyone


def typed(evaluation, codes, **given):
    """What a browser sends of the form, by names of questions."""
    plain = {"scale": "5", "rating": "4", "likely": "9", "choice": "Talks", "words": "", "work": "Teacher"}
    data = {f"q{codes[name]}": value for name, value in {**plain, **given}.items() if name in codes}
    rows = given.get("matrix", ["4", "na"])
    data |= {f"q{codes['matrix']}_{number}": value for number, value in enumerate(rows)}
    data["asked"] = str(evaluation.version)
    return data


def answers(evaluation, codes, **given):
    """What the form makes of it."""
    form = EvaluationForm(typed(evaluation, codes, **given), questions=evaluation.questions)
    assert form.is_valid(), form.errors
    return form.answers()
