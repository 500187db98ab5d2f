"""Setting up questions: versions, what people relied on, ending, deleting, order, copying."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from registrations.asking.domain import building, copying
from registrations.asking.domain.plans import QuestionPlan
from registrations.models import Answer, Question, QuestionLog
from registrations.seats.domain.questions import newest as newest_of
from registrations.seats.exceptions import (
    QuestionAnswered,
    QuestionChanged,
    QuestionGone,
    QuestionRefused,
)
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_coordinator, a_network, a_person
from tests.registrations.asking.rows import (
    a_choice,
    a_diet,
    a_question,
    an_answer,
    change,
    newest,
    plan_of,
)

pytestmark = pytest.mark.django_db


def test_other_words_are_a_new_version_and_an_answer_keeps_its_own():
    question = a_choice(a_network())
    answer = an_answer(question, "Yes")
    change(question, label="Will you eat with us?")
    answer.refresh_from_db()
    assert (answer.version.label, newest(question).label) == (
        "Will you stay for lunch?",
        "Will you eat with us?",
    )
    assert list(question.versions.values_list("number", flat=True)) == [1, 2]


def test_the_same_words_are_no_new_version():
    question = a_choice(a_network())
    change(question, required=True)
    assert question.versions.count() == 1


def test_the_same_form_sent_twice_adds_one_question():
    network, uid = a_network(), uuid4()
    for _time in range(2):
        building.add_question(network, QuestionPlan(label="One"), uid=uid, by=SWEEP, at=NOW)
    assert network.own_questions.count() == 1


def test_two_who_edit_at_once_are_told():
    question = a_choice(a_network())
    change(question, label="First")
    with pytest.raises(QuestionChanged, match="changed this question while you had it open"):
        building.change_question(question, plan_of(question, label="Second"), seen=1, by=SWEEP, at=NOW)


@pytest.mark.parametrize(
    "wider", [{"leads_read": True}, {"caterer_reads": True}, {"kept_days": None}, {"kept_days": 31}]
)
def test_nobody_else_reads_answers_and_they_are_kept_no_longer_once_there_are_any(wider):
    question = a_choice(a_network(), kept_days=30)
    an_answer(question, "Yes")
    with pytest.raises(QuestionAnswered):
        change(question, **wider)
    change(question, staff_read=False, kept_days=5, readers=[a_person()])
    question.refresh_from_db()
    assert (question.staff_read, question.kept_days) == (False, 5)


@pytest.mark.parametrize("kind", ["text", "many"])
def test_the_kind_stays_once_people_answered(kind):
    question = a_choice(a_network())
    an_answer(question, "Yes")
    with pytest.raises(QuestionAnswered, match="so the kind of this question stays"):
        change(question, kind=kind)


@pytest.mark.parametrize("about", ["access", "diet"])
def test_needs_have_the_least_audience_whatever_was_asked_for(about):
    question = a_question(a_network(), about=about, staff_read=True, leads_read=True, kept_days=90)
    assert (question.staff_read, question.leads_read, question.kept_days) == (False, False, 0)


@pytest.mark.parametrize("more", [{"staff_read": True}, {"leads_read": True}, {"kept_days": 1}])
def test_the_database_keeps_the_least_audience(more):
    question = a_diet(a_network())
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**more)


def test_a_caterer_reads_no_access_needs():
    assert not a_question(a_network(), about="access", caterer_reads=True).caterer_reads


def test_a_question_with_answers_is_ended_and_asked_again():
    question = a_choice(network := a_network())
    answer = an_answer(question, "Yes")
    building.end_question(question, by=SWEEP, at=NOW)
    assert not newest_of().filter(question__network=network).exists()
    assert Answer.objects.get() == answer
    building.ask_again(question, by=SWEEP, at=NOW)
    assert newest_of().get(question__network=network).question == question


def test_deleting_with_answers_says_how_many_and_is_logged():
    question = a_choice(network := a_network())
    an_answer(question, "Yes")
    with pytest.raises(QuestionRefused, match="Somebody answered while you had this page open"):
        building.delete_question(question, answers=0, by=SWEEP, at=NOW)
    building.delete_question(question, answers=1, by=SWEEP, at=NOW)
    assert (Answer.objects.count(), network.own_questions.count()) == (0, 0)
    cleared = QuestionLog.objects.get(what="cleared")
    assert (cleared.words, cleared.number, cleared.by_name) == ("Will you stay for lunch?", 1, "test")
    with pytest.raises(QuestionGone):
        building.delete_question(question, answers=0, by=SWEEP, at=NOW)


def test_what_another_question_depends_on_stays():
    network = a_network()
    lunch = a_choice(network)
    a_question(network, "What will you eat?", depends_on=lunch, depends_values=["Yes"])
    for act in (
        lambda: building.end_question(lunch, by=SWEEP, at=NOW),
        lambda: building.delete_question(lunch, answers=0, by=SWEEP, at=NOW),
        lambda: change(lunch, options=["Sure", "No"]),
        lambda: change(lunch, on_registering=False),
        lambda: building.move_question(lunch, up=False),
    ):
        with pytest.raises(QuestionRefused):
            act()
    change(lunch, options=["Yes", "No", "Perhaps"])


def test_a_question_depends_on_an_earlier_one_only():
    network = a_network()
    first = a_question(network, "First")
    lunch = a_choice(network)
    with pytest.raises(QuestionRefused, match="only depend on one that comes before it"):
        change(first, depends_on=lunch, depends_values=["Yes"])


def test_nothing_depends_on_what_somebody_needs_or_eats():
    network = a_network()
    diet = a_diet(network)
    with pytest.raises(QuestionRefused, match="That would tell others what somebody needs or eats"):
        a_question(network, depends_on=diet, depends_values=["Vegan"])


def test_questions_move_by_one():
    network = a_network()
    rows = [a_question(network, label) for label in ("A", "B", "C")]
    building.move_question(rows[2], up=True)
    building.move_question(rows[0], up=True)
    assert [one.label for one in newest_of().filter(question__network=network)] == ["A", "C", "B"]


def test_a_network_that_is_continued_asks_the_same_and_names_nobody():
    network = a_network(school_year="2020-21")
    lunch = a_choice(network, changeable_until=date(2020, 10, 1), readers=[a_person()])
    a_diet(network, depends_on=lunch, depends_values=["Yes"])
    an_answer(lunch, "Yes")
    copy = copying.clone(
        network, school_year="2021-22", dates=[date(2021, 10, 13)], by=a_coordinator(), at=NOW
    )
    first, second = newest_of().filter(question__network=copy)
    assert [first.label, second.label] == ["Will you stay for lunch?", "What do you eat?"]
    assert second.question.depends_on == first.question
    assert (first.question.changeable_until, first.question.readers.count()) == (None, 0)
    assert first.question.answers.count() == 0
    assert copying.copy_questions(network, copy, by=SWEEP, at=NOW) == 0


def test_who_is_named_to_read_is_told_once_and_what_goes_with_it():
    reader, network = a_person(), a_network(title="STE")
    question = a_choice(network, kept_days=30, readers=[reader])
    change(question, label="Lunch?", readers=[reader])
    [mail] = Mail.objects.filter(address=reader.primary_address)
    assert mail.subject == "You can read answers: STE 2020-21"
    assert "“Will you stay for lunch?”" in mail.text
    assert "We delete them 30 days after the last meeting." in mail.text
    assert f"/staff/networks/{network.slug}/answers/" in mail.text
