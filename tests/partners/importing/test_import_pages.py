"""The pages of importing: bring a file, match its columns, decide rows, import."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from partners.importing.domain import importing
from partners.importing.exceptions import ImportRefused
from partners.importing.imports.fields import FIELDS, written_fields
from partners.importing.imports.guessing import guess
from partners.models import Organization, Person, TableImport
from stemnet import jobs
from stemnet.models import Job
from stemnet.tables.reading import read_table
from tests.factories import a_coordinator, a_person, an_organization
from tests.partners.tables import answered, imported, looked_at, matched, what

pytestmark = pytest.mark.django_db
LIST = "/staff/partners/import/"
TABLE = "Organization name;Type;City/Town\nSea Lab;Museum or informal learning;Wareham\n"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def coordinator():
    return a_coordinator()


@pytest.fixture
def desk(client, coordinator):
    client.force_login(coordinator.user)
    return client


def bring(desk, content, *, kind="organizations", name="list.csv", **more):
    data = content if isinstance(content, bytes) else content.encode()
    return desk.post(LIST, {"kind": kind, "file": SimpleUploadedFile(name, data)}, **more)


def text_of(page):
    return " ".join(page.content.decode().split())


def page_of(desk, table, query=""):
    return desk.get(f"{table.get_absolute_url()}{query}")


def press(desk, table, **data):
    return desk.post(f"{table.get_absolute_url()}apply/", {"seen": table.looks, **data}, follow=True)


def test_a_file_goes_from_upload_to_organizations(desk):
    page = bring(desk, TABLE, follow=True)
    form = page.context["form"]
    assert [column["field"].value() for column in form.columns()] == ["name", "sector", "city"]
    page = desk.post(page.request["PATH_INFO"], {**form.initial}, follow=True)
    table = TableImport.objects.get()
    assert (what(table), Organization.objects.count()) == (["create"], 0)
    assert "Import 1 row" in text_of(page)
    page = press(desk, table)
    assert Organization.objects.values_list("name", "sector", "city").get() == (
        "Sea Lab",
        "museum_informal",
        "Wareham",
    )
    assert "Imported on" in text_of(page)


def test_a_workbook_is_read_and_its_other_sheets_are_named(desk):
    book, file = Workbook(), io.BytesIO()
    book.active.append(["First name", "Last name", "Email address"])
    book.active.append(["Science lead", "Wareham", "lead@example.org"])
    book.create_sheet("Notes").append(["x"])
    book.save(file)
    page = bring(desk, file.getvalue(), kind="people", name="people.xlsx", follow=True)
    assert "We read only the first sheet, not “Notes”." in text_of(page)
    assert TableImport.objects.get().columns == {"0": "first_name", "1": "last_name", "2": "address"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\x00", "a table we can read. Choose a CSV or XLSX file."),
        ("name,sector\nS\xe3o,school\n".encode("latin-1"), "in UTF-8. Save it as"),
        (b"x" * (6 * 1024 * 1024), "The file is larger than 5 MB."),
        (b"name,sector\n", "There are no rows below the column names."),
        (b"", "The submitted file is empty."),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_in_a_sentence(desk, content, sentence):
    page = bring(desk, content)
    assert (page.status_code, sentence in text_of(page)) == (200, True)
    assert TableImport.objects.count() == 0


def columns_of(desk, content, kind="organizations"):
    page = bring(desk, content, kind=kind, follow=True)
    return page.request["PATH_INFO"]


@pytest.mark.parametrize(
    ("kind", "chosen", "sentence"),
    [
        ("organizations", ["", "", "city"], "Choose the column with the organization&#x27;s name."),
        ("organizations", ["name", "name", ""], "You also chose “Name” for the column “a”."),
        ("people", ["first_name", "", ""], "Choose the columns with first and last name, or the one with"),
        ("people", ["full_name", "last_name", ""], "Choose either the full name, or separate columns"),
    ],
)
def test_columns_that_do_not_fit_are_refused_and_what_was_chosen_stays(desk, kind, chosen, sentence):
    path = columns_of(desk, "a,b,c\n1,2,3\n", kind)
    page = desk.post(path, {f"column-{place}": name for place, name in enumerate(chosen)})
    assert sentence in text_of(page)
    assert [column["field"].value() for column in page.context["form"].columns()] == chosen
    assert TableImport.objects.get().state == "new"


def test_the_columns_page_shows_the_first_three_values(desk):
    page = desk.get(columns_of(desk, "name,x\nA,1\nB,\nC,2\nD,3\nE,4\n"))
    assert [column["samples"] for column in page.context["form"].columns()] == [
        ["A", "B", "C"],
        ["1", "2", "3"],
    ]


def test_a_default_that_is_no_state_is_refused_at_its_field(desk):
    path = columns_of(desk, "name\nA\n")
    page = desk.post(path, {"column-0": "name", "state": "M1"})
    assert page.context["form"].errors["state"] == [
        "“M1” isn't a state. Write two letters, such as MA, or the full name."
    ]


def test_a_default_state_may_be_written_out(desk):
    path = columns_of(desk, "name,sector\nA,school\n")
    desk.post(path, {"column-0": "name", "column-1": "sector", "state": "Rhode Island"})
    assert TableImport.objects.get().defaults == {"state": "RI"}


def test_rows_that_are_not_right_are_left_out_only_if_the_box_is_ticked(desk, coordinator):
    table = looked_at("name,sector\nA,school\nB,nonsense\n", by=coordinator)
    page = press(desk, table)
    assert "Nothing was imported: 1 rows still need fixing." in text_of(page)
    assert "Import the 1 that are ready and leave out 1" in text_of(page)
    press(desk, table, leave_out="1")
    assert list(Organization.objects.values_list("name", flat=True)) == ["A"]


def test_an_answer_is_kept_and_can_be_taken_back(desk, coordinator):
    one = an_organization(name="Sea Lab", city="Wareham")
    an_organization(name="Sea Lab", city="Salem")
    table = looked_at("name\nSea Lab\n", by=coordinator)
    page = desk.post(table.get_absolute_url(), {"answer-2-who": str(one.pk)}, follow=True)
    assert "Decide again" in text_of(page)
    table.refresh_from_db()
    assert (what(table), table.decided[0]["target"]) == (["same"], str(one.pk))
    desk.post(table.get_absolute_url(), {"again": "2"})
    table.refresh_from_db()
    assert what(table) == ["ask"]


def test_an_answer_that_was_not_offered_changes_nothing(desk, coordinator):
    one = an_organization(name="Another", city="Salem")
    an_organization(name="MTEP Program").aliases.create(name="MTEP")
    table = looked_at("name\nMTEP\n", by=coordinator)
    desk.post(table.get_absolute_url(), {"answer-2-who": str(one.pk), "answer-9-who": "new", "again": "x"})
    table.refresh_from_db()
    assert (what(table), table.answers) == (["ask"], {})


def test_all_open_rows_can_be_decided_at_once(desk, coordinator):
    rows = "".join(f"A,P{number},p{number}@example.org,Nowhere School\n" for number in range(3))
    header = "first name,last name,e-mail,organization\n"
    table = looked_at(header + rows, kind="people", by=coordinator)
    assert "Keep the organization as typed in all 3 rows" in text_of(page_of(desk, table))
    desk.post(table.get_absolute_url(), {"all": "words"})
    table.refresh_from_db()
    assert what(table) == ["create"] * 3


def test_the_rows_are_filtered_and_paged(desk, coordinator):
    rows = "".join(f"School {number},school\n" for number in range(60))
    table = looked_at(f"name,sector\n{rows}Bad,nonsense\n", by=coordinator)
    assert len(page_of(desk, table).context["page_obj"]) == 50
    assert [row["line"] for row in page_of(desk, table, "?show=error").context["page_obj"]] == [62]
    assert len(page_of(desk, table, "?page=2").context["page_obj"]) == 11


def test_what_stands_in_cells_is_shown_as_words(desk, coordinator):
    table = looked_at('name,sector,region\n<script>x</script>,school,"=HYPERLINK(""x"")"\n', by=coordinator)
    content = page_of(desk, table).content.decode()
    assert "&lt;script&gt;x&lt;/script&gt;" in content
    assert "=HYPERLINK(&quot;x&quot;)" in content
    imported(table)
    assert Organization.objects.get().region == '=HYPERLINK("x")'


@pytest.mark.parametrize("state", ["checked", "applied"])
def test_the_rows_ask_the_database_equally_often(desk, coordinator, state):
    counts = []
    for number in (1, 30):
        rows = "".join(f"School {number} {step},school\n" for step in range(number))
        table = looked_at(f"name,sector\n{rows}", by=coordinator)
        if state == "applied":
            imported(table)
        page_of(desk, table)
        with CaptureQueriesContext(connection) as queries:
            assert page_of(desk, table).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_asks_the_database_equally_often(desk):
    counts = []
    for number in (1, 19):
        for _step in range(number):
            imported(looked_at(f"name,sector\nSchool {number} {_step},school\n"))
        desk.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(LIST).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_long_file_is_imported_by_a_job_with_progress(desk, coordinator, settings):
    settings.IMPORT_JOB_ROWS = 2
    table = looked_at("name,sector\nA,school\nB,school\nC,school\n", by=coordinator)
    page = press(desk, table)
    assert "This will take a while." in text_of(page)
    assert "This file is being imported right now." in text_of(press(desk, table))
    jobs.run_waiting(at=timezone.now())
    job = Job.objects.get()
    assert (job.state, job.progress, Organization.objects.count()) == ("done", 3, 3)
    assert "Imported on" in text_of(page_of(desk, table))


def test_a_job_that_finds_something_changed_says_so_and_marks_it(desk, coordinator, settings):
    settings.IMPORT_JOB_ROWS = 1
    table = looked_at("name,sector\nA,school\nB,school\n", by=coordinator)
    press(desk, table)
    an_organization(name="B", city="", state="", sector="school")
    jobs.run_waiting(at=timezone.now())
    page = text_of(page_of(desk, table))
    assert "Something changed after you checked these rows, so nothing was imported." in page
    assert "1 row changed since you checked. It's marked below." in page
    assert Organization.objects.count() == 1


def test_what_a_job_is_importing_stays_as_it_is(desk, coordinator, settings):
    settings.IMPORT_JOB_ROWS = 0
    table = looked_at("name,sector\nA,school\n", by=coordinator)
    press(desk, table)
    for act in (importing.drop_import, lambda table: answered(table, answers={})):
        with pytest.raises(ImportRefused, match="This file is being imported right now"):
            act(table)
    jobs.run_waiting(at=timezone.now())
    assert Organization.objects.count() == 1


def test_what_a_job_said_is_over_once_rows_are_decided_again(desk, coordinator, settings):
    settings.IMPORT_JOB_ROWS = 0
    table = looked_at("name,sector\nA,school\n", by=coordinator)
    press(desk, table)
    Job.objects.update(state="failed", finished_at=timezone.now(), error="That didn't work.")
    assert "That didn&#x27;t work." in text_of(page_of(desk, table))
    answered(table, answers={})
    assert "That didn&#x27;t work." not in text_of(page_of(desk, table))


def test_a_job_that_runs_again_after_it_is_done_does_no_harm(desk, coordinator, settings):
    settings.IMPORT_JOB_ROWS = 0
    table = looked_at("name,sector\nA,school\n", by=coordinator)
    press(desk, table)
    jobs.run_waiting(at=timezone.now())
    Job.objects.update(state="queued", finished_at=None)
    jobs.run_waiting(at=timezone.now())
    assert (Job.objects.get().state, Organization.objects.count()) == ("done", 1)


def test_a_dropped_file_is_not_imported_and_not_kept(desk, coordinator):
    table = looked_at("name,sector\nA,school\n", by=coordinator)
    desk.post(f"{table.get_absolute_url()}drop/")
    assert "This file was discarded" in text_of(page_of(desk, table))
    press(desk, table)
    table.refresh_from_db()
    assert (table.rows, Organization.objects.count()) == ([], 0)


@pytest.mark.parametrize("kind", FIELDS)
def test_the_example_is_read_without_a_question(desk, coordinator, kind):
    an_organization(name="Wareham Public Schools", city="")
    for form in ("csv", "xlsx"):
        page = desk.get(f"{LIST}example/{kind}.{form}")
        content = b"".join(page.streaming_content)
        table = read_table(io.BytesIO(content))
        assert list(guess(kind, table.header).values()) == [field.name for field in written_fields(kind)]
        kept = importing.bring(table, kind=kind, name="x", by=coordinator, at=timezone.now())
        assert what(matched(kept, columns=kept.columns, defaults={}))[0] in ("create", "change")
    assert load_workbook(io.BytesIO(content)).active.cell(1, 1).value == str(FIELDS[kind][0].label)


def test_an_unknown_example_is_not_found(desk):
    assert desk.get(f"{LIST}example/people.pdf").status_code == 404


@pytest.mark.parametrize("path", ["/admin/partners/organization/", "/admin/partners/person/", "/staff/"])
def test_people_find_the_way_to_importing(desk, path):
    a_person()
    assert f'href="{LIST}' in desk.get(path).content.decode()


def test_a_day_is_the_same_however_it_is_written(desk, coordinator):
    an_organization(name="Wareham Public Schools")
    header = "full name,e-mail,organization,from\n"
    for day in ("8/31/2020", "2020-08-31"):
        line = f'"Wareham, Lead",lead@example.org,Wareham Public Schools,{day}\n'
        table = looked_at(header + line, kind="people", by=coordinator)
        if day == "8/31/2020":
            imported(table)
    assert (what(table), Person.objects.filter(last_name="Wareham").count()) == (["same"], 1)
