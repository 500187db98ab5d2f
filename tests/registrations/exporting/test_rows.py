"""The rows of exports, reopened: whose they are, what they add up to, and in how many statements."""

import gc
import tracemalloc
from collections import deque
from datetime import date
from decimal import Decimal

import pytest

from meetings.models import Appointment
from registrations.credit.domain import issuing
from registrations.credit.domain.readiness import readiness_of
from registrations.exporting.domain import rows
from registrations.exporting.exceptions import NotYourNetworks
from registrations.models import Registration
from stemnet.exceptions import CellNotExact
from tests.factories import (
    SWEEP,
    a_coordinator,
    a_person,
    a_position,
    a_registration,
    a_user,
    an_organization,
)
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.exporting.stories import an_export, networks_with_people, reopened

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return a_coordinator()


@pytest.mark.parametrize("form", ["xlsx", "csv", "exact"])
def test_totals_over_many_networks_are_those_of_each(coordinator, form):
    networks = networks_with_people(3, 4)
    found = reopened(an_export(coordinator, file_form=form), coordinator)
    assert len(found) == 12
    for network in networks:
        hours = sum(Decimal(str(row["Hours"])) for row in found if row["Network"] == network.title)
        ready = readiness_of(network, at=JUNE)
        assert hours == sum(one.minutes_counted for one in ready) / Decimal(60) == 30


@pytest.mark.parametrize(("networks", "people"), [(1, 1), (1, 30), (10, 3)])
def test_networks_and_people_take_no_more_statements(
    coordinator, networks, people, django_assert_num_queries
):
    networks_with_people(networks, people)
    export = an_export(coordinator, begin="credit_records")
    reader = type(coordinator).objects.get(pk=coordinator.pk)
    with django_assert_num_queries(16 + (networks > 1)):
        assert len(list(rows.rows_of(export, reader, at=JUNE))) == networks * people


def most_memory(export, reader):
    """Return the most bytes that are taken while the rows come."""
    gc.collect()
    tracemalloc.start()
    try:
        deque(rows.rows_of(export, reader, at=JUNE, part=30), maxlen=0)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("table", ["people", "meetings"])
def test_six_networks_take_about_the_memory_of_one(coordinator, table):
    networks = networks_with_people(6, 60)
    one = an_export(coordinator, reach="chosen", networks=networks[:1], table=table)
    every = an_export(coordinator, table=table)
    most_memory(one, coordinator)  # fills what a process remembers
    facts = 2  # times: what is known of each network stays; garbage of every part would be five
    assert most_memory(every, coordinator) < facts * most_memory(one, coordinator)


def test_a_row_a_person_and_meeting(coordinator):
    networks_with_people(2, 5)
    found = reopened(an_export(coordinator, begin="meetings", table="meetings"), coordinator)
    assert len(found) == 2 * 5 * 5
    assert sum(row["Minutes counted"] or 0 for row in found) == 2 * 180 * (1 + 2 + 3 + 4 + 5)
    assert {row["Attendance"] for row in found} == {"Present", "Not marked"}


def test_staff_get_the_rows_of_their_own_networks_alone(coordinator):
    mine, other = networks_with_people(2, 1)
    staff = a_user().person
    Appointment.objects.create(network=mine, person=staff)
    export = an_export(coordinator, shared=True, reach="chosen", networks=[mine, other])
    assert [row["Network"] for row in reopened(export, staff)] == [mine.title]
    assert len(reopened(export, coordinator)) == 2
    Appointment.objects.all().delete()
    with pytest.raises(NotYourNetworks):
        reopened(export, staff)


def test_a_school_year(coordinator):
    networks_with_people(1, 1, school_year="2020-21")
    networks_with_people(1, 1, school_year="2021-22")
    export = an_export(coordinator, reach="year", school_year="2021-22")
    assert [row["School year"] for row in reopened(export, coordinator)] == ["2021-22"]


def test_who_is_in_it(coordinator):
    network = an_awarding_network()
    a_participant(network, attended=2, person=a_person(last_name="Came"))
    a_registration(network, a_person(last_name="Seated"))
    left = a_registration(network, a_person(last_name="Waits"))
    Registration.objects.filter(pk=left.pk).update(status="waiting", line=1)

    def names(**fields):
        export = an_export(coordinator, columns=["last_name"], **fields)
        return [row["Last name"] for row in reopened(export, coordinator)]

    assert names() == ["Came", "Seated"]
    assert names(who="attended") == ["Came"]
    assert names(who="everyone") == ["Came", "Seated", "Waits"]
    assert names(first_day=date(2020, 12, 1)) == ["Came"]
    assert names(last_day=date(2020, 12, 1)) == []


