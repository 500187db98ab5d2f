"""Asking by e-mail: who has not answered, once a press, reminded once, never at night."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.asking.domain import mailing
from registrations.models import QuestionLog, QuestionRound
from registrations.seats.exceptions import QuestionRefused
from stemnet.models import Mail
from tests.factories import NOW, a_coordinator, a_network, a_partnership, a_registration
from tests.registrations.asking.rows import a_choice, a_diet, an_answer

pytestmark = pytest.mark.django_db
NOON = datetime(2020, 9, 14, 16, 0, tzinfo=UTC)


@pytest.fixture
def network():
    a_partnership()
    return a_network()


def letters():
    return list(Mail.objects.filter(key__startswith="questions:").order_by("pk"))


def test_one_press_mails_everyone_who_has_not_answered(network):
    lunch = a_choice(network)
    answered, asked = a_registration(network), a_registration(network)
    an_answer(lunch, "Yes", answered)
    assert mailing.ask_people(network, by=a_coordinator(), at=NOW) == 1
    (mail,) = letters()
    assert mail.address == asked.person.primary_address
    assert mail.subject == f"One question for you: {network}"
    assert f"/learning/{network.slug}/questions/" in mail.text
    assert f"/learning/{network.slug}/questions/" in mail.html
    assert "who reads your answer and how long we keep it" in mail.text
    assert QuestionLog.objects.get(what="asked").number == 1


def test_who_left_an_optional_question_empty_is_not_asked_again(network):
    lunch, must = a_choice(network), a_choice(network, "Must you?", required=True)
    registration = a_registration(network)
    an_answer(lunch, None, registration)
    an_answer(must, None, registration)
    assert [number for _one, number in mailing.people_missing(network, at=NOW)] == [1]


def test_a_question_that_is_not_asked_of_somebody_waits_for_nobody(network):
    lunch = a_choice(network)
    a_diet(network, depends_on=lunch, depends_values=["Yes"])
    an_answer(lunch, "No")
    assert mailing.people_missing(network, at=NOW) == []


def test_a_second_press_on_the_same_day_is_refused(network):
    a_choice(network)
    a_registration(network)
    by = a_coordinator()
    mailing.ask_people(network, by=by, at=NOW)
    with pytest.raises(QuestionRefused, match="People were asked in the last 24 hours"):
        mailing.ask_people(network, by=by, at=NOW + timedelta(hours=1))
    assert len(letters()) == 1


def test_nobody_to_ask_is_said(network):
    with pytest.raises(QuestionRefused, match="Everybody has answered"):
        mailing.ask_people(network, by=a_coordinator(), at=NOW)


def test_people_are_reminded_once_a_week_later_unless_they_answered(network):
    lunch = a_choice(network)
    first, second = a_registration(network), a_registration(network)
    mailing.ask_people(network, by=a_coordinator(), at=NOW)
    an_answer(lunch, "Yes", first)
    assert mailing.sweep_reminders(at=NOON - timedelta(days=1)) == 0
    assert mailing.sweep_reminders(at=NOON) == 1
    assert mailing.sweep_reminders(at=NOON + timedelta(days=7)) == 0
    reminders = [mail for mail in letters() if mail.subject.startswith("Still waiting")]
    assert [mail.address for mail in reminders] == [second.person.primary_address]
    assert QuestionRound.objects.get().reminded_at == NOON


def test_nobody_is_reminded_at_night(network):
    a_choice(network)
    a_registration(network)
    mailing.ask_people(network, by=a_coordinator(), at=NOW)
    assert mailing.sweep_reminders(at=datetime(2020, 9, 15, 3, 0, tzinfo=UTC)) == 0


def test_the_page_says_how_many_first(network):
    a_choice(network)
    a_registration(network)
    client = Client()
    client.force_login(a_coordinator().user)
    page = reverse("questions_ask", args=[network.slug])
    with time_machine.travel(NOW, tick=False):
        assert "E-mail 1 person" in client.get(page).content.decode()
        assert not letters()
        client.post(page)
        client.post(page)
    assert len(letters()) == 1


@pytest.mark.parametrize("people", [1, 30])
def test_finding_who_is_missing_takes_the_same_statements(network, people):
    for step in range(8):
        a_choice(network, f"Question {step}")
    for _step in range(people):
        a_registration(network)
    with CaptureQueriesContext(connection) as asked:
        mailing.people_missing(network, at=NOW)
    assert len(asked) == 5
