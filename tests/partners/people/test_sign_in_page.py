"""The page for signing in: a code by mail first, a passkey or a password instead."""

import pytest

from tests.factories import a_user

pytestmark = pytest.mark.django_db


def test_sign_in_page_offers_code_passkey_and_password(client):
    html = client.get("/accounts/login/").content.decode()
    assert "Send me a code" in html
    assert 'id="passkey_login"' in html
    assert 'name="password"' in html
    assert '<html lang="en"' in html


def test_sign_in_with_a_password_still_works(client):
    user = a_user()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client.post("/accounts/login/", {"login": user.email, "password": "network-demo"})
    assert client.session["_auth_user_id"] == str(user.pk)


def test_wrong_password_is_said_and_the_address_kept(client):
    response = client.post("/accounts/login/", {"login": "a@example.org", "password": "wrong"})
    html = response.content.decode()
    assert "data-error-summary" in html
    assert 'value="a@example.org"' in html
    assert '<details class="mt-4" open>' in html
