"""Who reaches what: every address by every role, in one table. A new address fails until it has a line."""

from functools import partial

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from stemnet import urls
from stemnet.models import Mail
from tests.addresses import named_addresses
from tests.permission_table import ANONYMOUS, ARGUMENTS, POSTS, TABLE
from tests.world import ROLES, World, a_world

pytestmark = pytest.mark.django_db
SHORT = {200: "o", 404: "-", 403: "f", 405: "p", 422: "e", 409: "c", 429: "t", 400: "e", 401: "l"}


def letter(response) -> str:
    """o shown, l sign in first, r sent on, - not found, f forbidden, p wants a POST, e empty form refused."""
    if response.status_code in (301, 302):
        return "l" if "/accounts/login/" in response["Location"] else "r"
    return SHORT.get(response.status_code, str(response.status_code))


def address_of(name: str, world: World) -> str:
    return reverse(name, kwargs=ARGUMENTS[name](world) if name in ARGUMENTS else None)


def reached(name: str, client: Client, world: World) -> str:
    """What one role gets at one address, as a letter; what it did is taken back."""
    signed_in = client.cookies.copy()
    with transaction.atomic():
        method = client.post if name in POSTS else client.get
        response = method(address_of(name, world))
        answer = letter(response)
        response.close()  # a file that nobody reads
        transaction.set_rollback(True)
    client.cookies = signed_in
    return answer


@pytest.fixture
def world(db) -> World:
    world = a_world()
    Mail.objects.all().delete()  # nobody sends it, and `/health/` says so
    return world


@pytest.fixture
def refusals_without_a_page(monkeypatch):
    """Say no without drawing the page that says so, which has tests of its own and takes half of the time."""
    for code in (403, 404):
        refuse = partial(refused, code)
        monkeypatch.setattr(urls, f"handler{code}", refuse, raising=False)


def refused(code: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=code)


def test_every_address_has_a_line():
    assert {name for name, _route in named_addresses()} == set(TABLE)


@pytest.mark.usefixtures("refusals_without_a_page")
@pytest.mark.parametrize("role", ROLES)
def test_everyone_reaches_what_the_table_says(world, role):
    column = list(ROLES).index(role)
    told = {name: letters[column] for name, letters in TABLE.items()}
    client = Client()
    if person := world.people[role]:
        client.force_login(person.user)
    assert {name: reached(name, client, world) for name in TABLE} == told


def test_an_anonymous_visitor_reaches_one_explicit_list():
    assert {name for name, letters in TABLE.items() if letters[0] in "or"} == ANONYMOUS
