"""Organizations from a table, and back."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from partners.models import Alias, Organization
from tests.factories import a_coordinator, an_organization

pytestmark = pytest.mark.django_db
ADMIN = "/admin/partners/organization/"
TABLE = """name,sector,city,state,state_org_code,aliases
Greater Fall River Regional Vocational Technical,cte_regional,Fall River,MA,08210000,Diman; Diman Regional
Escola São João,school,Acushnet,MA,,
"""


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def upload(desk, content, name="organizations.csv", format="0"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return desk.post(f"{ADMIN}import/", {"import_file": file, "format": format, "resource": "0"})


def confirm(desk, page):
    form = page.context["confirm_form"]
    return desk.post(f"{ADMIN}process_import/", form.initial)


def workbook(*rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_look_before_changes_nothing(desk):
    page = upload(desk, TABLE)
    assert (page.context["result"].totals["new"], Organization.objects.count()) == (2, 0)


def test_confirming_brings_them_in_with_other_names(desk):
    confirm(desk, upload(desk, TABLE))
    diman = Organization.objects.get(state_org_code="08210000")
    names = sorted(diman.aliases.values_list("name", flat=True))
    assert (diman.slug, names) == (
        "greater-fall-river-regional-vocational-technical",
        ["Diman", "Diman Regional"],
    )
    assert Organization.history.filter(history_user__isnull=False).count() == 2


def test_the_same_file_twice_changes_nothing(desk):
    confirm(desk, upload(desk, TABLE))
    page = upload(desk, TABLE)
    assert (page.context["result"].totals["skip"], page.context["result"].totals["update"]) == (2, 0)
    confirm(desk, page)
    assert (Organization.objects.count(), Alias.objects.count(), Organization.history.count()) == (2, 2, 2)


def test_a_changed_row_is_updated_by_its_code(desk):
    confirm(desk, upload(desk, TABLE))
    confirm(
        desk, upload(desk, TABLE.replace("Greater Fall River Regional Vocational Technical", "Diman RVT"))
    )
    assert Organization.objects.get(state_org_code="08210000").name == "Diman RVT"


def test_a_workbook_works_too(desk):
    rows = [("Name", "Sector", "state_org_code", "state"), ("Acushnet", "k12_district", "00030000", "MA")]
    confirm(desk, upload(desk, workbook(*rows), "organizations.xlsx", "1"))
    assert Organization.objects.get().state_org_code == "00030000"


def test_each_fault_has_its_line_and_nothing_is_half_done(desk):
    page = upload(desk, "name,sector,part_of\nGood,school,\nBad,nonsense,\nPart,school,Nobody\n,school,\n")
    result = page.context["result"]
    assert "confirm_form" not in page.context
    assert [row.number for row in result.invalid_rows] == [2, 3, 4]
    assert "There is no organization of the name “Nobody”." in page.content.decode()
    assert Organization.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("name,city\nA,B\n", "The file has no column “sector” in its first row."),
        (b"\xff\xfe\x00", "This is not a table."),
        ("name,sector\nS\xe3o,school\n".encode("latin-1"), "The CSV file is not in UTF-8."),
        (b"x" * (20 * 1024 * 1024), "The file is larger than 5 MB."),
        (b"", "The submitted file is empty."),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_in_a_sentence(desk, content, sentence):
    page = upload(desk, content)
    assert (page.status_code, sentence in page.content.decode()) == (200, True)


def exported(desk, format):
    page = desk.post(f"{ADMIN}export/", {"format": format, "resource": "0"})
    assert page.status_code == 200, page.content.decode()[-800:]
    return page.content


def test_export_quotes_formulas_and_keeps_every_script_and_zeros(desk):
    an_organization(name='=HYPERLINK("x")', state_org_code="00030000", state="MA", city="")
    an_organization(name="東京都立高校", city="-1+1")
    text = exported(desk, "0").decode("utf-8-sig")
    assert "\"'=HYPERLINK(" in text
    assert '"東京都立高校"' in text
    assert '"\'-1+1"' in text
    sheet = load_workbook(io.BytesIO(exported(desk, "1"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "00030000" in [cell.value for cell in cells]


def test_an_export_comes_back_unchanged(desk):
    parent = an_organization(name="=Odd", city="")
    part = an_organization(name="Part", part_of=parent)
    part.aliases.create(name="P")
    for format, name in (("0", "back.csv"), ("1", "back.xlsx")):
        totals = upload(desk, exported(desk, format), name, format).context["result"].totals
        assert (totals["skip"], totals["new"], totals["update"]) == (2, 0, 0)
