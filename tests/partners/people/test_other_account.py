"""A link that this account may not open says as whom one is signed in, and leads to another and back."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from tests.factories import a_part, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = a_user(first_name="Group", last_name="Lead", address="lead@example.org").person
    client.force_login(person.user)
    return person


def test_a_page_of_somebody_else_and_no_page_say_the_same(client, person):
    theirs = a_part().get_absolute_url()
    nothing = reverse("mou_part", args=["no-such-memorandum", "nobody"])
    pages = [client.get(address) for address in (theirs, nothing)]
    assert [page.status_code for page in pages] == [404, 404]
    shown = [
        page.content.decode().replace(address, "").replace(str(page.context["csrf_token"]), "")
        for page, address in zip(pages, (theirs, nothing), strict=True)
    ]
    words = [text.partition("<main")[2].partition("</main>")[0] for text in shown]
    assert "signed in as <strong>Group Lead</strong> (lead@example.org)" in words[0]
    assert len(words[0].split()) == len(words[1].split())


def test_the_other_account_is_led_back_to_the_address(client, person):
    drafter = a_user().person
    role = a_part(drafter=drafter)
    address = f"{role.get_absolute_url()}?from=mail&x=1"
    page = client.get(address)
    target = page.content.decode().partition('name="next"')[2].partition('value="')[2].partition('"')[0]
    out = client.post(reverse("account_logout"), {"next": target})
    assert out.url == target
    assert parse_qs(urlsplit(out.url).query)["next"] == [address]
    assert client.get("/").wsgi_request.person is None
    client.force_login(drafter.user)
    assert client.get(address).status_code == 200


def test_who_may_not_do_something_is_told_as_whom(client, person):
    page = client.get(reverse("network_new"))
    assert page.status_code == 403
    assert "Sign in as somebody else" in page.content.decode()


def test_who_is_not_signed_in_is_led_to_sign_in_and_back(client):
    page = client.get("/networks/nothing-here/")
    assert page.status_code == 404
    assert "/accounts/login/?next=%2Fnetworks%2Fnothing-here%2F" in page.content.decode()
