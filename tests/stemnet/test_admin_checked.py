"""What is sent to the admin and was never offered there: refused with 400, never a fault."""

import time

import pytest

from tests.factories import a_coordinator, a_person

pytestmark = pytest.mark.django_db
ADD = "/admin/partners/person/add/"
NAMES = {"first_name": "A", "last_name": "B", "language": "en"}
NO_ROWS = {
    f"{rows}-{name}_FORMS": "0"
    for rows in ("emails", "positions", "educator_numbers")
    for name in ("TOTAL", "INITIAL")
}


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


@pytest.mark.parametrize(
    "sent",
    [
        {"emails-TOTAL_FORMS": "1", "emails-INITIAL_FORMS": "1", "emails-0-id": "none"},
        {"positions-TOTAL_FORMS": "1", "positions-0-organization": "none", "positions-0-job": "other"},
        {"positions-TOTAL_FORMS": "1", "positions-0-organization": "9" * 30, "positions-0-job": "other"},
        {"emails-TOTAL_FORMS": "1900"},
        {"emails-TOTAL_FORMS": "1900", "emails-INITIAL_FORMS": "1900"},
    ],
)
def test_rows_and_keys_that_no_page_sends_are_refused_at_once(desk, sent):
    begun = time.monotonic()
    assert desk.post(ADD, {**NAMES, **NO_ROWS, **sent}).status_code == 400
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("typed", ["none", "9" * 30, "1 OR 1", "²"])
@pytest.mark.parametrize(
    "address",
    [
        "/admin/partners/position/add/?person={}",
        "/admin/partners/position/add/?organization={}",
        "/admin/partners/organization/add/?part_of={}",
        "/admin/meetings/meeting/add/?network={}",
    ],
)
def test_an_address_with_a_key_that_is_none_is_refused(desk, address, typed):
    assert desk.get(address.format(typed)).status_code == 400


def test_a_key_that_is_none_in_a_form_is_refused(desk):
    sent = {"person": "none", "organization": "none", "job": "other"}
    assert desk.post("/admin/partners/position/add/", sent).status_code == 400


@pytest.mark.parametrize("path", ["partners/person", "stemnet/mail", "registrations/registration"])
def test_an_act_on_a_row_whose_key_is_none_is_refused(desk, path):
    sent = {"action": "delete_selected", "_selected_action": "none"}
    assert desk.post(f"/admin/{path}/", sent).status_code == 400


def test_what_the_pages_send_is_taken(desk):
    assert desk.post(ADD, {**NAMES, **NO_ROWS}).status_code == 302
    person = a_person()
    assert desk.get(f"/admin/partners/position/add/?person={person.pk}").status_code == 200
