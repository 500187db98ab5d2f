"""The pages on which questions are set up."""

from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Appointment
from registrations.asking.domain import building
from registrations.models import Answer, Question, QuestionLog
from registrations.seats.domain.questions import newest as newest_of
from tests.factories import NOW, SWEEP, a_coordinator, a_network, a_user
from tests.markup import tight
from tests.registrations.asking.rows import a_choice, a_diet, a_question, an_answer, newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def network():
    return a_network()


@pytest.fixture
def coordinator():
    return a_coordinator(first_name="Cora", last_name="Nator")


@pytest.fixture
def client(coordinator):
    client = Client()
    client.force_login(coordinator.user)
    return client


def text_of(response):
    return tight(unescape(response.content.decode()))


def url(name, network, *more):
    return reverse(name, args=[network.slug, *more])


def typed(**fields):
    plain = {"uid": str(uuid4()), "label": "Will you stay for lunch?", "kind": "choice", "options": "Yes\nNo"}
    return {**plain, "about": "ordinary", "on_registering": "on", "staff_read": "on", **fields}


def test_a_question_is_added_with_its_choices(client, network):
    client.post(url("question_new", network), typed(options=" Yes \n\nNo\nYes\n", required="on"))
    version = newest_of().get(question__network=network)
    assert (version.label, version.options) == ("Will you stay for lunch?", ["Yes", "No"])
    assert version.question.required


def test_the_same_form_sent_twice_adds_one(client, network):
    page = typed()
    for _time in range(2):
        client.post(url("question_new", network), page)
    assert network.own_questions.count() == 1


def test_a_condition_names_answers_to_one_earlier_question(client, network):
    lunch, stay = a_choice(network), a_choice(network, "Will you stay?")
    wrong = typed(label="What?", kind="text", condition=[f"{lunch.uid} Yes", f"{stay.uid} No"])
    assert "Choose answers to one question only." in text_of(client.post(url("question_new", network), wrong))
    client.post(
        url("question_new", network), typed(label="What?", kind="text", condition=[f"{lunch.uid} Yes"])
    )
    made = newest_of().get(label="What?").question
    assert (made.depends_on, made.depends_values) == (lunch, ["Yes"])


