"""The export for certificates, reopened."""

import csv
import io
import os
import subprocess
import sys
import zipfile
from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from registrations.credit.domain import issuing
from registrations.credit.domain.exporting import export, size
from registrations.credit.exports import write_export
from stemnet import jobs
from stemnet.models import Job
from tests.factories import (
    SWEEP,
    a_group,
    a_meeting,
    a_person,
    a_position,
    a_staff_member,
    a_user,
    an_organization,
)
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.credit.test_document_pages import signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]

PEOPLE, MEETINGS, RULE = "People", "Meetings", "Rule"


def book_of(network):
    file = io.BytesIO()
    write_export(export(network, at=JUNE), file, kind="xlsx")
    return load_workbook(file)


def rows_of(network, sheet: str) -> list[dict[str, object]]:
    header, *rows = book_of(network)[sheet].values
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_row_a_person():
    network = an_awarding_network()
    person = a_person(first_name="São", last_name="Nguyễn", certificate_name="São T. Nguyễn")
    registration = a_participant(network, attended=4, person=person)
    registration.position = a_position(
        person, organization=an_organization(name="Wareham", state_org_code="03100000"), title="STE lead"
    )
    registration.save()
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    assert rows_of(network, PEOPLE) == [
        {
            "Last name": "Nguyễn",
            "First name": "São",
            "Name for the certificate": "São T. Nguyễn",
            "E-mail": person.primary_address,
            "Organization": "Wareham",
            "Organization code": "03100000",
            "Job": "STE lead",
            "Meetings attended": "4 of 5",
            "Dates attended": "Wed, Oct 14, 2020; Tue, Dec 8, 2020; Wed, Feb 10, 2021; Tue, Apr 13, 2021",
            "Hours": 12,
            "PDPs": 12,
            "Evaluation done": "yes",
            "Document numbers": document.number,
            "What's missing": None,
        }
    ]


def test_who_is_below_the_minimum_has_no_points_and_the_reason():
    network = an_awarding_network()
    a_participant(network, attended=3, evaluated=False)
    row = rows_of(network, PEOPLE)[0]
    assert (row["Hours"], row["PDPs"], row["Evaluation done"]) == (9, 0, "no")
    assert row["What's missing"] == "Confirmation of attendance: network evaluation not answered yet"


def test_where_nothing_can_be_awarded_no_points_are_said():
    network = an_awarding_network(provider=None)
    a_participant(network)
    row = rows_of(network, PEOPLE)[0]
    assert (row["Hours"], row["PDPs"]) == (15, None)


def test_a_row_a_person_and_meeting():
    network = an_awarding_network()
    registration = a_participant(network, attended=1)
    registration.attendances.update(source="staff", marked_by="Network staff")
    rows = rows_of(network, MEETINGS)
    assert [row["Attendance"] for row in rows] == ["Present", *["Not marked"] * 4]
    first = rows[0]
    assert (first["Date"].date(), first["Begins"], first["Arrived"], first["Left"]) == (
        date(2020, 10, 14),
        time(9),
        time(9),
        time(12),
    )
    assert (first["Time zone"], first["Meeting"], first["Marked by"]) == (
        "America/New_York",
        "Meeting 1",
        "Network staff",
    )
    assert (first["Minutes attended"], first["Minutes counted"]) == (180, 180)


def test_meetings_of_a_group_are_for_its_members():
    network = an_awarding_network()
    group = a_group(network, title="Equity")
    a_meeting(network, working_group=group, title="Group meeting", start_time=time(12), end_time=time(15))
    member = a_participant(network, person=a_person(last_name="A"))
    member.group_memberships.create(working_group=group, joined_at=JUNE)
    a_participant(network, person=a_person(last_name="B"))
    rows = [row for row in rows_of(network, MEETINGS) if row["Working group"]]
    assert [(row["Last name"], row["Attendance"]) for row in rows] == [("A", "Not marked")]


def test_the_rule_and_the_time_of_the_export():
    facts = {row["Fact"]: row["Value"] for row in rows_of(an_awarding_network(), RULE)}
    assert facts["Exported"] == "Wed, Jun 2, 2021, 11:00 a.m. ET"
    assert facts["Credit rule"] == "MA-PDP v1, Massachusetts Professional Development Points"
    assert facts["Minimum"] == "10 hours"
    assert facts["Missing for certificates"] == "nothing"


