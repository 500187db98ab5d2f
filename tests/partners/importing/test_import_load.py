"""Files of 5,000 rows are looked at and imported in reasonable time, with a number of queries that stays."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Organization, Person
from tests.factories import an_organization
from tests.partners.tables import imported, looked_at, what

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROWS = 5_000
SECONDS = 5


def organizations(number):
    lines = (f"School {n},School,Town {n % 300},MA,{n:08d},The other school {n}\n" for n in range(number))
    return "name,sector,city,state,code,other names\n" + "".join(lines)


def people(number):
    lines = (f"Lead {n},District {n},lead{n}@example.org,Wareham,Teacher,Lead\n" for n in range(number))
    return "first name,last name,e-mail,district,job,title\n" + "".join(lines)


@pytest.mark.parametrize(
    ("kind", "content", "model"),
    [("organizations", organizations, Organization), ("people", people, Person)],
)
def test_5000_rows_are_looked_at_within_seconds(kind, content, model):
    an_organization(name="Wareham")
    started = time.process_time()
    table = looked_at(content(ROWS), kind=kind)
    assert (set(what(table)), time.process_time() - started < SECONDS) == ({"create"}, True)
    imported(table)
    started = time.process_time()
    assert set(what(looked_at(content(ROWS), kind=kind))) == {"same"}
    assert time.process_time() - started < SECONDS
    assert model.objects.count() > ROWS - 1


@pytest.mark.parametrize(("kind", "content"), [("organizations", organizations), ("people", people)])
def test_looking_asks_the_database_equally_often(kind, content):
    an_organization(name="Wareham")
    counts = []
    for number in (1, 30):
        with CaptureQueriesContext(connection) as queries:
            looked_at(content(number), kind=kind)
        counts.append(len(queries))
    assert counts[0] == counts[1]
