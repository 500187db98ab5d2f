"""Two browsers send the form for one address: neither sees, changes or spoils what the other sent."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from model_bakery import baker

from registrations.models import Hold, Registration
from registrations.seats.domain import holding, registering, seats
from registrations.seats.domain.answers import Answers
from registrations.seats.exceptions import CodeOfAnotherForm
from stemnet.exceptions import CodeRefused
from stemnet.models import Mail
from tests.factories import NOW, a_network, a_person
from tests.markup import tight

pytestmark = pytest.mark.django_db
ADDRESS = "lead@example.org"
PLAIN = {"last_name": "O’Brien", "job": "coordinator", "organization_words": "Diman"}
TYPED = {
    "last_name": "Nuñez",
    "address": ADDRESS,
    "organization": "A district of its own",
    "organization_choice": "-",
    "job": "coordinator",
    "attending": "self",
    "shown": "",
}


def start(network, browser, *, address=ADDRESS, at=NOW, client=""):
    """Send the form from a browser, which types its own name as the first name."""
    answers = Answers(address=address, first_name=browser, **PLAIN)
    return registering.start_registration(
        network=network, answers=answers, browser=browser, client=client or browser, at=at
    )


def code_of(hold):
    mail = Mail.objects.filter(object=f"hold:{hold.uid}").order_by("pk").last()
    return re.search(r"^    (\d{6})$", mail.text, re.M)[1]


def wrong_for(*holds):
    right = {code_of(hold) for hold in holds}
    return next(code for code in (f"{number:06d}" for number in range(3)) if code not in right)


def test_each_browser_keeps_its_own_answers_code_and_tries():
    network = a_network()
    owner, other = start(network, "owner"), start(network, "other")
    owner.refresh_from_db()
    assert owner.uid != other.uid
    assert (owner.answers["first_name"], other.answers["first_name"]) == ("owner", "other")
    for _try in range(5):
        with pytest.raises(CodeRefused):
            registering.confirm_registration(hold=other, code=wrong_for(owner, other), at=NOW)
    owner.refresh_from_db()
    assert owner.tries == 0
    admission = registering.confirm_registration(hold=owner, code=code_of(owner), at=NOW)
    assert admission.registration.person.first_name == "owner"


def test_the_code_of_the_other_browsers_form_is_named_and_registers_nobody():
    network = a_network()
    owner, other = start(network, "owner"), start(network, "other")
    if code_of(owner) != code_of(other):
        with pytest.raises(CodeOfAnotherForm, match="another form"):
            registering.confirm_registration(hold=owner, code=code_of(other), at=NOW)
    assert not Registration.objects.exists()


def test_a_seat_is_kept_once_an_address_and_both_browsers_are_told_the_same():
    network = a_network(seats=40)
    alone = start(network, "alone", address="alone@example.org")
    owner, other = start(network, "owner"), start(network, "other", at=NOW + timedelta(minutes=1))
    owner.refresh_from_db()
    assert [hold.keeps_seat for hold in (alone, owner, other)] == [True, True, True]
    assert [hold.takes_seat for hold in (alone, owner, other)] == [True, False, True]
    assert seats.occupied(network, at=NOW) == 2


def test_the_database_takes_one_seat_an_address():
    network = a_network()
    start(network, "owner")
    fields = {"network": network, "address": ADDRESS, "keeps_seat": True, "takes_seat": True}
    with pytest.raises(IntegrityError), transaction.atomic():
        baker.make(Hold, browser="other", **fields)


def test_whichever_browser_proves_the_address_gets_the_one_seat():
    network = a_network(seats=20, waitlist=False)
    owner, other = start(network, "owner"), start(network, "other", at=NOW + timedelta(minutes=1))
    type(network).objects.update(seats=1)
    assert registering.confirm_registration(hold=owner, code=code_of(owner), at=NOW).registration.is_seated
    assert seats.occupied(network, at=NOW) == 1
    other.refresh_from_db()
    assert (other.used_at, other.keeps_seat, other.takes_seat) == (None, True, False)
    assert not registering.confirm_registration(hold=other, code=code_of(other), at=NOW).is_new
    assert Registration.objects.count() == 1


def test_the_promise_of_a_browser_gives_no_second_seat_once_the_address_left_again():
    network = a_network(seats=20)
    owner, other = start(network, "owner"), start(network, "other")
    registration = registering.confirm_registration(hold=owner, code=code_of(owner), at=NOW).registration
    type(network).objects.update(seats=1)
    Registration.objects.filter(pk=registration.pk).update(status="withdrawn")
    baker.make(Registration, network=network, person=a_person(), status="seated", seated_at=NOW)
    again = registering.confirm_registration(hold=other, code=code_of(other), at=NOW).registration
    assert again.status == "waiting"


def test_a_browser_that_corrects_its_address_leaves_the_seat_to_the_other():
    network = a_network(seats=40)
    owner, other = start(network, "owner"), start(network, "other")
    start(network, "other", address="other@example.org")
    owner.refresh_from_db()
    other.refresh_from_db()
    assert ((owner.keeps_seat, owner.takes_seat), (other.keeps_seat, other.takes_seat)) == (
        (True, True),
        (False, False),
    )


def test_a_seat_that_ran_out_is_kept_anew():
    network = a_network(seats=1)
    start(network, "owner")
    later = NOW + timedelta(minutes=31)
    assert start(network, "other", at=later).takes_seat
    assert seats.occupied(network, at=later) == 1


def test_registering_when_signed_in_uses_the_seat_and_no_browsers_form():
    network = a_network(seats=1)
    person = a_person(address=ADDRESS)
    other = start(network, "other")
    answers = Answers(address=ADDRESS, first_name="Ana", **PLAIN)
    assert registering.register_person(network=network, person=person, answers=answers, at=NOW).is_seated
    other.refresh_from_db()
    assert (other.used_at, other.answers["first_name"]) == (None, "other")
    assert seats.occupied(network, at=NOW) == 1


def test_the_limit_of_a_client_counts_what_its_browsers_were_promised():
    network = a_network(seats=100)
    for number in range(3):
        start(network, f"b{number}", client="client")
    assert not start(network, "b4", client="client", address="four@example.org").keeps_seat
    assert start(network, "b5", client="elsewhere", address="five@example.org").keeps_seat
    assert holding.clear_holds(at=NOW + timedelta(days=3)) == 5


@pytest.fixture
def two():
    """Give two browsers, at a time that stands."""
    with time_machine.travel(NOW, tick=False):
        yield Client(), Client()


def send(client, network, first_name, **fields):
    url = reverse("register", args=[network.slug])
    return client.post(url, {**TYPED, "first_name": first_name, **fields}).url


def page(client, url, data=None):
    answer = client.post(url, data, follow=True) if data else client.get(url, follow=True)
    return tight(answer.content.decode())


def test_pages_show_nothing_of_the_other_browser(two):
    network, (owner, other) = a_network(), two
    form = reverse("register", args=[network.slug])
    mine, theirs = send(owner, network, "Ofelia"), send(other, network, "Otto")
    assert mine != theirs
    assert ("Ofelia" in page(owner, form), "Otto" in page(owner, form)) == (True, False)
    assert ("Ofelia" in page(other, form), "Otto" in page(other, form)) == (False, True)
    for _try in range(5):
        page(other, theirs, {"code": wrong_for(*Hold.objects.all())})
    assert "no longer works" in page(other, theirs)
    assert "no longer works" not in page(owner, mine)
    done = page(owner, mine, {"code": code_of(Hold.objects.get(uid=mine.split("/")[-2]))})
    assert "You're registered" in done
    assert Registration.objects.get().person.first_name == "Ofelia"
    assert "This code has been used" not in page(other, theirs)
    assert "Otto" in page(other, form)


def test_a_form_sent_twice_before_the_first_answer_is_one_form(two):
    network, (browser, _other) = a_network(), two
    shown = browser.get(reverse("register", args=[network.slug]))
    name = shown.context["browser"]
    first = send(browser, network, "Ana", browser=name)
    browser.cookies.clear()
    assert send(browser, network, "Ana", browser=name) == first
    assert Mail.objects.count() == 1


def test_a_browser_that_has_a_name_takes_no_other(two):
    network, (owner, other) = a_network(), two
    send(owner, network, "Ofelia", browser="o" * 32)
    send(other, network, "Otto")
    send(other, network, "Otto", browser="o" * 32)
    assert sorted(hold.answers["first_name"] for hold in Hold.objects.all()) == ["Ofelia", "Otto"]


def test_codes_to_sign_in_are_each_browsers_own(two):
    owner, other = two
    a_person(address=ADDRESS)
    for browser in two:
        browser.post(reverse("account_request_login_code"), {"email": ADDRESS})
    codes = [
        re.search(r"^    (\d{6})$", mail.text, re.M)[1] for mail in Mail.objects.order_by("pk") if mail.secret
    ]
    confirm = reverse("account_confirm_login_code")
    for _try in range(5):
        other.post(confirm, {"code": "000000" if "000000" not in codes else "000001"})
    owner.post(confirm, {"code": codes[0]})
    assert owner.get("/").wsgi_request.person.primary_address == ADDRESS
    assert other.get("/").wsgi_request.person is None
