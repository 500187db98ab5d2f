"""Long files: decided outside any transaction, written in parts, stopped where somebody else changes them."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from partners.importing.domain import importing, preview
from partners.importing.domain.applying import apply
from partners.importing.exceptions import ImportChanged, ImportRefused
from partners.models import Organization, Person, TableImport
from partners.people.domain import addresses
from stemnet import jobs
from stemnet.models import Job
from tests.factories import NOW, a_coordinator, an_organization
from tests.partners.tables import answered, brought, looked_at, what

pytestmark = pytest.mark.django_db
ROWS = 250
SCHOOLS = "name,sector\n" + "".join(f"School {n},school\n" for n in range(ROWS))
PEOPLE = "first name,last name,e-mail\n" + "".join(f"Lead {n},L,lead{n}@example.org\n" for n in range(ROWS))


def applied(table, told=lambda done: None):
    return apply(table, seen=table.looks, leave_out=False, by=table.by, at=NOW, told=told)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "content"), [("organizations", SCHOOLS), ("people", PEOPLE)])
def test_rows_are_decided_outside_any_transaction(kind, content):
    table, held = brought(content, kind=kind), []
    table = importing.keep_columns(table, columns=table.columns, defaults={})
    table = preview.look_at_rows(table, told=lambda done: held.append(connection.in_atomic_block))
    applied(table, told=lambda done: held.append(connection.in_atomic_block))
    assert (set(held), len(held) > 2 * ROWS) == ({False}, True)


def test_long_file_is_looked_at_by_a_job_with_progress(client, settings):
    settings.IMPORT_JOB_ROWS = 2
    by = a_coordinator()
    client.force_login(by.user)
    table = brought("name,sector\nA,school\nB,school\nC,school\n", by=by)
    page = reverse("table_import", args=[table.uid])
    chosen = {"column-0": "name", "column-1": "sector"}
    answer = client.post(reverse("table_import_columns", args=[table.uid]), chosen, follow=True)
    assert "This will take a while." in answer.content.decode()
    again = client.post(reverse("table_import_columns", args=[table.uid]), chosen, follow=True)
    assert "We’re still checking the rows" in again.content.decode().replace("&#x27;", "’")
    jobs.run_waiting(at=timezone.now())
    assert (Job.objects.get().state, Job.objects.get().progress) == ("done", 3)
    assert what(TableImport.objects.get()) == ["create"] * 3
    assert "Import 3 rows" in client.get(page).content.decode()


def test_answers_to_a_long_file_are_looked_at_by_a_job(client, settings):
    settings.IMPORT_JOB_ROWS = 1
    by = a_coordinator()
    client.force_login(by.user)
    table = looked_at("first name,last name,organization\nA,B,Nowhere\nC,D,Nowhere\n", kind="people", by=by)
    client.post(reverse("table_import", args=[table.uid]), {"all": "words"})
    jobs.run_waiting(at=timezone.now())
    assert what(TableImport.objects.get()) == ["create", "create"]


def test_who_answers_while_rows_are_looked_at_is_not_overtaken():
    table = looked_at("first name,last name,organization\nA,B,Nowhere\n", kind="people")

    def told(done):
        answered(TableImport.objects.get(), answers={"2": {"where": "words"}})

    preview.look_at_rows(TableImport.objects.get(), told=told)
    assert what(TableImport.objects.get(pk=table.pk)) == ["create"]


def meanwhile(act):
    """Act once, as soon as the first part is written."""
    done = []

    def told(steps):
        if Organization.objects.count() + Person.objects.count() > 90 and not done:
            done.append(act())

    return told


def test_change_in_between_stops_a_long_import_and_says_what_is_left():
    table = looked_at(SCHOOLS)
    with pytest.raises(ImportChanged) as stopped:
        applied(table, told=meanwhile(lambda: an_organization(name="School 240", sector="school")))
    assert "so we stopped after 200 rows" in str(stopped.value)
    table = TableImport.objects.get()
    assert (table.state, what(table)) == (
        "checked",
        ["same"] * 200 + ["create"] * 40 + ["same"] + ["create"] * 9,
    )
    applied(table)
    assert Organization.objects.count() == ROWS


def test_address_that_somebody_proves_in_between_stops_it_too():
    table = looked_at(PEOPLE, kind="people")
    with pytest.raises(ImportChanged):
        applied(
            table,
            told=meanwhile(
                lambda: addresses.claim_address(
                    address="lead240@example.org", at=NOW, first_name="Lead 240", last_name="L"
                )
            ),
        )
    table = TableImport.objects.get()
    assert what(table) == ["same"] * 200 + ["create"] * 40 + ["same"] + ["create"] * 9


def test_changes_to_others_stop_nothing():
    table = looked_at(SCHOOLS)
    applied(table, told=meanwhile(lambda: an_organization(name="Somewhere else")))
    assert Organization.objects.filter(name__startswith="School").count() == ROWS


def test_people_without_an_address_are_known_again_after_a_stop():
    content = "first name,last name\n" + "".join(f"Lead {n},L\n" for n in range(ROWS))
    table = looked_at(content, kind="people")
    with pytest.raises(ImportChanged):
        applied(table, told=meanwhile(lambda: Person.objects.create(first_name="Lead 240", last_name="L")))
    assert what(TableImport.objects.get())[:200] == ["same"] * 200


def test_file_that_is_imported_already_is_refused():
    table = looked_at(SCHOOLS)
    applied(table)
    with pytest.raises(ImportRefused):
        applied(table)


def test_schools_before_their_district_are_tied_in_a_long_file():
    lines = "".join(f"School {n},school,District\n" for n in range(ROWS))
    applied(looked_at(f"name,sector,part of\n{lines}District,k12_district,\n"))
    assert Organization.objects.filter(part_of__name="District").count() == ROWS
