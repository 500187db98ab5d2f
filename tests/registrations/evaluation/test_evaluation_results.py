"""Results: means and counts of everyone together, and nothing that picks somebody out."""

from collections import Counter
from decimal import Decimal

import pytest

from registrations.evaluation.domain import evaluating
from registrations.evaluation.domain.evaluation_results import results_of
from registrations.evaluation.exceptions import EvaluationRefused
from registrations.models import EvaluationResponse
from tests.factories import NOW, SWEEP, a_network, an_evaluation

pytestmark = pytest.mark.django_db
WORK, GRADES = "22", "23"


def published(answers):
    evaluation = an_evaluation(a_network())
    EvaluationResponse.objects.bulk_create(
        EvaluationResponse(evaluation=evaluation, answers=each) for each in answers
    )
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluating.close_and_publish(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluation.refresh_from_db()
    return results_of(evaluation)


def test_results_are_refused_until_they_are_published():
    with pytest.raises(EvaluationRefused):
        results_of(an_evaluation(a_network()))


def test_a_scale_has_its_mean_and_counts_without_not_applicable():
    results = published([{"1": value} for value in (5, 5, 4, 3, 1)] + [{"1": "na"}])
    scale = results.scales[0]
    assert (results.people, scale.answered, scale.mean) == (6, 5, Decimal("3.6"))
    assert [(bar.value, bar.count) for bar in scale.bars] == [(5, 2), (4, 1), (3, 1), (2, 0), (1, 1)]


def test_a_scale_that_few_answered_is_not_shown():
    scale = published([{"1": 5}] * 4 + [{}])
    assert (scale.scales[0].mean, scale.scales[0].bars) == (None, [])


def test_words_are_kept_whole_and_in_no_order():
    written = [f"Comment {number}" for number in range(40)]
    results = published([{"17": each} for each in written])
    assert Counter(results.words[0].answers) == Counter(written)
    assert results.words[0].answers != written


def test_a_group_under_five_is_hidden_and_so_is_the_one_that_would_give_it_away():
    people = [{"1": 5, WORK: "Teacher or coach"}] * 8 + [{"1": 3, WORK: "School leader"}] * 6
    people += [{"1": 1, WORK: "District leader"}] * 2
    breakdown = published(people).breakdowns[0]
    sizes = {group.name: group.people for group in breakdown.groups}
    assert (sizes["Teacher or coach"], sizes["School leader"], sizes["District leader"]) == (8, None, None)
    means = dict(zip(sizes, breakdown.rows[0][1], strict=True))
    assert means["Teacher or coach"] == Decimal("5.0")
    assert means["School leader"] is None


def test_a_question_few_of_a_group_answered_is_hidden_there():
    people = [{"1": 5, "2": 5, WORK: "Teacher or coach"}] * 6
    people += [{"1": 3, "2": "na", WORK: "School leader"}] * 4 + [{"1": 3, "2": 2, WORK: "School leader"}] * 2
    breakdown = published(people).breakdowns[0]
    rows = {question.number: means for question, means in breakdown.rows}
    names = [group.name for group in breakdown.groups]
    assert rows[1][names.index("School leader")] == Decimal("3.0")
    assert rows[2] == [None] * len(names)
