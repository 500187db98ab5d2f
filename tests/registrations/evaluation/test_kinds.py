"""Every kind of question: what its form takes, what is kept of it, and what its results say."""

from dataclasses import replace
from decimal import Decimal

import pytest

from meetings.models import Appointment
from registrations.evaluation.domain import answer_box, evaluating, questionnaires
from registrations.evaluation.domain.evaluation_results import results_of
from registrations.evaluation.forms.answering import EvaluationForm
from registrations.evaluation.forms.builder import EvaluationQuestionForm
from registrations.evaluation.pages.results import results_context
from registrations.models import Questionnaire
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_network,
    a_registration,
    a_user,
    an_attendance,
    an_evaluation,
)
from tests.registrations.evaluation.kinds import (
    PLANS,
    a_questionnaire,
    an_open_one,
    answers,
    people_of,
    typed,
)

pytestmark = pytest.mark.django_db


def closed(given, *, codes=None, evaluation=None, people=None):
    """An evaluation that these answered, closed and published."""
    if evaluation is None:
        evaluation, codes, people = an_open_one(len(given))
    for registration, each in zip(people, given, strict=True):
        said = answers(evaluation, codes, **each)
        evaluating.answer_evaluation(registration=registration, answers=said, at=NOW)
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluating.close_and_publish(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluation.refresh_from_db()
    return evaluation, codes


def test_the_form_takes_every_kind_and_keeps_it_by_its_code():
    evaluation, codes, (one,) = an_open_one(1)
    said = answers(
        evaluation, codes, choice="Labs", why="The pendulum", many=["Files", "Time"], matrix=["2", "na"]
    )
    evaluating.answer_evaluation(registration=one, answers=said, at=NOW)
    assert answer_box.answers_in(evaluation) == [
        {
            codes["scale"]: 5,
            codes["rating"]: 4,
            codes["likely"]: 9,
            codes["choice"]: "Labs",
            codes["many"]: ["Files", "Time"],
            codes["matrix"]: {"The room": 2, "The food": "na"},
            codes["work"]: "Teacher",
            codes["why"]: "The pendulum",
        }
    ]


def test_what_is_not_asked_after_these_answers_is_not_kept():
    evaluation, codes, _people = an_open_one()
    assert codes["why"] not in answers(evaluation, codes, choice="Talks", why="Nobody asked")


@pytest.mark.parametrize(
    "wrong",
    [{"choice": "Spies"}, {"many": ["Files", "Spies"]}, {"matrix": ["6", "1"]}, {"words": "x" * 2001}],
)
def test_an_answer_that_is_none_is_refused(wrong):
    evaluation, codes, _people = an_open_one()
    form = EvaluationForm(typed(evaluation, codes, **wrong), questions=evaluation.questions)
    assert not form.is_valid()


def test_a_step_holds_one_section_and_few_questions():
    evaluation, _codes, _people = an_open_one()
    form = EvaluationForm(questions=evaluation.questions)
    assert [(step.title, len(step.items)) for step in form.steps()] == [
        ("Scales", 3),
        ("Choices", 2),
        ("Matrix", 1),
        ("Words", 2),
        ("About you", 1),
    ]


def test_results_of_every_kind():
    given = [
        {"many": ["Files", "Peers"], "matrix": ["5", "3"], "words": f"Word {n}", "choice": "Labs"}
        for n in range(5)
    ]
    given += [{"many": ["Peers"], "matrix": ["2", "na"], "scale": "1"}]
    evaluation, codes = closed(given)
    results = results_of(evaluation)
    scales = {(one.question.code, one.row): one for one in results.scales}
    assert scales[codes["scale"], ""].mean == Decimal("4.3")
    assert scales[codes["matrix"], "The room"].mean == Decimal("4.5")
    assert (scales[codes["matrix"], "The food"].mean, scales[codes["matrix"], "The food"].answered) == (
        Decimal("3.0"),
        5,
    )
    choices = {one.question.code: {bar.label: bar.count for bar in one.bars} for one in results.choices}
    assert choices[codes["choice"]] == {"Labs": 5, "Talks": 1}
    assert choices[codes["many"]] == {"Files": 5, "Peers": 6, "Time": 0}
    words = {one.question.code: sorted(one.answers) for one in results.words}
    assert words[codes["words"]] == [f"Word {n}" for n in range(5)]


def test_a_group_under_five_is_hidden_in_what_splits_and_in_the_cross_table():
    given = [{"work": "Teacher", "scale": "5"}] * 6 + [{"work": "Leader", "scale": "1"}] * 2
    evaluation, codes = closed(given)
    results = results_of(evaluation)
    split = next(one for one in results.choices if one.question.code == codes["work"])
    assert {bar.label: bar.count for bar in split.bars} == {"Teacher": None, "Leader": None}
    assert results.breakdowns[0].shown == []


@pytest.mark.parametrize(("labs", "shown"), [(4, False), (5, True)])
def test_words_of_those_who_gave_one_answer_want_five_of_them(labs, shown):
    given = [{"choice": "Labs", "why": f"Because {n}"} for n in range(labs)] + [{"choice": "Talks"}] * 5
    evaluation, codes = closed(given)
    words = next(one for one in results_of(evaluation).words if one.question.code == codes["why"])
    assert (words.is_shown, len(words.answers)) == (shown, labs if shown else 0)


@pytest.mark.parametrize("name", ["likely", "many", "matrix"])
def test_a_question_of_any_kind_that_four_answered_shows_nothing(name):
    empty = {"likely": "", "many": [], "matrix": ["", ""]}
    full = {"likely": "10", "many": ["Files"], "matrix": ["5", "5"]}
    given = [{name: full[name]}] * 4 + [{name: empty[name]}] * 3
    evaluation, _codes = closed(given)
    context = results_context(evaluation, reader=a_coordinator())
    shown = [one for _title, part in context["sections"] for one in part]
    text = {"likely": "How likely?", "many": "What helped?", "matrix": "How far do you agree?"}[name]
    charts = next(one for one in shown if one.title == text).charts
    assert [chart.pairs for chart in charts] == [[] for _chart in charts]


def two_years():
    """This year's evaluation, closed and published as last year's is."""
    evaluation, _codes = closed([{"scale": "2"}] * 5)
    newer = a_network(meetings=1, cloned_from=evaluation.network, school_year="2021-22")
    people = people_of(newer, 6)
    opened = an_evaluation(newer)
    by_text = {question.text: question.code for question in opened.questions}
    codes = {
        name: by_text[text]
        for name, text in {
            "scale": "It was useful.",
            "rating": "How good?",
            "likely": "How likely?",
            "choice": "What was best?",
            "matrix": "How far do you agree?",
            "work": "Your work",
            "words": "What else?",
        }.items()
    }
    closed([{"scale": "4"}] * 6, codes=codes, evaluation=opened, people=people)
    return opened


def test_last_years_results_stand_beside_by_code():
    context = results_context(two_years(), reader=a_coordinator())
    chart = context["sections"][0][1][0].charts[0]
    assert (chart.mean, chart.mean_before, chart.answered_before) == (Decimal("4.0"), Decimal("2.0"), 5)
    assert context["lines"][0].means == [Decimal("2.0"), Decimal("4.0")]


def test_years_of_networks_that_one_is_no_staff_for_are_not_shown():
    opened, person = two_years(), a_user().person
    Appointment.objects.create(network=opened.network, person=person)
    context = results_context(opened, reader=person)
    assert (context["before"], context["lines"], len(context["years"])) == (None, [], 1)
    Appointment.objects.create(network=opened.network.cloned_from, person=person)
    assert len(results_context(opened, reader=person)["years"]) == 2


@pytest.mark.parametrize(
    ("scale", "best"), [("agree", "Strongly agree"), ("quality", "Excellent"), ("frequency", "Always")]
)
def test_a_matrix_has_the_words_of_its_scale(scale, best):
    made, codes = a_questionnaire()
    plan = replace(PLANS["matrix"], scale=scale)
    questionnaires.change_question(made, codes["matrix"], plan, seen=made.edition, by=SWEEP)
    opened = an_evaluation(made.network)
    form = EvaluationForm(questions=opened.questions)
    assert next(iter(form.fields[f"q{codes['matrix']}_0"].choices))[1] == best
    closed([{"scale": "2"}] * 5, codes=codes, evaluation=opened, people=people_of(made.network, 5))
    matrix = next(one for one in results_of(opened).parts if one.question.kind == "matrix")
    assert matrix.rows[0].bars[0].label == best


def test_on_another_scale_a_matrix_is_another_question_once_it_was_asked():
    opened, codes, _people = an_open_one()
    made = opened.questionnaire
    seen = Questionnaire.objects.get(pk=made.pk).edition
    plan = replace(PLANS["matrix"], scale="quality")
    changed = questionnaires.change_question(made, codes["matrix"], plan, seen=seen, by=SWEEP)
    assert changed.code != codes["matrix"]


def test_only_a_matrix_keeps_other_words():
    sent = {"text": "What else?", "kind": "words", "scale": "quality"}
    form = EvaluationQuestionForm(sent)
    assert (form.is_valid(), form.plan().scale) == (True, "agree")


def test_a_small_group_does_not_follow_from_how_many_answered_the_question():
    given = [{"work": "Teacher"}] * 6 + [{"work": "Leader"}] * 3 + [{"work": ""}] * 2
    evaluation, codes = closed(given)
    results = results_of(evaluation)
    split = next(one for one in results.choices if one.question.code == codes["work"])
    assert (split.answered, {bar.label: bar.count for bar in split.bars}) == (
        9,
        {"Teacher": None, "Leader": None},
    )
    assert [group.people for group in results.breakdowns[0].groups] == [None, None, None]


def test_what_people_were_promised_of_small_groups_holds_when_a_newer_version_promises_less():
    network = a_network()
    form = questionnaires.begin(network, "end", "nothing", by=SWEEP, at=NOW)
    plan = questionnaires.Plan(text="Your work", kind="choice", choices=["Teacher", "Leader"], splits=True)
    question = questionnaires.add_question(form, plan, uid=None, by=SWEEP)
    evaluation = an_evaluation(network)
    for work in ["Teacher"] * 6 + ["Leader"]:
        registration = a_registration(network)
        an_attendance(registration, network.meetings.get())
        evaluating.answer_evaluation(
            registration=registration, answers={question.code: work}, at=NOW, version=1
        )
    form.refresh_from_db()
    plan = replace(plan, splits=False)
    questionnaires.change_question(form, question.code, plan, seen=form.edition, by=SWEEP)
    questionnaires.ask_newest(evaluation)
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluating.close_and_publish(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluation.refresh_from_db()
    assert [bar.count for bar in results_of(evaluation).choices[0].bars] == [None, None]