def test_only_people_of_a_district_and_its_schools(coordinator):
    network = an_awarding_network()
    district = an_organization(name="Wareham")
    school = an_organization(name="Wareham High", part_of=district)
    for name, organization in (("District", district), ("School", school), ("Other", an_organization())):
        person = a_person(last_name=name)
        registration = a_participant(network, person=person)
        registration.position = a_position(person, organization=organization)
        registration.save()
    export = an_export(coordinator, columns=["last_name"], organization=district)
    assert [row["Last name"] for row in reopened(export, coordinator)] == ["District", "School"]


def test_with_and_without_a_document(coordinator, private_files):
    network = an_awarding_network()
    has = a_participant(network, person=a_person(last_name="Has"))
    a_participant(network, person=a_person(last_name="Lacks"))
    document = issuing.issue(registration=has, kind="pdp", by=SWEEP, at=JUNE)
    columns = ["last_name", "document_number"]
    found = reopened(an_export(coordinator, columns=columns, papers="with"), coordinator)
    assert found == [{"Last name": "Has", "Document number": document.number}]
    found = reopened(an_export(coordinator, columns=columns, papers="without"), coordinator)
    assert [row["Last name"] for row in found] == ["Lacks"]


def test_by_name_then_by_network(coordinator):
    first, second = (an_awarding_network(title=title) for title in ("Biology", "Algebra"))
    person = a_person(last_name="Aa")
    for network in (first, second):
        a_participant(network, person=person)
        a_participant(network, person=a_person(last_name="Zz"))
    export = an_export(coordinator, columns=["last_name", "offering_title"], order="person")
    assert [tuple(row.values()) for row in reopened(export, coordinator)] == [
        ("Aa", "Algebra"),
        ("Aa", "Biology"),
        ("Zz", "Biology"),
        ("Zz", "Algebra"),
    ]


@pytest.mark.parametrize(
    ("form", "said"), [("iso", "2020-10-14"), ("us", "10/14/2020"), ("words", "Wed, Oct 14, 2020")]
)
def test_the_form_of_dates(coordinator, form, said):
    networks_with_people(1, 1)
    export = an_export(coordinator, columns=["start_date"], date_form=form, file_form="csv")
    assert reopened(export, coordinator) == [{"First meeting": said}]


@pytest.mark.parametrize("form", ["xlsx", "csv", "exact"])
def test_without_headings_the_first_row_is_a_person(coordinator, form):
    networks_with_people(1, 2)
    export = an_export(coordinator, columns=["hours"], headings="none", file_form=form)
    assert next(iter(reopened(export, coordinator)[0])) in (3, "3")


def test_another_heading(coordinator):
    networks_with_people(1, 1)
    export = an_export(coordinator, columns=["hours"])
    export.columns = [["hours", "Contact hours"]]
    export.save()
    assert reopened(export, coordinator) == [{"Contact hours": 3}]


@pytest.mark.parametrize("name", ["=1+1", "+49 30", "-x", "@sum"])
def test_what_runs_as_a_formula_stays_in_xlsx_and_is_refused_in_an_exact_file(coordinator, name):
    a_participant(an_awarding_network(), person=a_person(last_name=name))
    columns = ["first_name", "last_name"]
    assert reopened(an_export(coordinator, columns=columns), coordinator)[0]["Last name"] == name
    quoted = reopened(an_export(coordinator, columns=columns, file_form="csv"), coordinator)
    assert quoted[0]["Last name"] == f"'{name}"
    with pytest.raises(CellNotExact) as refused:
        reopened(an_export(coordinator, columns=columns, file_form="exact", headings="keys"), coordinator)
    assert name in str(refused.value) and "last_name" in str(refused.value)


def test_signs_that_turn_the_direction_are_refused_and_shown(coordinator):
    a_participant(an_awarding_network(), person=a_person(last_name="Gar\u202ecia\u200f"))
    export = an_export(coordinator, columns=["last_name"], file_form="exact")
    with pytest.raises(CellNotExact) as refused:
        reopened(export, coordinator)
    assert "“Gar[U+202E]cia[U+200F]”" in str(refused.value)
