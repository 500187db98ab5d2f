"""With DEBUG, too, readers get the plain page."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def debugging(settings):
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "stemnet.middleware.answering.PlainNotFoundMiddleware"]


@pytest.mark.parametrize("address", ["/nothing/here/", "/networks/none/", "/nothing"])
def test_debug_shows_the_plain_page(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "We can't find that page" in response.content.decode()


def test_debug_shows_the_plain_page_to_what_is_too_large(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client.handler.enforce_csrf_checks = True
    client.cookies["csrftoken"] = "x" * 32
    response = client.post("/verify/", {"code": "x" * 200})
    assert response.status_code == 400
    assert "We couldn't read that" in response.content.decode()


def test_debug_still_adds_a_missing_slash(client):
    response = client.get("/networks")
    assert (response.status_code, response.headers["Location"]) == (301, "/networks/")
