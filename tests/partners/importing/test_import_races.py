"""Two coordinators at once on PostgreSQL: importing one file, and the same rows in two files."""

import pytest

from partners.importing.domain.applying import apply, start_import
from partners.importing.exceptions import ImportChanged, ImportRefused
from partners.models import Organization, Person, TableImport
from partners.people.domain import addresses
from stemnet.models import Job
from tests.factories import NOW
from tests.partners.tables import looked_at
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROWS = "name,sector\nA,school\nB,school\n"
PEOPLE = "first name,last name,e-mail\n" + "".join(f"A,P{n},p{n}@example.org\n" for n in range(50)) + "C,D,\n"


def applying(table):
    return lambda: apply(table, seen=table.looks, leave_out=False, by=table.by, at=NOW)


def starting(table):
    """A press of the button: the row as the page read it, before anybody else pressed."""
    read = TableImport.objects.select_related("job").get(pk=table.pk)
    return lambda: start_import(read, seen=read.looks, leave_out=False, by=read.by, at=NOW)


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_one_file_is_imported_once():
    table = looked_at(ROWS)
    outcomes = at_once([applying(table) for _number in range(4)])
    assert kinds(outcomes) == ["ImportRefused"] * 3 + ["TableImport"]
    assert Organization.objects.count() == 2


def test_the_same_rows_in_two_files_are_imported_once_and_the_other_is_shown_again():
    tables = [looked_at(ROWS) for _number in range(3)]
    outcomes = at_once([applying(table) for table in tables])
    assert kinds(outcomes) == ["ImportChanged"] * 2 + ["TableImport"]
    assert Organization.objects.count() == 2
    waiting = TableImport.objects.open().first()
    assert [(row["what"], row["changed"]) for row in waiting.decided] == [("same", True)] * 2


def test_people_whom_no_key_keeps_apart_are_added_once():
    names = "first name,last name\n" + "".join(f"A,P{number}\n" for number in range(50))
    tables = [looked_at(names, kind="people") for _number in range(3)]
    outcomes = at_once([applying(table) for table in tables])
    assert kinds(outcomes) == ["ImportChanged", "ImportChanged", "TableImport"]
    assert Person.objects.filter(first_name="A").count() == 50


def test_who_proves_an_imported_address_meanwhile_is_not_doubled():
    table = looked_at(PEOPLE, kind="people")
    before = Person.objects.count()
    outcomes = at_once([applying(table), lambda: addresses.claim_address(address="p7@example.org", at=NOW)])
    assert [one for one in outcomes if not isinstance(one, TableImport | Person | ImportRefused)] == []
    imported = not any(isinstance(one, ImportChanged) for one in outcomes)
    assert Person.objects.count() == before + (51 if imported else 1)


def test_a_long_file_that_is_started_at_once_becomes_one_job(settings):
    settings.IMPORT_JOB_ROWS = 0
    table = looked_at(ROWS)
    outcomes = at_once([starting(table) for _number in range(4)])
    assert kinds(outcomes) == ["ImportRefused"] * 3 + ["Job"]
    assert (Job.objects.count(), TableImport.objects.get().job) == (1, Job.objects.get())
