"""Limits of signing in: nobody keeps anybody else out, and five tries are five, however many come at once."""

import re

import pytest
from django.test import Client

from stemnet.models import Mail, SentCode
from tests.factories import a_person, a_user
from tests.races import at_once

ASK, TYPE = "/accounts/login/code/", "/accounts/login/code/confirm/"
STRANGER, OWNER = "192.0.2.66", "192.0.2.1"


def code_of(mail):
    return re.search(r"\b\d{6}\b", mail.text)[0]


@pytest.mark.django_db
@pytest.mark.parametrize("page", [ASK, "/accounts/password/reset/"])
def test_a_stranger_who_asks_again_and_again_keeps_nobody_from_getting_a_code(page):
    a_user(address="lead@example.org")
    for _time in range(6):
        refused = Client(REMOTE_ADDR=STRANGER).post(page, {"email": "lead@example.org"})
    before = Mail.objects.count()
    asked = Client(REMOTE_ADDR=OWNER).post(page, {"email": "lead@example.org"})
    assert (refused.status_code, asked.status_code) == (200, 302)
    assert Mail.objects.count() == before + 1


@pytest.mark.django_db
def test_a_stranger_who_types_wrong_passwords_locks_nobody_out():
    user = a_user(address="lead@example.org")
    typed = {"login": "lead@example.org", "password": "wrong-password"}
    for _time in range(6):
        refused = Client(REMOTE_ADDR=STRANGER).post("/accounts/login/", typed)
    assert "Too many tries" in refused.content.decode()
    owner = Client(REMOTE_ADDR=OWNER)
    owner.post("/accounts/login/", {**typed, "password": "network-demo"})
    assert owner.session.get("_auth_user_id") == str(user.pk)


@pytest.mark.django_db
def test_no_code_stands_in_a_subject():
    a_person(address="lead@example.org")
    Client().post(ASK, {"email": "lead@example.org"})
    mail = Mail.objects.get()
    assert (mail.subject, code_of(mail) in mail.subject) == ("Your 6-digit code", False)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_requests_at_once_with_one_session_no_more_than_five_are_judged():
    a_person(address="lead@example.org")
    asked = Client()
    asked.post(ASK, {"email": "lead@example.org"})
    right = code_of(Mail.objects.get())
    wrong = "000000" if right != "000000" else "111111"

    def type_wrong():
        client = Client()
        client.cookies["sessionid"] = asked.cookies["sessionid"].value
        return client.post(TYPE, {"code": wrong}).status_code

    at_once([type_wrong] * 24)
    assert SentCode.objects.get().tries == 5
    last = Client()
    last.cookies["sessionid"] = asked.cookies["sessionid"].value
    last.post(TYPE, {"code": right})
    assert last.session.get("_auth_user_id") is None
