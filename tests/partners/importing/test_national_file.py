"""The national file of schools: numbers with their zeros, codes without the letters of the state."""

import io
import zipfile

import pytest

from partners.importing.domain import importing
from partners.importing.exceptions import CellRefused, ImportRefused
from partners.importing.imports import nces, recognized
from partners.importing.imports.recognizing import read_upload
from partners.models import Organization
from tests.factories import NOW, a_coordinator, an_organization
from tests.partners.tables import imported, matched, row, what

HEADER = (
    "SCHOOL_YEAR,FIPST,STATENAME,ST,SCH_NAME,LEA_NAME,STATE_AGENCY_NO,UNION,ST_LEAID,LEAID,ST_SCHID,NCESSCH,SCHID,"
    "MCITY,MSTATE,MZIP,LCITY,LSTATE,LZIP,PHONE,WEBSITE,SY_STATUS_TEXT,SCH_TYPE_TEXT,CHARTER_TEXT,LEVEL\n"
)
WAREHAM = (
    "2025-2026,25,MASSACHUSETTS,MA,Wareham Middle,Wareham,,,MA-0310,2511940,MA-0310-03100305,251194001939,"
    "1939,Wareham,MA,02571,Wareham,MA,02571,,http://www.example.org,Open,Regular School,No,Middle\n"
)
AUBURN = (
    "2025-2026,01,ALABAMA,AL,Auburn High,Auburn City,,,AL-103,0100060,AL-103-0010,010006000001,1,"
    "AUBURN,AL,36830,AUBURN,AL,36830,,M,Open,Career and Technical School,No,High\n"
)


def read(content, state=""):
    data = content.encode() if isinstance(content, str) else content
    (found,) = read_upload(io.BytesIO(data), kind="organizations", name="ccd.csv", state=state)
    return found


def looked_at(content, *, adding=True, state=""):
    tables = [read(content, state)]
    table = importing.bring_all(tables, name="ccd.csv", by=a_coordinator(), at=NOW)
    defaults = {**table.defaults, **({"only_listed": ""} if adding else {})}
    return matched(table, columns=table.columns, defaults=defaults)


@pytest.mark.django_db
def test_schools_come_with_their_districts():
    imported(looked_at(HEADER + WAREHAM + AUBURN))
    names = ("name", "city", "state", "sector", "state_org_code", "nces_id", "part_of__name")
    assert set(Organization.objects.exclude(nces_id="").values_list(*names)) == {
        ("Wareham", "", "MA", "k12_district", "03100000", "2511940", None),
        ("Wareham Middle", "Wareham", "MA", "school", "03100305", "251194001939", "Wareham"),
        ("Auburn City", "", "AL", "k12_district", "103", "0100060", None),
        ("Auburn High", "Auburn", "AL", "cte_regional", "103-0010", "010006000001", "Auburn City"),
    }


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing():
    imported(looked_at(HEADER + WAREHAM))
    assert set(what(looked_at(HEADER + WAREHAM))) == {"same"}


@pytest.mark.django_db
def test_zeros_that_a_spreadsheet_took_are_put_back():
    lost = AUBURN.replace("0100060", "100060").replace("010006000001", "10006000001")
    table = looked_at(HEADER + lost)
    imported(table)
    assert set(Organization.objects.values_list("nces_id", flat=True)) >= {"0100060", "010006000001"}
    assert table.notes == ["In 1 row an NCES number had lost the zero at its front. We put it back."]


@pytest.mark.django_db
def test_a_listed_district_gets_its_number_and_nobody_else_is_added():
    ours = an_organization(
        name="Wareham Public Schools", city="Wareham", state="MA", state_org_code="03100000"
    )
    table = looked_at(HEADER + WAREHAM + AUBURN, adding=False)
    assert sorted(what(table)) == ["change", "out", "out", "out"]
    imported(table)
    ours.refresh_from_db()
    assert (ours.name, ours.nces_id, ours.city) == ("Wareham Public Schools", "2511940", "Wareham")


@pytest.mark.django_db
def test_a_number_finds_who_has_another_code():
    ours = an_organization(name="Wareham Schools", state="MA", nces_id="2511940")
    imported(looked_at(HEADER + WAREHAM, adding=False))
    ours.refresh_from_db()
    assert ours.state_org_code == "03100000"


@pytest.mark.django_db
def test_a_number_of_another_state_is_an_error():
    table = looked_at(HEADER + WAREHAM.replace(",MA,Wareham Middle", ",RI,Wareham Middle"))
    assert row(table, 2)["reasons"] == ["The NCES number 251194001939 belongs to MA, but this row says RI."]


def test_one_state_is_read_of_a_file_that_is_too_long(monkeypatch):
    monkeypatch.setattr(recognized, "MOST_ROWS", 3)
    long = HEADER + WAREHAM + "".join(AUBURN.replace("0100060", f"01{n:05}") for n in range(5))
    assert len(read(long, "MA").table.rows) == 2
    with pytest.raises(ImportRefused, match="Choose one state"):
        read(long)


def test_a_state_that_is_not_there_is_said():
    with pytest.raises(ImportRefused, match="has no rows for RI"):
        read(HEADER + WAREHAM, "RI")


def test_closed_and_nameless_schools_are_left_out():
    found = read(HEADER + WAREHAM.replace("Open", "Closed") + WAREHAM.replace("Wareham Middle", "") + AUBURN)
    assert [cells.cells[0] for cells in found.table.rows] == ["Auburn City", "Auburn High"]
    assert found.notes == [
        "We left out 1 school or district that is closed, inactive or not open yet.",
        "We left out row 3 without a name.",
    ]


def test_the_file_is_read_packed_as_it_is_downloaded():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("ccd_sch_029_2526_w_1a.csv", HEADER + WAREHAM)
    assert len(read(file.getvalue()).table.rows) == 2


def test_a_file_of_older_years_has_other_letters():
    assert (
        read((HEADER + WAREHAM.replace("Middle", "Peña")).encode("cp1252")).table.rows[1].cells[0]
        == "Wareham Peña"
    )


def test_districts_have_a_file_of_their_own():
    header = "SCHOOL_YEAR,ST,STATENAME,LEA_NAME,ST_LEAID,LEAID,LCITY,LSTATE,LEA_TYPE_TEXT\n"
    (only,) = read(
        header + "2025,WA,WASHINGTON,Puget Sound ESD,WA-17801,5300021,Renton,WA,Service Agency\n"
    ).table.rows
    assert only.cells == [
        *("Puget Sound ESD", "Educational service district or collaborative", "Renton", "WA", ""),
        *("WA-17801", "5300021", ""),
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("MA-0310", "03100000"),
        ("MA-0310-03100305", "03100305"),
        ("WA-17801", "17801"),
        ("WA-17001-1547", "1547"),
        ("TX-057905", "057905"),
        ("03100000", "03100000"),
        ("XX-12", "XX-12"),
    ],
)
def test_letters_of_a_state_are_no_part_of_its_code(words, code):
    assert nces.state_code(words) == code


@pytest.mark.parametrize(
    ("words", "number"), [("100060", "0100060"), ("-2", ""), ("M", ""), ("2511940", "2511940")]
)
def test_a_number_is_read(words, number):
    assert nces.number(words) == number


@pytest.mark.parametrize("words", ["25", "25119400193912", "MA-0310", "٢٥١١٩٤٠"])
def test_what_is_no_number_is_refused(words):
    with pytest.raises(CellRefused, match="isn't an NCES number"):
        nces.number(words)
