"""The frame of every page, and the pages of errors."""

import pytest
from django.template.loader import render_to_string

from tests.factories import a_coordinator, a_partnership, a_user
from tests.markup import tight

pytestmark = pytest.mark.django_db


def test_page_names_the_partnership_and_its_host(client):
    a_partnership()
    html = tight(client.get("/accessibility/").content.decode())
    assert "<title>Accessibility · SouthCoast STEM</title>" in html
    assert '<html lang="en"' in html
    assert 'href="#content"' in html
    assert "mailto:hello@example.org" in html


def test_page_without_a_partnership_still_opens(client):
    assert client.get("/accessibility/").status_code == 200


def test_signed_in_person_signs_out_by_post(client):
    user = a_user()
    client.force_login(user)
    html = client.get("/accessibility/").content.decode()
    assert '<form method="post" action="/accounts/logout/">' in html
    assert "Sign in" not in html.split("<main")[0].replace("Sign-in methods", "")


def test_admin_is_in_the_menu_of_coordinators_only(client):
    client.force_login(a_user())
    assert 'href="/admin/"' not in client.get("/accessibility/").content.decode()
    client.force_login(a_coordinator().user)
    assert 'href="/admin/"' in client.get("/accessibility/").content.decode()


def test_unknown_address_says_what_to_do(client):
    client.force_login(a_user())
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "We can't find that page" in response.content.decode()
    assert "What you can do" in response.content.decode()


@pytest.mark.parametrize("name", ["400", "500"])
def test_pages_of_last_resort_need_no_request(name):
    assert "What you can do" in render_to_string(f"{name}.html")


def test_a_forged_form_is_explained(rf, client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/accounts/login/", {"login": "a@example.org"})
    assert response.status_code == 403
    assert "We couldn't send this form" in response.content.decode()
