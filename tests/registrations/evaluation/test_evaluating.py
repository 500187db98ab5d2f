"""The network evaluation: who is asked, what is stored, and that nothing ties the two."""

from importlib import import_module

import pytest
from django.apps import apps

from registrations.evaluation.domain import answer_box, evaluating
from registrations.evaluation.exceptions import EvaluationRefused
from registrations.models import Evaluation, EvaluationBox, EvaluationCompletion, EvaluationResponse
from tests.factories import NOW, SWEEP, a_meeting, a_network, a_registration, an_attendance, an_evaluation

pytestmark = pytest.mark.django_db


def someone_who_came(network):
    registration = a_registration(network)
    an_attendance(registration, network.meetings.first())
    return registration


def test_open_evaluation_copies_the_questions_once():
    network = a_network()
    first = an_evaluation(network)
    assert an_evaluation(network) == first
    assert list(first.questions.values_list("number", flat=True)) == list(range(1, 25))


def test_open_evaluation_does_nothing_for_a_network_that_asks_none():
    network = a_network(asks_evaluation=False)
    assert an_evaluation(network) is None
    assert Evaluation.objects.count() == 0


def test_is_done_is_true_where_nothing_is_asked():
    assert evaluating.is_done(a_registration(a_network(asks_evaluation=False)))


def test_answer_stores_a_date_and_no_key():
    network = a_network()
    registration = someone_who_came(network)
    evaluation = an_evaluation(network)
    evaluating.answer_evaluation(registration=registration, answers={"1": 5}, at=NOW)
    completion = EvaluationCompletion.objects.get()
    assert (completion.registration, completion.completed_on) == (registration, NOW.date())
    assert answer_box.answers_in(evaluation) == [{"1": 5}]
    assert {field.name for field in EvaluationBox._meta.get_fields()} == {"evaluation", "sealed"}
    assert {field.name for field in EvaluationResponse._meta.get_fields()} == {"id", "evaluation", "answers"}
    assert EvaluationResponse.objects.count() == 0
    assert evaluating.is_done(registration)


def test_answer_is_refused_twice_and_stores_nothing():
    network = a_network()
    registration = someone_who_came(network)
    evaluation = an_evaluation(network)
    evaluating.answer_evaluation(registration=registration, answers={"1": 5}, at=NOW)
    with pytest.raises(EvaluationRefused):
        evaluating.answer_evaluation(registration=registration, answers={"1": 1}, at=NOW)
    assert answer_box.answers_in(evaluation) == [{"1": 5}]


def test_answer_counts_a_person_once_after_leaving_and_coming_back():
    network = a_network()
    first = someone_who_came(network)
    first.status = "withdrawn"
    first.save()
    second = a_registration(network, first.person)
    an_evaluation(network)
    evaluating.answer_evaluation(registration=second, answers={}, at=NOW)
    assert EvaluationCompletion.objects.get().registration == first
    with pytest.raises(EvaluationRefused):
        evaluating.answer_evaluation(registration=first, answers={}, at=NOW)


def test_answer_is_refused_before_it_is_asked():
    with pytest.raises(EvaluationRefused):
        evaluating.answer_evaluation(registration=someone_who_came(a_network()), answers={}, at=NOW)


def test_answer_is_refused_for_who_never_came():
    network = a_network()
    an_evaluation(network)
    with pytest.raises(EvaluationRefused):
        evaluating.answer_evaluation(registration=a_registration(network), answers={}, at=NOW)


def test_a_late_mark_lets_a_person_answer():
    network = a_network()
    registration = a_registration(network)
    an_evaluation(network)
    assert not evaluating.is_asked(registration)
    an_attendance(registration, a_meeting(network))
    assert evaluating.is_asked(registration)


def test_waive_wants_a_reason():
    network = a_network()
    registration = someone_who_came(network)
    an_evaluation(network)
    with pytest.raises(EvaluationRefused):
        evaluating.waive(registration=registration, reason=" ", by=SWEEP, at=NOW)
    evaluating.waive(registration=registration, reason="Cannot use a screen", by=SWEEP, at=NOW)
    assert evaluating.is_done(registration)


def closed_with(answers, network=None):
    network = network or a_network()
    people = [someone_who_came(network) for _ in answers]
    evaluation = an_evaluation(network)
    for registration, each in zip(people, answers, strict=True):
        evaluating.answer_evaluation(registration=registration, answers={"1": each}, at=NOW)
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluation.refresh_from_db()
    return evaluation


def test_close_keeps_every_answer():
    evaluation = closed_with(range(1, 8))
    assert sorted(each.answers["1"] for each in evaluation.responses.all()) == list(range(1, 8))
    assert EvaluationBox.objects.count() == 0


def test_close_leaves_fewer_than_five_answers_sealed():
    evaluation = closed_with(range(4))
    assert (EvaluationResponse.objects.count(), len(answer_box.answers_in(evaluation))) == (0, 4)


def test_close_writes_answers_of_before_boxes_anew_with_the_rest():
    network = a_network()
    people, evaluation = [someone_who_came(network) for _ in range(4)], an_evaluation(network)
    old = EvaluationResponse.objects.create(evaluation=evaluation, answers={"1": 9})
    for registration in people:
        evaluating.answer_evaluation(registration=registration, answers={"1": 5}, at=NOW)
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    responses = EvaluationResponse.objects.all()
    assert sorted(each.answers["1"] for each in responses) == [5, 5, 5, 5, 9]
    assert old.pk not in {each.pk for each in responses}


def test_answer_after_closing_is_refused_and_confirming_is_not():
    evaluation = closed_with([1])
    late = someone_who_came(evaluation.network)
    with pytest.raises(EvaluationRefused):
        evaluating.answer_evaluation(registration=late, answers={"1": 5}, at=NOW)
    evaluating.confirm_late(registration=late, at=NOW)
    assert evaluating.is_done(late)
    assert answer_box.answers_in(evaluation) == [{"1": 1}]


def test_confirming_is_refused_while_the_evaluation_is_open():
    network = a_network()
    registration = someone_who_came(network)
    an_evaluation(network)
    with pytest.raises(EvaluationRefused):
        evaluating.confirm_late(registration=registration, at=NOW)


def test_answers_of_an_open_evaluation_of_before_are_moved_into_its_box():
    evaluation, closed = an_evaluation(a_network()), closed_with([4] * 5)
    EvaluationBox.objects.all().delete()
    for number in range(3):
        EvaluationResponse.objects.create(evaluation=evaluation, answers={"1": number, "17": "é" * 40_000})
    migration = import_module("registrations.migrations.0005_seal_open_answers")
    migration.seal_open_answers(apps, None)
    assert sorted(each["1"] for each in answer_box.answers_in(evaluation)) == [0, 1, 2]
    assert {each.evaluation for each in EvaluationResponse.objects.all()} == {closed}
    migration.unseal_answers(apps, None)
    assert evaluation.responses.count() == 3


def test_publish_wants_five_answers():
    with pytest.raises(EvaluationRefused):
        evaluating.close_and_publish(evaluation=closed_with(range(4)), by=SWEEP, at=NOW)


def test_publish_wants_closing_first():
    evaluation = an_evaluation(a_network())
    with pytest.raises(EvaluationRefused):
        evaluating.close_and_publish(evaluation=evaluation, by=SWEEP, at=NOW)


def test_publish_happens_once():
    evaluation = closed_with(range(5))
    evaluating.close_and_publish(evaluation=evaluation, by=SWEEP, at=NOW)
    with pytest.raises(EvaluationRefused):
        evaluating.close_and_publish(evaluation=evaluation, by=SWEEP, at=NOW)