def test_totals_are_those_of_the_documents():
    network = an_awarding_network()
    registrations = [a_participant(network, attended=number) for number in (3, 4, 5)]
    rows = {row["E-mail"]: Decimal(row["Hours"]) for row in rows_of(network, PEOPLE)}
    for registration in registrations:
        document = issuing.issue(registration=registration, kind="attendance", by=SWEEP, at=JUNE)
        hours = Decimal(document.snapshot["hours"])
        assert rows[registration.person.primary_address] == hours


@pytest.mark.parametrize("name", ["=1+1", "+49 30", "-x", "@sum", "\tx", "＝x", "محمد", "王小明", "O'Brien"])
def test_a_name_stays_what_it_is_and_is_never_a_formula(name):
    network = an_awarding_network()
    a_participant(network, person=a_person(last_name=name))
    cell = book_of(network)[PEOPLE]["A2"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_csv_is_a_zip_of_three_files():
    network = an_awarding_network()
    a_participant(network)
    file = io.BytesIO()
    write_export(export(network, at=JUNE), file, kind="csv")
    archive = zipfile.ZipFile(file)
    assert archive.namelist() == ["people.csv", "meetings.csv", "rule.csv"]
    rows = list(csv.reader(io.StringIO(archive.read("meetings.csv").decode("utf-8-sig"))))
    assert len(rows) == 6


@pytest.mark.parametrize("people", [1, 30])
def test_the_export_takes_the_same_queries_for_any_number(people, django_assert_num_queries):
    network = an_awarding_network()
    for _number in range(people):
        a_participant(network)
    with django_assert_num_queries(15):
        write_export(export(network, at=JUNE), io.BytesIO(), kind="xlsx")


def test_staff_get_the_file():
    network = an_awarding_network()
    a_participant(network)
    response = signed_in(a_staff_member()).post(
        reverse("staff_export", args=[network.slug]), {"kind": "xlsx"}
    )
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == [PEOPLE, MEETINGS, RULE]


def test_staff_get_one_sheet_as_csv():
    network = an_awarding_network()
    a_participant(network)
    response = signed_in(a_staff_member()).post(
        reverse("staff_export", args=[network.slug]), {"kind": "people"}
    )
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert (len(lines), lines[0][:11]) == (2, '"Last name"')


def test_a_large_export_is_a_job(settings):
    settings.EXPORT_JOB_ROWS = 5
    network = an_awarding_network()
    a_participant(network)
    staff = a_staff_member()
    response = signed_in(staff).post(reverse("staff_export", args=[network.slug]), {"kind": "csv"})
    job = Job.objects.get()
    assert (size(network), response.url) == (6, job.get_absolute_url())
    jobs.run_waiting(at=JUNE)
    job.refresh_from_db()
    assert (job.state, job.progress, job.total, job.error) == ("done", 1, 1, "")
    with job.result.open() as file:
        assert zipfile.ZipFile(file).namelist() == ["people.csv", "meetings.csv", "rule.csv"]


def test_an_unknown_kind_is_refused_where_it_happened():
    network = an_awarding_network()
    response = signed_in(a_staff_member()).post(reverse("staff_export", args=[network.slug]), {"kind": "pdf"})
    assert response.status_code == 422
    assert "Select a valid choice" in text_of(response)


def test_the_export_is_for_the_staff_of_the_network():
    registration = a_participant(an_awarding_network(), person=a_user().person)
    address = reverse("staff_export", args=[registration.network.slug])
    client = signed_in(registration.person)
    assert (client.get(address).status_code, client.post(address, {"kind": "csv"}).status_code) == (404, 404)


def child(folder, *arguments: str) -> str:
    environment = {
        **os.environ,
        "DEBUG": "1",
        "STEMNET_DATA": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'export.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "stemnet.settings",
    }
    command = [sys.executable, *arguments]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.mark.once
@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows(tmp_path):
    peaks = {}
    child(tmp_path, "manage.py", "migrate", "-v0")
    for people in (200, 10_000):  # five meetings each: 1,000 and 50,000 rows
        child(tmp_path, "-m", "tests.registrations.credit.export_child", "fill", str(people))
        peaks[people] = int(child(tmp_path, "-m", "tests.registrations.credit.export_child", "xlsx"))
    assert peaks[10_000] - peaks[200] < 20 * 1024, peaks
