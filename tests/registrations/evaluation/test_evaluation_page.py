"""The page of the evaluation: plain about what it stores, kind to mistakes, and answered once."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse

from registrations.evaluation.domain import answer_box, evaluating
from registrations.models import EvaluationBox, EvaluationCompletion
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_network, a_registration, a_user, an_attendance, an_evaluation

pytestmark = [pytest.mark.django_db]
SECRET_WORDS = "The pendulum workshop in Wareham"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def asked(client):
    """A registration whose person is signed in, came, and is asked."""
    user = a_user()
    registration = a_registration(a_network(), user.person)
    an_attendance(registration, registration.network.meetings.first())
    an_evaluation(registration.network)
    client.force_login(user)
    return registration


def address(registration):
    return reverse("evaluation", args=[registration.network.slug])


def answers(**changed):
    scales = {f"q{number}": "4" for number in range(1, 16)}
    return {**scales, "q12": "na", "q16": "9", "q17": SECRET_WORDS, "q22": "", **changed}


def test_the_page_says_what_is_stored(client, asked):
    text = client.get(address(asked)).content.decode()
    assert "What we keep" in text
    assert "so nothing connects them to you" in text


def test_the_page_names_the_last_day(client, asked):
    assert "You can answer until the end of Mon, Sep 28, 2020." in client.get(address(asked)).content.decode()


def test_the_page_is_closed_after_the_last_day_though_no_sweep_ran(client, asked):
    with time_machine.travel(NOW + timedelta(days=22), tick=False):
        client.force_login(asked.person.user)
        assert "The evaluation is closed" in client.get(address(asked)).content.decode()
        text = client.post(address(asked), {"confirm": "1"}, follow=True).content.decode()
    assert "Done, thank you" in text


def test_answers_that_cannot_be_kept_now_stay_on_the_page(client, asked, settings):
    settings.SECRET_KEY_FALLBACKS, old = [], settings.SECRET_KEY
    settings.SECRET_KEY = "another-" + "key" * 20
    client.force_login(asked.person.user)
    response = client.post(address(asked), answers())
    assert (response.status_code, SECRET_WORDS in response.content.decode()) == (503, True)
    assert EvaluationCompletion.objects.count() == 0
    settings.SECRET_KEY_FALLBACKS = [old]
    assert client.post(address(asked), answers(), follow=True).status_code == 200
    assert [each["17"] for each in answer_box.answers_in(asked.network.evaluation)] == [SECRET_WORDS]


def test_answers_are_stored_and_thanked_for(client, asked):
    response = client.post(address(asked), answers(), follow=True)
    (stored,) = answer_box.answers_in(asked.network.evaluation)
    assert (stored["1"], stored["12"], stored["16"], stored["17"]) == (4, "na", 9, SECRET_WORDS)
    assert "22" not in stored
    assert "Done, thank you" in response.content.decode()
    assert SECRET_WORDS not in response.content.decode()


def test_a_missing_answer_is_named_and_what_was_typed_is_kept(client, asked):
    response = client.post(address(asked), answers(q3=""))
    text = response.content.decode()
    assert response.status_code == 422
    assert ("Choose one of the answers." in text, SECRET_WORDS in text, 'value="9"' in text) == (
        True,
        True,
        True,
    )
    assert text.count("checked") >= 14
    assert answer_box.answers_in(asked.network.evaluation) == []


@pytest.mark.parametrize(
    "wrong", [{"q1": "6"}, {"q16": "11"}, {"q17": "x" * 2001}, {"q22": "Spy"}, {"q18": "\0"}]
)
def test_an_answer_that_is_none_is_refused_where_it_was_given(client, asked, wrong):
    assert client.post(address(asked), answers(**wrong)).status_code == 422
    assert EvaluationCompletion.objects.count() == 0


def test_a_second_answer_from_another_tab_is_said_to_be_one(client, asked):
    client.post(address(asked), answers())
    response = client.post(address(asked), answers(q1="1"), follow=True)
    assert "You&#x27;ve already answered this evaluation." in response.content.decode()
    assert [each["1"] for each in answer_box.answers_in(asked.network.evaluation)] == [4]
    assert EvaluationCompletion.objects.count() == 1


def test_a_second_answer_with_faults_is_said_to_be_one_too(client, asked):
    client.post(address(asked), answers())
    response = client.post(address(asked), {}, follow=True)
    assert "You&#x27;ve already answered this evaluation." in response.content.decode()


def test_answering_puts_nothing_into_the_outbox(client, asked):
    client.post(address(asked), answers())
    assert Mail.objects.count() == 0


def test_answering_leaves_no_answer_in_the_session(client, asked):
    client.post(address(asked), answers())
    held = [session.get_decoded() for session in Session.objects.all()]
    assert SECRET_WORDS not in str(held)
    assert not any("q1" in session for session in held)


def test_answering_writes_nothing_to_a_log(client, asked, caplog, capfd, settings):
    settings.TESTING = False
    with caplog.at_level(logging.DEBUG):
        client.post(address(asked), answers())
        client.post(address(asked), answers(q3=""))
    written = "".join(capfd.readouterr()) + "".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    )
    assert [
        word for word in ("evaluation", SECRET_WORDS, asked.person.primary_address) if word in written
    ] == []


def test_a_form_opened_before_closing_and_sent_after_stores_no_answer(client, asked):
    evaluating.close(evaluation=asked.network.evaluation, by=SWEEP, at=NOW)
    text = client.post(address(asked), answers(), follow=True).content.decode()
    assert "The evaluation closed while you were answering" in text
    assert "Confirm and go to my documents" in text
    assert (answer_box.answers_in(asked.network.evaluation), EvaluationCompletion.objects.count()) == ([], 0)


def test_a_late_person_confirms_by_one_button(client, asked):
    evaluating.close(evaluation=asked.network.evaluation, by=SWEEP, at=NOW)
    text = client.post(address(asked), {"confirm": "1"}, follow=True).content.decode()
    assert "Done, thank you" in text
    assert answer_box.answers_in(asked.network.evaluation) == []


def test_confirming_while_it_is_open_is_refused(client, asked):
    client.post(address(asked), {"confirm": "1"})
    assert EvaluationCompletion.objects.count() == 0


def test_it_is_not_asked_before_attendance_is_complete(client):
    user = a_user()
    registration = a_registration(a_network(), user.person)
    client.force_login(user)
    assert "Not asked yet" in client.get(address(registration)).content.decode()
    client.post(address(registration), answers())
    assert (EvaluationBox.objects.count(), EvaluationCompletion.objects.count()) == (0, 0)


def test_who_is_excused_reads_so(client, asked):
    evaluating.waive(registration=asked, reason="Ill", by=SWEEP, at=NOW)
    assert "You're excused" in client.get(address(asked)).content.decode()


def test_another_persons_network_is_not_found(client, asked):
    client.force_login(a_user())
    assert client.get(address(asked)).status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in(client, asked):
    client.logout()
    assert client.get(address(asked)).status_code == 302


def test_reading_changes_nothing(client, asked):
    for method in (client.get, client.head):
        method(address(asked), {"confirm": "1"})
    assert EvaluationCompletion.objects.count() == 0
