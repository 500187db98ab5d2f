"""How many statements registering takes: less can be waited for while the network's row is held."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registrations.seats.domain import registering
from registrations.seats.domain.answers import Answers
from stemnet import codes
from tests.factories import NOW, a_network, a_partnership, a_user

pytestmark = pytest.mark.django_db
TYPED = {"first_name": "Ana", "last_name": "Reis", "job": "coordinator", "organization_words": "Diman"}


@pytest.fixture
def network():
    a_partnership()
    return a_network(meetings=5)


@pytest.fixture
def asked(network, monkeypatch):
    """Give the statements of a code that a new person types."""
    monkeypatch.setattr(codes, "fresh", lambda: "123456")
    answers = Answers(address="lead@example.org", **TYPED)
    hold = registering.start_registration(network=network, answers=answers, browser="b", client="c", at=NOW)
    with CaptureQueriesContext(connection) as captured:
        registering.confirm_registration(hold=hold, code="123456", at=NOW)
    return [query["sql"] for query in captured]


def test_a_code_takes_few_statements(asked):
    assert len(asked) <= 45


def test_a_code_reads_the_network_once_and_a_new_person_only_to_hold_them(asked):
    read = [statement.partition(" FROM ")[2].partition(" ")[0].strip('"') for statement in asked]
    assert [read.count(table) for table in ("meetings_network", "partners_person")] == [1, 1]


def test_registering_when_signed_in_takes_few_statements(network):
    person = a_user().person
    answers = Answers(address=person.primary_address, **TYPED)
    with CaptureQueriesContext(connection) as asked:
        registering.register_person(network=network, person=person, answers=answers, at=NOW)
    assert len(asked) <= 34
