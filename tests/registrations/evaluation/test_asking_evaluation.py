"""Invitations to the evaluation: at once, after 3, 7 and 14 days, late rather than never."""

from datetime import timedelta

import pytest

from registrations.evaluation.domain import asking_evaluation, evaluating
from registrations.models import EvaluationRequest
from stemnet.models import Mail, MailClass
from tests.factories import (
    NOW,
    SWEEP,
    a_network,
    a_partnership,
    a_registration,
    an_attendance,
    an_evaluation,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def someone_who_came(network):
    registration = a_registration(network)
    an_attendance(registration, network.meetings.first())
    return registration


def sent():
    return list(Mail.objects.order_by("pk").values_list("created_at", flat=True))


def test_nobody_is_asked_before_attendance_is_complete():
    someone_who_came(a_network())
    assert asking_evaluation.sweep_evaluations(at=NOW) == 0


def test_who_came_is_asked_at_once_and_after_3_7_and_14_days():
    network = a_network()
    someone_who_came(network)
    an_evaluation(network)
    for day in range(40):
        asking_evaluation.sweep_evaluations(at=NOW + day * DAY)
    assert sent() == [NOW, NOW + 3 * DAY, NOW + 7 * DAY, NOW + 14 * DAY]
    assert set(Mail.objects.values_list("mail_class", "expires_at")) == {(MailClass.TRANSACTIONAL, None)}


def test_who_came_in_the_evening_is_asked_in_the_morning_and_the_days_count_from_there():
    a_partnership(zone="America/New_York")
    network = a_network()
    someone_who_came(network)
    an_evaluation(network)
    evening, morning = NOW.replace(hour=1) + DAY, NOW.replace(hour=11) + DAY
    assert [asking_evaluation.sweep_evaluations(at=moment) for moment in (evening, morning)] == [0, 1]
    assert EvaluationRequest.objects.get().asked_at == morning


def test_who_never_came_is_not_asked():
    network = a_network()
    a_registration(network)
    an_evaluation(network)
    assert asking_evaluation.sweep_evaluations(at=NOW) == 0


@pytest.mark.parametrize("way", ["answer", "waive"])
def test_mail_stops_once_it_is_done(way):
    network = a_network()
    registration = someone_who_came(network)
    an_evaluation(network)
    asking_evaluation.sweep_evaluations(at=NOW)
    if way == "answer":
        evaluating.answer_evaluation(registration=registration, answers={}, at=NOW + DAY)
    else:
        evaluating.waive(registration=registration, reason="Ill", by=SWEEP, at=NOW + DAY)
    assert asking_evaluation.sweep_evaluations(at=NOW + 5 * DAY) == 0


def test_a_late_mark_starts_a_schedule_of_its_own():
    network = a_network()
    an_evaluation(network)
    asking_evaluation.sweep_evaluations(at=NOW)
    someone_who_came(network)
    late = NOW + 10 * DAY
    for day in range(10, 40):
        asking_evaluation.sweep_evaluations(at=NOW + day * DAY)
    assert sent() == [late, late + 3 * DAY, late + 7 * DAY, late + 14 * DAY]


def test_a_mark_taken_back_stops_the_mail():
    network = a_network()
    registration = someone_who_came(network)
    an_evaluation(network)
    asking_evaluation.sweep_evaluations(at=NOW)
    registration.attendances.update(status="absent", minutes_attended=0, minutes_counted=0)
    assert asking_evaluation.sweep_evaluations(at=NOW + 3 * DAY) == 0


@pytest.mark.slow
def test_after_an_outage_one_mail_makes_up_for_all_and_the_next_keeps_its_distance():
    network = a_network()
    someone_who_came(network)
    an_evaluation(network)
    asking_evaluation.ask_who_attended(at=NOW)
    back = NOW + 7 * DAY - timedelta(hours=1)
    for hour in range(0, 24 * 30):
        asking_evaluation.sweep_evaluations(at=back + timedelta(hours=hour))
    assert sent() == [back, back + 2 * DAY, NOW + 14 * DAY]


def test_after_a_long_outage_the_mail_still_goes():
    network = a_network()
    someone_who_came(network)
    an_evaluation(network)
    asking_evaluation.ask_who_attended(at=NOW)
    assert asking_evaluation.sweep_evaluations(at=NOW + 100 * DAY) == 1
    assert asking_evaluation.sweep_evaluations(at=NOW + 120 * DAY) == 0


def test_a_person_who_left_and_came_back_is_asked_once():
    network = a_network()
    first = someone_who_came(network)
    first.status = "withdrawn"
    first.save()
    a_registration(network, first.person)
    an_evaluation(network)
    assert asking_evaluation.sweep_evaluations(at=NOW) == 1
    assert EvaluationRequest.objects.get().registration == first


def test_who_has_no_address_stops_nobody():
    network = a_network()
    someone_who_came(network).person.emails.all().delete()
    someone_who_came(network)
    an_evaluation(network)
    assert asking_evaluation.sweep_evaluations(at=NOW) == 1


def test_remind_again_asks_who_has_not_answered_but_nobody_twice_a_day():
    network = a_network()
    done, _open = someone_who_came(network), someone_who_came(network)
    evaluation = an_evaluation(network)
    asking_evaluation.sweep_evaluations(at=NOW)
    evaluating.answer_evaluation(registration=done, answers={}, at=NOW)
    assert asking_evaluation.remind_again(evaluation=evaluation, at=NOW + timedelta(hours=20)) == 0
    assert asking_evaluation.remind_again(evaluation=evaluation, at=NOW + timedelta(hours=25)) == 1
    assert asking_evaluation.remind_again(evaluation=evaluation, at=NOW + timedelta(hours=26)) == 0


def test_the_mail_says_so_when_the_evaluation_is_closed():
    network = a_network()
    someone_who_came(network)
    evaluation = an_evaluation(network)
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    asking_evaluation.sweep_evaluations(at=NOW)
    assert "no longer collecting answers" in Mail.objects.get().text


def test_the_mail_names_the_page_and_why_it_came():
    network = a_network()
    someone_who_came(network)
    an_evaluation(network)
    asking_evaluation.sweep_evaluations(at=NOW)
    mail = Mail.objects.get()
    assert mail.subject == f"Network evaluation: {network}"
    assert f"/learning/{network.slug}/evaluation/" in mail.text
    assert "You can answer until the end of Mon, Sep 28, 2020." in mail.text
    assert f"You're getting this because you took part in {network}." in mail.text


@pytest.mark.parametrize("people", [1, 30])
def test_a_batch_takes_as_many_queries_for_one_as_for_thirty(people, django_assert_num_queries):
    network = a_network()
    for _number in range(people):
        someone_who_came(network)
    an_evaluation(network)
    with django_assert_num_queries(22):
        assert asking_evaluation.sweep_evaluations(at=NOW) == people
