"""Two at once on PostgreSQL: windows of one person, an answer and a deletion, sweeps, presses, forms."""

from uuid import uuid4

import pytest
from django.db import transaction

from registrations.asking.domain import building, keeping, mailing, own_answers
from registrations.asking.domain.plans import QuestionPlan
from registrations.models import Answer, Question, QuestionLog, QuestionRound, Registration
from registrations.seats.domain.answering import Given
from registrations.seats.exceptions import AnswersChanged, QuestionRefused
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_coordinator, a_network, a_partnership, a_registration
from tests.races import at_once
from tests.registrations.asking.rows import a_choice, a_diet, an_answer, newest
from tests.registrations.asking.test_keeping import NEXT_DAY

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def answering(registration, version, value):
    mine = Registration.objects.select_related("network", "person").get(pk=registration.pk)
    return lambda: own_answers.save_answers(mine, [Given(version.pk, value)], seen={}, by=mine.person, at=NOW)


def test_of_two_windows_that_answer_at_once_one_is_told():
    network = a_network()
    version, registration = newest(a_choice(network)), a_registration(network)
    for _round in range(5):
        Answer.objects.all().delete()
        outcomes = at_once([answering(registration, version, value) for value in ("Yes", "No")])
        assert sorted(type(one) for one in outcomes if one != 1) == [AnswersChanged]
        assert Answer.objects.count() == 1


def without_the_lock(registration, version, value):
    def write():
        with transaction.atomic():
            if not registration.answers.filter(question=version.question).exists():
                Answer.objects.create(
                    registration=registration,
                    question=version.question,
                    version=version,
                    value=value,
                    given_at=NOW,
                )

    return write


def test_without_the_lock_the_second_window_fails():
    """The fault itself: both look, find nothing, and write; the database refuses one with an error."""
    network = a_network()
    version, registration = newest(a_choice(network)), a_registration(network)
    faults = 0
    for _round in range(30):
        Answer.objects.all().delete()
        acts = [without_the_lock(registration, version, value) for value in ("Yes", "No", "Yes", "No")]
        faults += sum(isinstance(one, Exception) for one in at_once(acts))
    assert faults > 0


def test_the_same_window_sent_twice_at_once_is_one_answer():
    network = a_network()
    version, registration = newest(a_choice(network)), a_registration(network)
    outcomes = at_once([answering(registration, version, "Yes") for _time in range(2)])
    assert sorted(outcomes) == [0, 1]
    assert Answer.objects.get().revision == 1


def test_an_answer_and_the_deletion_of_its_question_never_end_in_an_error():
    network = a_network()
    for step in range(8):
        question = a_choice(network, f"Question {step}")
        version, registration = newest(question), a_registration(network)
        delete = lambda question=question: building.delete_question(  # noqa: E731
            question, answers=0, by=SWEEP, at=NOW
        )
        outcomes = at_once([answering(registration, version, "Yes"), delete])
        wrong = [
            one for one in outcomes if isinstance(one, Exception) and not isinstance(one, QuestionRefused)
        ]
        assert wrong == []
        left = Question.objects.filter(pk=question.pk).exists()
        assert Answer.objects.filter(question_id=question.pk).exists() == left


def test_two_sweeps_delete_and_log_once():
    network = a_network()
    an_answer(a_diet(network), ["Vegan"])
    outcomes = at_once([lambda: keeping.forget_answers(at=NEXT_DAY) for _time in range(2)])
    assert sorted(outcomes) == [0, 1]
    assert QuestionLog.objects.filter(what="forgotten").count() == 1


def test_two_presses_ask_everyone_once():
    a_partnership()
    network, by = a_network(), a_coordinator()
    a_choice(network)
    a_registration(network)
    outcomes = at_once([lambda: mailing.ask_people(network, by=by, at=NOW) for _time in range(2)])
    assert sorted(isinstance(one, QuestionRefused) for one in outcomes) == [False, True]
    assert QuestionRound.objects.count() == 1
    assert Mail.objects.filter(key__startswith="questions:").count() == 1


def test_the_same_form_twice_at_once_adds_one_question():
    network, uid = a_network(), uuid4()

    def add():
        return building.add_question(network, QuestionPlan(label="One"), uid=uid, by=SWEEP, at=NOW).pk

    assert len(set(at_once([add, add]))) == 1
    assert network.own_questions.count() == 1
