"""What may be stored by browsers and proxies: nothing that is meant for one person."""

import pytest
from django.urls import reverse

from tests.permission_table import POSTS, TABLE
from tests.test_permissions import address_of
from tests.world import a_world

pytestmark = pytest.mark.django_db
SELF_CONTAINED = {"health", "ready"}  # of no person, and never stored anyway


def unstored(answer):
    stated = answer.headers.get("Cache-Control", "")
    return "private" in stated and "no-store" in stated


def test_what_takes_no_get_is_not_stored_either(client):
    """What does is looked at in `tests.test_gets`, which asks for every page anyway."""
    world = a_world()
    client.force_login(world.people["coordinator"].user)
    stored = []
    for name in sorted(POSTS & set(TABLE)):
        answer = client.get(address_of(name, world))
        answer.close()
        if not unstored(answer):
            stored.append(name)
    assert stored == []


def test_public_pages_say_nothing_of_it(client):
    world, names = a_world(), ["home", "networks", "network", "calendar", "accessibility"]
    answers = [client.get(address_of(name, world)) for name in names]
    assert {(answer.status_code, "Cache-Control" in answer.headers) for answer in answers} == {(200, False)}


def test_pages_behind_a_personal_link_or_a_code_are_not_stored(client):
    world, names = a_world(), ["sign", "my_calendar", "invitation", "stop_invitations", "unsubscribe"]
    names += ["leave_session", "verified"]
    assert [name for name in names if not unstored(client.get(address_of(name, world)))] == []


def test_a_page_that_shows_what_this_browser_typed_is_not_stored(client):
    session = client.session
    session["anything"] = "typed"
    session.save()
    client.cookies["sessionid"] = session.session_key
    assert unstored(client.get(reverse("networks")))


def test_every_answer_says_what_of_a_device_is_used(client):
    said = client.get("/accessibility/").headers["Permissions-Policy"]
    assert "camera=(), " in said
    assert said.endswith("publickey-credentials-create=(self), publickey-credentials-get=(self)")
