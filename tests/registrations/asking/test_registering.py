"""Questions on the form to register: asked, checked, kept in the hold, written with the registration."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.asking.domain import building
from registrations.models import Answer, Hold, Registration
from registrations.seats.domain import registering
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.questions import asked_on_registering
from stemnet import codes
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_network, a_partnership, a_user
from tests.markup import tight
from tests.registrations.asking.rows import a_choice, a_diet, a_question, change, newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ADDRESS = "lead@example.org"


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def typed(network, **fields):
    asked = ",".join(f"{one.question_id}.{one.number}" for one in asked_on_registering(network))
    plain = {"first_name": "Ana", "last_name": "Reis", "address": ADDRESS, "job": "coordinator"}
    plain |= {"organization": "A district", "organization_choice": "-", "attending": "self"}
    return {**plain, "asked": asked, "shown": "", **fields}


def post(client, network, **fields):
    return client.post(reverse("register", args=[network.slug]), typed(network, **fields))


def name(question):
    return f"question_{question.pk}"


def code():
    mail = Mail.objects.filter(address=ADDRESS, secret=True).latest("pk")
    return re.search(r"^    (\d{6})$", mail.text, re.M)[1]


def text_of(response):
    return tight(unescape(response.content.decode()))


@pytest.fixture
def network():
    return a_network()


def test_answers_travel_in_the_hold_until_the_code_is_typed(client, network):
    lunch = a_choice(network, required=True)
    diet = a_diet(network, depends_on=lunch, depends_values=["Yes"])
    page = post(client, network, **{name(lunch): "Yes", name(diet): ["Vegan"]})
    assert not Answer.objects.exists()
    done = client.post(page.url, {"code": code()})
    assert "You're registered" in text_of(done)
    assert {one.question: one.value for one in Answer.objects.all()} == {lunch: "Yes", diet: ["Vegan"]}
    assert Hold.objects.get().answers == {}


def test_every_kind_is_read_and_kept(client, network):
    person = a_user().person
    client.force_login(person.user)
    asked = {
        "text": ("  By   bus ", "By bus"),
        "long": ("One.\r\nTwo.", "One.\nTwo."),
        "number": ("12.50", "12.5"),
        "date": ("2020-10-01", "2020-10-01"),
        "agreement": ("on", True),
    }
    rows = {kind: a_question(network, f"A {kind}", kind=kind) for kind in asked}
    many = a_question(network, "Many", kind="many", options=["A", "B", "C"])
    post(
        client,
        network,
        **{name(rows[kind]): sent for kind, (sent, _kept) in asked.items()},
        **{name(many): ["A", "C"]},
    )
    kept = {one.question_id: one.value for one in Answer.objects.all()}
    assert kept == {**{rows[kind].pk: value for kind, (_sent, value) in asked.items()}, many.pk: ["A", "C"]}


def test_a_required_question_is_asked_at_its_field(client, network):
    lunch = a_choice(network, required=True)
    page = post(client, network)
    assert "Choose one." in text_of(page)
    assert page.context["form"].errors.keys() == {name(lunch)}
    assert not Hold.objects.exists()


def test_a_question_whose_condition_does_not_hold_is_neither_required_nor_kept(client, network):
    client.force_login(a_user().person.user)
    lunch = a_choice(network)
    diet = a_diet(network, required=True, depends_on=lunch, depends_values=["Yes"])
    post(client, network, **{name(lunch): "No", name(diet): ["Vegan", "nonsense"]})
    assert [(one.question, one.value) for one in Answer.objects.all()] == [(lunch, "No")]


def test_who_leaves_a_question_empty_was_asked(client, network):
    client.force_login(a_user().person.user)
    lunch = a_choice(network)
    post(client, network)
    assert Answer.objects.get(question=lunch).value is None


def test_a_number_has_its_limits(client, network):
    guests = a_question(network, "How many?", kind="number", least=1, most=4)
    assert "less than or equal to 4" in text_of(post(client, network, **{name(guests): "5"}))


def test_a_question_worded_anew_is_asked_again_and_what_was_typed_stays(client, network):
    lunch = a_choice(network)
    before = typed(network, **{name(lunch): "Yes"})
    change(lunch, label="Will you eat with us?")
    page = client.post(reverse("register", args=[network.slug]), before)
    assert "The wording changed after you opened the page. Read it and answer again." in text_of(page)
    assert page.context["form"][name(lunch)].value() == "Yes"


def test_a_question_added_since_is_asked_too(client, network):
    before = typed(network)
    a_choice(network)
    page = client.post(reverse("register", args=[network.slug]), before)
    assert "This question was added after you opened the page. Answer it, too." in text_of(page)


def test_a_question_deleted_between_form_and_code_loses_nothing_else(client, network):
    lunch, way = a_choice(network), a_question(network)
    page = post(client, network, **{name(lunch): "Yes", name(way): "By bus"})
    building.delete_question(lunch, answers=0, by=SWEEP, at=NOW)
    client.post(page.url, {"code": code()})
    assert [one.value for one in Registration.objects.get().answers.all()] == ["By bus"]


def test_a_question_worded_anew_between_form_and_code_keeps_the_wording_that_was_read(client, network):
    lunch = a_choice(network)
    page = post(client, network, **{name(lunch): "Yes"})
    change(lunch, label="Will you eat with us?")
    client.post(page.url, {"code": code()})
    assert Answer.objects.get().version.label == "Will you stay for lunch?"


def test_a_code_sent_twice_writes_the_answers_once(client, network):
    lunch = a_choice(network)
    page = post(client, network, **{name(lunch): "Yes"})
    sent = code()
    for _time in range(2):
        client.post(page.url, {"code": sent})
    assert Answer.objects.count() == 1


def test_what_this_browser_typed_before_comes_back(client, network):
    lunch = a_choice(network)
    post(client, network, **{name(lunch): "No"})
    page = client.get(reverse("register", args=[network.slug]))
    assert page.context["form"].initial[name(lunch)] == "No"


def test_the_form_says_who_reads_an_answer_and_how_long_it_is_kept(client, network):
    reader = a_user(first_name="Dana", last_name="Reader").person
    a_diet(network, readers=[reader])
    page = text_of(client.get(reverse("register", args=[network.slug])))
    assert "Who reads your answer: Dana Reader and the caterer, without your name." in page
    assert "We delete it the day after the last meeting." in page


def test_a_condition_is_said_in_words(client, network):
    lunch = a_choice(network)
    a_diet(network, depends_on=lunch, depends_values=["Yes"])
    page = text_of(client.get(reverse("register", args=[network.slug])))
    assert "Only if you chose “Yes” for “Will you stay for lunch?”" in page


def test_a_file_is_asked_once_somebody_is_registered(client, network):
    a_question(network, "Your picture", kind="file", required=True)
    assert "Your picture" not in text_of(client.get(reverse("register", args=[network.slug])))
    page = post(client, network)
    done = text_of(client.post(page.url, {"code": code()}))
    assert "This network has one more question for you." in done


def ten_questions(network):
    first = a_choice(network)
    others = [a_question(network, f"Question {step}") for step in range(8)]
    return [first, *others, a_diet(network, depends_on=first, depends_values=["Yes"])]


def test_registering_with_ten_questions_takes_at_most_50_statements(monkeypatch):
    a_partnership()
    network = a_network(meetings=5)
    monkeypatch.setattr(codes, "fresh", lambda: "123456")
    given = [(newest(one).pk, "Yes") for one in ten_questions(network)]
    answers = Answers(
        address=ADDRESS, first_name="Ana", last_name="Reis", organization_words="D", questions=given
    )
    hold = registering.start_registration(network=network, answers=answers, browser="b", client="c", at=NOW)
    with CaptureQueriesContext(connection) as captured:
        registering.confirm_registration(hold=hold, code="123456", at=NOW)
    assert Answer.objects.count() == 10
    assert len(captured) <= 47


def test_questions_cost_two_statements_however_many(client):
    a_partnership()
    told = []
    for many in (False, True):
        network = a_network()
        asked = ten_questions(network) if many else [a_choice(network)]
        answers = Answers(address="", questions=[(newest(one).pk, "Yes") for one in asked])
        person = a_user().person
        with CaptureQueriesContext(connection) as captured:
            registering.register_person(network=network, person=person, answers=answers, at=NOW)
        told.append(len(captured))
    assert told[0] == told[1]


def test_a_hold_with_answers_is_deleted_a_day_after(client, network):
    from registrations.seats.domain import holding

    post(client, network, **{name(a_diet(network)): ["Vegan"]})
    holding.clear_holds(at=NOW + timedelta(days=2))
    assert not Hold.objects.exists()
