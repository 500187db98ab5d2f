"""Signing in by a code, for everyone who is known by an address."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from partners.models import Person, User
from partners.people.domain import addresses
from stemnet.models import Mail, SentCode
from tests.factories import a_person, a_user

pytestmark = pytest.mark.django_db
ASK, TYPE = "/accounts/login/code/", "/accounts/login/code/confirm/"


def newest_code(address):
    mail = Mail.objects.filter(address=address).order_by("-pk").first()
    return re.search(r"\b\d{6}\b", mail.text)[0]


def ask(client, address):
    return client.post(ASK, {"email": address})


def sign_in(client, address):
    ask(client, address)
    return client.post(TYPE, {"code": newest_code(address.lower())})


def whoever(client):
    session = client.session
    return User.objects.filter(pk=session.get("_auth_user_id")).first()


@pytest.mark.parametrize("typed", ["lead@example.org", "LEAD@Example.org"])
def test_who_never_signed_in_gets_in_by_a_code(client, typed):
    person = a_person(address="lead@example.org", verified=False)
    answer = sign_in(client, typed)
    assert (answer.status_code, whoever(client).person) == (302, person)
    assert person.emails.get().verified_at is not None
    assert EmailAddress.objects.get().verified


def test_a_secondary_address_signs_in_the_same_person(client):
    person = a_user(address="work@example.org").person
    addresses.add_address(person, address="home@example.org")
    sign_in(client, "home@example.org")
    assert whoever(client).person == person
    assert person.emails.get(address="home@example.org").verified_at is not None
    assert whoever(client).email == "work@example.org"


def test_an_administrator_made_on_the_command_line_gets_in(client):
    admin = User.objects.create_superuser("admin@example.org", "network-demo")
    sign_in(client, "admin@example.org")
    assert (whoever(client), admin.person.emails.get().address) == (admin, "admin@example.org")


def test_nobody_learns_who_is_known(client):
    a_person(address="known@example.org")
    pages = []
    for address in ("known@example.org", "other@example.org"):
        other = Client()
        asked = ask(other, address)
        page = other.get(TYPE)
        wrong = other.post(TYPE, {"code": "abc"})
        again = other.post(TYPE, {"action": "resend"}, follow=True)
        body = [re.sub(r'value="\w{64}"', "", one.content.decode()) for one in (page, wrong, again)]
        pages.append((asked.status_code, asked["Location"], *[one.replace(address, "") for one in body]))
    assert pages[0] == pages[1]


def test_an_unknown_address_gets_a_mail_and_no_account(client):
    ask(client, "other@example.org")
    mail = Mail.objects.get()
    assert (mail.subject, mail.secret) == ("Nobody is registered with this address", True)
    assert "http://localhost:8000/networks/" in mail.text
    assert (User.objects.count(), Person.objects.count()) == (0, 0)


def test_code_is_secret_and_not_in_the_session(client):
    a_person(address="lead@example.org")
    ask(client, "lead@example.org")
    code = newest_code("lead@example.org")
    row = SentCode.objects.get()
    assert Mail.objects.get().secret
    assert code not in str(dict(client.session)).replace(str(row.uid), "")
    assert row.code_hash not in str(dict(client.session))


def test_five_wrong_codes_end_it(client):
    a_person(address="lead@example.org")
    ask(client, "lead@example.org")
    code = newest_code("lead@example.org")
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(4):
        assert b"the code we sent" in client.post(TYPE, {"code": wrong}).content
    assert client.post(TYPE, {"code": wrong}).status_code == 302
    client.post(TYPE, {"code": code})
    assert whoever(client) is None


def test_tries_that_raced_past_the_session_are_counted_beside_it(client):
    a_person(address="lead@example.org")
    ask(client, "lead@example.org")
    code = newest_code("lead@example.org")
    before = client.session["account_login"]
    for _request in range(48):
        session = client.session  # as it was loaded by every one of many requests at once
        session["account_login"] = before
        session.save()
        client.post(TYPE, {"code": "000000" if code != "000000" else "111111"})
    session = client.session
    session["account_login"] = before
    session.save()
    assert SentCode.objects.get().tries == 5
    assert b"the code we sent" in client.post(TYPE, {"code": code}).content
    assert whoever(client) is None


@pytest.mark.parametrize("typed", ["", "ABCDEF", "१२३४५६", "0" * 300, "\x00"])
def test_nonsense_is_no_code(client, typed):
    a_person(address="lead@example.org")
    ask(client, "lead@example.org")
    assert client.post(TYPE, {"code": typed}).status_code == 200


def test_a_code_expires(client):
    a_person(address="lead@example.org")
    ask(client, "lead@example.org")
    code = newest_code("lead@example.org")
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert client.post(TYPE, {"code": code})["Location"] == ASK
    assert whoever(client) is None


def test_the_code_of_another_browser_does_not_help(client):
    a_person(address="lead@example.org")
    a_person(address="other@example.org")
    ask(client, "lead@example.org")
    ask(Client(), "other@example.org")
    client.post(TYPE, {"code": newest_code("other@example.org")})
    assert whoever(client) is None or newest_code("other@example.org") == newest_code("lead@example.org")


@pytest.mark.parametrize("known", [True, False])
def test_a_new_code_waits_30_seconds(client, known):
    if known:
        a_person(address="lead@example.org")
    ask(client, "lead@example.org")
    page = client.post(TYPE, {"action": "resend"}, follow=True)
    assert (b"Wait 30 seconds" in page.content, Mail.objects.count()) == (True, 1)
    with time_machine.travel(timezone.now() + timedelta(seconds=31), tick=False):
        client.post(TYPE, {"action": "resend"})
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("known", [True, False])
def test_five_codes_an_hour_go_to_an_address(known):
    if known:
        a_person(address="lead@example.org")
    for _ in range(5):
        assert ask(Client(), "lead@example.org").status_code == 302
    refused = ask(Client(), "LEAD@example.org")
    assert (refused.status_code, b"several codes" in refused.content) == (200, True)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert ask(Client(), "lead@example.org").status_code == 302


def test_sixty_educators_behind_one_address_get_in():
    for number in range(60):
        a_person(address=f"lead{number}@example.org")
    for number in range(60):
        client = Client()
        sign_in(client, f"lead{number}@example.org")
        assert whoever(client) is not None


@pytest.mark.parametrize("typed", ["", "nobody", "a@b@c", "x" * 300 + "@example.org", "a\x00@example.org"])
def test_what_is_no_address_is_said_where_it_happened(client, typed):
    answer = ask(client, typed)
    assert (answer.status_code, b"invalid-feedback" in answer.content) == (200, True)


def test_a_password_works_too(client):
    user = a_user(address="lead@example.org")
    client.post("/accounts/login/", {"login": "lead@example.org", "password": "network-demo"})
    assert whoever(client) == user


def test_wrong_password_says_the_same_for_everyone(client):
    a_user(address="lead@example.org")
    pages = []
    for address in ("lead@example.org", "other@example.org"):
        answer = client.post("/accounts/login/", {"login": address, "password": "wrong-password"})
        pages.append((answer.status_code, b"match. You can sign in with a code" in answer.content))
    assert pages == [(200, True), (200, True)]


def test_a_password_with_an_address_not_proved_asks_for_a_code(client):
    user = a_user(address="lead@example.org", verified=False)
    client.post("/accounts/login/", {"login": "lead@example.org", "password": "network-demo"})
    assert whoever(client) is None
    client.post("/accounts/confirm-email/", {"code": newest_code("lead@example.org")})
    assert (whoever(client), user.person.emails.get().verified_at is None) == (user, False)


def test_a_new_password_is_chosen_by_a_code(client):
    person = a_person(address="lead@example.org")
    client.post("/accounts/password/reset/", {"email": "lead@example.org"})
    client.post("/accounts/password/reset/confirm/", {"code": newest_code("lead@example.org")})
    new = "a-long-enough-secret"
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})
    person.refresh_from_db()
    assert person.user.check_password(new)
    assert Mail.objects.filter(subject="Your password was changed").count() == 1


def test_signing_up_is_closed_with_a_way_on(client):
    for answer in (client.get("/accounts/signup/"), client.post("/accounts/signup/", {"email": "a@b.org"})):
        assert (answer.status_code, b"The code we send you creates your account." in answer.content) == (
            200,
            True,
        )
    assert User.objects.count() == 0


def test_an_account_that_is_switched_off_stays_out(client):
    user = a_user(address="lead@example.org")
    user.is_active = False
    user.save()
    ask(client, "lead@example.org")
    assert Mail.objects.get().subject == "Nobody is registered with this address"


def test_one_client_asks_for_so_many_codes_an_hour(settings):
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "3/h/ip"}
    for number in range(3):
        assert ask(Client(), f"lead{number}@example.org").status_code == 302
    refused = ask(Client(), "lead4@example.org")
    assert (refused.status_code, b"Too many tries" in refused.content, Mail.objects.count()) == (200, True, 3)
