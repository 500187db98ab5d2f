"""On PostgreSQL: what closing leaves of the order of answers, and sweeps and answers that run at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from registrations.evaluation.domain import answer_box, asking_evaluation, evaluating
from registrations.evaluation.exceptions import EvaluationRefused
from registrations.models import EvaluationCompletion, EvaluationRequest, Reminder
from registrations.seats.domain import reminding
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_network, a_registration, an_attendance, an_evaluation

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Do every act in a thread of its own, all at the same moment; return what each raised, or None."""
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        gate.wait()
        try:
            act()
        except EvaluationRefused as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def people_who_came(number):
    network = a_network()
    registrations = [a_registration(network) for _ in range(number)]
    for registration in registrations:
        an_attendance(registration, network.meetings.get())
    return registrations, an_evaluation(network)


def answering(registration, value):
    return lambda: evaluating.answer_evaluation(registration=registration, answers={"1": value}, at=NOW)


def stored(table, columns):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY ctid")
        return cursor.fetchall()


def responses():
    """Return the responses as they lie on disk: their transaction and their answer to question 1."""
    return stored("registrations_evaluationresponse", "xmin::text, (answers->>'1')::int")


def test_closing_leaves_one_transaction_and_an_order_of_no_meaning():
    people, evaluation = people_who_came(12)
    for number, registration in enumerate(people):
        answering(registration, number)()
    assert responses() == []
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    after = responses()
    answers = [answer for _xmin, answer in after]
    assert len({xmin for xmin, _answer in after}) == 1
    assert sorted(answers) == list(range(12))
    assert answers != list(range(12))
    assert {xmin for (xmin,) in stored("registrations_evaluationcompletion", "xmin::text")} & {
        xmin for xmin, _answer in after
    } == set()


def test_an_answer_while_closing_is_taken_out_with_the_rest_or_refused():
    people, evaluation = people_who_came(8)
    outcomes = at_once(
        *(answering(registration, number) for number, registration in enumerate(people)),
        lambda: evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW),
    )
    kept = 8 - sum(outcome is not None for outcome in outcomes)
    assert len(evaluating.kept_answers(evaluation)) == EvaluationCompletion.objects.count() == kept
    assert len({xmin for xmin, _answer in responses()}) == (1 if kept >= 5 else 0)


def test_one_person_in_eight_tabs_is_one_answer():
    (registration,), evaluation = people_who_came(1)
    outcomes = at_once(*(answering(registration, number) for number in range(8)))
    assert sum(outcome is None for outcome in outcomes) == 1
    assert (len(answer_box.answers_in(evaluation)), EvaluationCompletion.objects.count()) == (1, 1)


def test_sweeps_at_once_remind_each_person_once():
    network = a_network()
    for _number in range(40):
        a_registration(network)
    at = network.meetings.get().starts_at - timedelta(days=7)
    at_once(*[lambda: reminding.sweep_reminders(at=at)] * 6)
    assert (Mail.objects.count(), Reminder.objects.count()) == (40, 40)
    assert Mail.objects.values("address").distinct().count() == 40


def test_sweeps_at_once_ask_each_person_once():
    people_who_came(40)
    at_once(*[lambda: asking_evaluation.sweep_evaluations(at=NOW)] * 6)
    assert (Mail.objects.count(), EvaluationRequest.objects.filter(mails=1).count()) == (40, 40)
