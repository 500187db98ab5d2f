"""The last day of an evaluation: it closes by itself, and staff may give more time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from registrations.evaluation.domain import answer_box, asking_evaluation, evaluating, last_day
from registrations.evaluation.exceptions import EvaluationRefused
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_network,
    a_registration,
    a_staff_member,
    an_attendance,
    an_evaluation,
)
from tests.markup import tight

pytestmark = pytest.mark.django_db
LAST_MINUTE = datetime(2020, 9, 29, 3, 59, tzinfo=UTC)  # 11:59 p.m. of the 28th in New York
MINUTE = timedelta(minutes=1)


def asked(network=None):
    network = network or a_network()
    registration = a_registration(network)
    an_attendance(registration, network.meetings.first())
    return registration


def test_it_is_open_for_as_many_days_as_the_network_says():
    assert an_evaluation(a_network()).last_day == date(2020, 9, 28)
    assert an_evaluation(a_network(evaluation_days=10)).last_day == date(2020, 9, 17)


def test_the_first_day_is_that_of_the_networks_zone():
    late = datetime(2020, 9, 8, 3, 0, tzinfo=UTC)
    assert an_evaluation(a_network(zone="America/New_York"), at=late).last_day == date(2020, 9, 28)
    assert an_evaluation(a_network(zone="UTC"), at=late).last_day == date(2020, 9, 29)


def test_answers_are_taken_to_the_last_minute_of_the_last_day_there():
    one, other = asked(), asked()
    for registration in (one, other):
        an_evaluation(registration.network)
    evaluating.answer_evaluation(registration=one, answers={}, at=LAST_MINUTE)
    with pytest.raises(EvaluationRefused):
        evaluating.answer_evaluation(registration=other, answers={}, at=LAST_MINUTE + MINUTE)
    evaluating.confirm_late(registration=other, at=LAST_MINUTE + MINUTE)
    assert answer_box.answers_in(other.network.evaluation) == []


def test_the_sweep_closes_it_once_at_night_too_and_says_so():
    evaluation = an_evaluation(asked().network)
    assert last_day.close_those_over(at=LAST_MINUTE) == 0
    asking_evaluation.sweep_evaluations(at=LAST_MINUTE + MINUTE)
    evaluation.refresh_from_db()
    assert (evaluation.closed_at, evaluation.closed_by_name) == (LAST_MINUTE + MINUTE, str(last_day.SWEEP))
    assert last_day.close_those_over(at=LAST_MINUTE + 2 * MINUTE) == 0


def test_a_box_that_cannot_be_opened_holds_up_no_other(settings):
    stuck = an_evaluation(asked().network)
    settings.SECRET_KEY = "another-" + "key" * 20
    fine = an_evaluation(asked().network)
    assert last_day.close_those_over(at=LAST_MINUTE + MINUTE) == 1
    for evaluation in (stuck, fine):
        evaluation.refresh_from_db()
    assert (stuck.closed_at, fine.closed_at) == (None, LAST_MINUTE + MINUTE)


def test_mail_after_the_last_day_says_that_it_is_closed():
    an_evaluation(asked().network)
    asking_evaluation.sweep_evaluations(at=NOW + timedelta(days=22))
    assert "no longer collecting answers" in Mail.objects.get().text


@pytest.mark.parametrize("day", [date(2020, 9, 27), date(2020, 9, 28), date(2021, 10, 20)])
def test_a_last_day_that_is_not_later_or_far_off_is_refused(day):
    evaluation = an_evaluation(asked().network)
    with pytest.raises(EvaluationRefused):
        last_day.keep_open_until(evaluation=evaluation, day=day, by=SWEEP, at=NOW)


def test_more_time_is_refused_after_closing():
    evaluation = an_evaluation(asked().network)
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    with pytest.raises(EvaluationRefused):
        last_day.keep_open_until(evaluation=evaluation, day=date(2020, 10, 9), by=SWEEP, at=NOW)


def post_later(client, evaluation, day):
    address = reverse("staff_evaluation_act", args=[evaluation.network.slug, "later"])
    return client.post(address, {"last_day": day}, follow=True)


def test_staff_give_more_time_on_the_page(client):
    client.force_login(a_staff_member().user)
    evaluation = an_evaluation(asked().network, at=datetime.now(tz=UTC))
    later = evaluation.last_day + timedelta(days=7)
    post_later(client, evaluation, later.isoformat())
    evaluation.refresh_from_db()
    assert evaluation.last_day == later


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2020-09-01", "choose a later day"),
        ("next week", "a date we can read"),
        ("", "Choose the new last day."),
    ],
)
def test_a_day_that_is_refused_is_shown_again_with_the_reason(client, typed, said):
    client.force_login(a_staff_member().user)
    evaluation = an_evaluation(asked().network, at=datetime.now(tz=UTC))
    response = post_later(client, evaluation, typed)
    text = tight(response.content.decode())
    assert (response.status_code, said in text) == (422, True)
    assert typed in text


def test_the_staff_page_names_the_day_and_says_how_it_closed(client):
    client.force_login(a_staff_member().user)
    evaluation = an_evaluation(asked().network)
    address = reverse("staff_evaluation", args=[evaluation.network.slug])
    assert "until the end of Mon, Sep 28, 2020. Then it closes" in tight(client.get(address).content.decode())
    last_day.close_those_over(at=LAST_MINUTE + MINUTE)
    text = tight(client.get(address).content.decode())
    assert "Closed with fewer than five answers" in text
    assert "It closed automatically. The last day was Mon, Sep 28, 2020." in text
