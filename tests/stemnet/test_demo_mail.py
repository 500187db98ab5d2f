"""The demo's mail, as its reader would see it."""

import pytest
from django.urls import NoReverseMatch, reverse

from stemnet.models import Mail
from tests.stemnet.letters import a_letter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.stemnet.demo_urls")]


@pytest.mark.urls("stemnet.urls")
def test_demo_mail_has_no_address_outside_a_demo():
    with pytest.raises(NoReverseMatch):
        reverse("demo_mail")


def test_demo_mail_says_what_to_do_where_there_is_none(client):
    assert "Register for a network" in client.get("/demo/mail/").content.decode()


def test_demo_mail_finds_an_address(client):
    a_letter("one", context={"name": "Ada"})
    a_letter("two", context={"name": "Grace"}, address="grace@example.org")
    html = client.get("/demo/mail/?q=GRACE").content.decode()
    assert ("Hello Grace" in html, "Hello Ada" in html) == (True, False)


@pytest.mark.parametrize("query", ["?page=99", "?page=x", "?q=%00", "?q=" + "x" * 900])
def test_demo_mail_bears_any_query(client, query):
    a_letter()
    assert client.get(f"/demo/mail/{query}").status_code == 200


def test_demo_mail_asks_the_same_of_the_database_for_many(client, django_assert_num_queries):
    a_letter("one")
    client.get("/demo/mail/")
    with django_assert_num_queries(3) as one:
        client.get("/demo/mail/")
    for number in range(40):
        a_letter(f"more:{number}")
    with django_assert_num_queries(len(one)):
        client.get("/demo/mail/")


def test_demo_letter_shows_headers_text_and_a_frame(client):
    a_letter(unsubscribe_url="https://stem.example.org/u/1/", secret=True)
    letter = Mail.objects.get()
    html = client.get(f"/demo/mail/{letter.digest}/").content.decode()
    assert "List-Unsubscribe-Post" in html
    assert "Hello Ada, welcome." in html
    assert f'src="/demo/mail/{letter.digest}/html/"' in html


def test_demo_letter_html_relaxes_styles_for_itself_only(client):
    a_letter()
    letter = Mail.objects.get()
    relaxed = client.get(f"/demo/mail/{letter.digest}/html/").headers
    strict = client.get(f"/demo/mail/{letter.digest}/").headers
    assert "style-src 'unsafe-inline'" in relaxed["Content-Security-Policy"]
    assert "script-src 'none'" in relaxed["Content-Security-Policy"]
    assert relaxed["X-Frame-Options"] == "SAMEORIGIN"
    assert "unsafe-inline" not in strict["Content-Security-Policy"]


def test_demo_letter_that_does_not_exist_is_not_found(client):
    assert client.get("/demo/mail/none/").status_code == 404