@pytest.mark.parametrize(
    ("fields", "where", "words"),
    [
        ({"label": ""}, "label", "Type the question."),
        ({"options": "Yes"}, "options", "Type at least two choices"),
        ({"least": "5", "most": "1", "kind": "number"}, "most", "The largest number is smaller"),
        ({"staff_read": ""}, "readers", "Name at least one person who reads the answers."),
        ({"about": "access"}, "readers", "Name at least one person who reads the answers."),
        ({"reader_address": "nobody@example.org"}, "reader_address", "Nobody signs in with this address."),
        ({"kept_days": "-1"}, "kept_days", "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(client, network, fields, where, words):
    page = client.post(url("question_new", network), typed(help="Noon.", **fields))
    assert page.status_code == 422
    assert words in page.context["form"].errors[where][0]
    assert page.context["form"]["help"].value() == "Noon."


def test_a_beginning_for_diet_has_the_least_audience(client, network, coordinator):
    page = client.get(url("question_new", network) + "?begin=diet")
    assert page.context["form"]["about"].value() == "diet"
    sent = typed(label="Diet?", kind="many", options="Vegan\nHalal", about="diet", caterer_reads="on")
    client.post(url("question_new", network), {**sent, "readers": [str(coordinator.uid)]})
    made = Question.objects.get()
    assert (made.staff_read, made.caterer_reads, made.kept_days) == (False, True, 0)
    assert made.readers.get().person == coordinator


def test_somebody_else_is_named_by_address(client, network):
    reader = a_user().person
    address = reader.primary_address
    client.post(url("question_new", network), typed(about="access", kind="long", reader_address=address))
    assert Question.objects.get().readers.get().person == reader


def edited(page, **fields):
    form = page.context["form"]
    plain = {name: form[name].value() for name in form.fields}
    plain = {name: value for name, value in plain.items() if value not in (None, False, "")}
    return {**{name: "on" if value is True else value for name, value in plain.items()}, **fields}


def test_two_who_edit_at_once_are_told_and_saving_again_is_enough(client, network):
    lunch = a_choice(network)
    page = client.get(url("question_edit", network, lunch.uid))
    client.post(url("question_edit", network, lunch.uid), edited(page, label="First"))
    refused = client.post(url("question_edit", network, lunch.uid), edited(page, label="Second"))
    assert "Cora Nator changed this question while you had it open." in text_of(refused)
    assert refused.context["form"]["label"].value() == "Second"
    client.post(url("question_edit", network, lunch.uid), edited(refused))
    assert newest(lunch).label == "Second"


def test_editing_a_question_that_was_deleted_says_so(client, network):
    lunch = a_choice(network)
    page = client.get(url("question_edit", network, lunch.uid))
    building.delete_question(lunch, answers=0, by=SWEEP, at=NOW)
    done = client.post(url("question_edit", network, lunch.uid), edited(page), follow=True)
    assert "This question was deleted while you had it open." in text_of(done)


def test_deleting_with_answers_is_confirmed_with_their_number(client, network):
    lunch = a_choice(network)
    an_answer(lunch, "Yes")
    page = url("question_delete", network, lunch.uid)
    assert "1 answer is deleted with it." in text_of(client.get(page))
    assert client.post(page).status_code == 422
    assert Answer.objects.count() == 1
    client.post(page, {"answers": "1"})
    assert not Question.objects.exists()
    assert QuestionLog.objects.get(what="cleared").number == 1
    done = client.post(page, {"answers": "1"}, follow=True)
    assert "This question was deleted while you had it open." in text_of(done)


def test_a_question_is_ended_and_asked_again_however_often_it_is_pressed(client, network):
    lunch = a_choice(network)
    an_answer(lunch, "Yes")
    for act in ("end", "end", "again", "again"):
        client.post(url("question_act", network, lunch.uid, act))
    lunch.refresh_from_db()
    assert lunch.ended_at is None
    assert sorted(QuestionLog.objects.values_list("what", flat=True)) == ["added", "again", "ended"]


def test_questions_are_ordered_by_buttons(client, network):
    rows = [a_question(network, label) for label in "AB"]
    client.post(url("question_act", network, rows[1].uid, "up"))
    assert [one.label for one in newest_of()] == ["B", "A"]


def test_the_preview_shows_the_questions_as_fields(client, network):
    a_diet(network)
    page = text_of(client.get(url("questions_preview", network)))
    assert "What do you eat?" in page
    assert "Nut allergy" in page


def test_questions_are_copied_from_a_network_of_ones_own(client, network):
    other = a_network()
    a_choice(network)
    client.post(url("questions_copy", other), {"network": network.slug})
    assert newest_of().get(question__network=other).label == "Will you stay for lunch?"


def test_an_appointed_coordinator_copies_only_from_networks_of_theirs(network):
    other, person = a_network(), a_user().person
    a_choice(network)
    Appointment.objects.create(network=other, person=person, role="coordinator")
    client = Client()
    client.force_login(person.user)
    page = client.post(url("questions_copy", other), {"network": network.slug})
    assert page.status_code == 422
    assert not other.own_questions.exists()


def test_an_information_session_asks_no_questions(client):
    session = a_network(kind="information_session", credit_code="", asks_evaluation=False)
    assert client.get(url("questions", session)).status_code == 404


def test_the_log_says_what_was_done_and_no_answer(client, network):
    lunch = a_choice(network)
    an_answer(lunch, "Secret words")
    building.delete_question(lunch, answers=1, by=SWEEP, at=NOW)
    page = text_of(client.get(url("questions", network)))
    assert "answers deleted by staff" in page
    assert "Secret words" not in page


@pytest.mark.parametrize("name", ["questions", "questions_preview"])
def test_a_list_takes_the_same_statements_for_1_and_30_questions(client, network, name):
    told = []
    for number in (1, 29):
        for step in range(number):
            an_answer(a_choice(network, f"Question {number} {step}"), "Yes")
        client.get(url(name, network))
        with CaptureQueriesContext(connection) as captured:
            client.get(url(name, network))
        told.append(len(captured))
    assert told[0] == told[1]
