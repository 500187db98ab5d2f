"""Lists as they come: wide, with footnotes and totals, changed by a spreadsheet, asking the same often."""

import io
import zipfile

import pytest
from django.urls import reverse
from openpyxl import Workbook

from partners.models import Organization, Person, Position, TableImport
from stemnet.exceptions import NotATable, TableTooLarge
from stemnet.tables.reading import read_table
from tests.factories import a_coordinator, an_organization
from tests.partners.tables import (
    answered,
    answered_all,
    brought,
    changes,
    imported,
    looked_at,
    options,
    row,
    what,
)

pytestmark = pytest.mark.django_db


def read(content):
    return read_table(io.BytesIO(content if isinstance(content, bytes) else content.encode()))


def zipped(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Excel file (.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "has a password"),
        (zipped("mimetype", "content.xml"), "OpenDocument spreadsheet (.ods)"),
        (zipped("Index/Document.iwa"), "Apple Numbers"),
        (zipped("word/document.xml"), "text document"),
        (zipped("xl/workbook.bin"), ".xlsb"),
        (zipped("list.csv"), "compressed file"),
        (b"%PDF-1.7\n", "This is a PDF"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbfBEGIN:VCARD\nVERSION:3.0\n", "contact cards"),
    ],
)
def test_file_of_another_kind_says_how_to_save_it(content, advice):
    with pytest.raises(NotATable) as refused:
        read(content)
    assert advice in str(refused.value)


def test_wide_list_is_read_and_what_matters_is_matched(client):
    header = ["District Name", "Location City", "State Name", *(f"Figure {n}" for n in range(299))]
    line = ["Sea District", "Wareham", "MASSACHUSETTS", *(str(n) for n in range(299))]
    table = brought(",".join(header) + "\n" + ",".join(line) + "\n")
    assert table.columns == {"0": "name", "1": "city", "2": "state"}
    client.force_login(table.by.user)
    page = client.get(reverse("table_import_columns", args=[table.uid])).content.decode()
    assert "299 columns are left out" in page


def test_list_that_is_too_wide_is_refused():
    with pytest.raises(TableTooLarge):
        read(",".join(["a"] * 401) + "\n")


@pytest.mark.parametrize(
    "line",
    [
        "Total,,412",
        "Grand Total,,1022",
        "Total number of districts: 2,,",
        "State Totals,,9999",
        "Average,,12.5",
        "* Includes charter schools,,",
        "Note: closed in 2021,,",
        "Source: Department of Education,,",
        "(1) not a district,,",
        "Page 2 of 9,,",
        "As of 10/1/2025,,",
        "Name,Sector,Town",
        '"Enrollment counts are of October 1 and do not include students who are taught at home.",,',
    ],
)
def test_line_that_is_no_row_is_left_out_and_kept_to_be_said(line):
    table = read(f"Name,Sector,Town\nSea District,k12_district,Wareham\n{line}\n")
    assert ([one.line for one in table.rows], [one.line for one in table.lines_left]) == ([2], [3])


@pytest.mark.parametrize(
    "line",
    [
        "Total Wine School,school,Salem",
        "Sum of Us,nonprofit,",
        "Noteworthy Academy,,",
        "Page School,school,",
        "A,,",
    ],
)
def test_line_that_only_looks_like_a_footnote_stays(line):
    assert [one.line for one in read(f"Name,Sector,Town\n{line}\n").rows] == [2]


def test_lines_that_are_left_out_are_said(client):
    by = a_coordinator()
    client.force_login(by.user)
    file = io.BytesIO(b"Name,Sector\nSea District,k12_district\nTotal,412\n")
    file.name = "list.csv"
    page = client.post(reverse("table_imports"), {"kind": "organizations", "file": file}, follow=True)
    assert "We left out 1 row that looks like a footnote or a total: row 3, “Total”." in page.content.decode()


def test_rows_of_one_name_and_nothing_else_are_asked_about():
    table = looked_at("name\nLincoln School\nLincoln School\n", defaults={"sector": "school"})
    assert (what(table), options(table, 3)) == (["create", "ask"], [["row-2"]])
    table = answered(table, answers={"3": {"who": "row-2"}})
    assert what(table) == ["create", "same"]


def test_row_that_says_only_a_name_among_fuller_ones_is_asked_about():
    table = looked_at(
        "name,sector,city\nSea School,school,Wareham\nHeading,,\n", defaults={"sector": "school"}
    )
    assert (what(table), options(table, 3)) == (["create", "ask"], [["new"]])
    table = answered(table, answers={"3": {"who": "new"}})
    assert what(table) == ["create", "create"]


def test_name_of_one_that_is_listed_says_nothing_new_and_asks_nothing():
    an_organization(name="Sea School")
    assert what(looked_at("name,sector\nSea School,\nOther,school\n")) == ["same", "create"]


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1E+05", "is a code that the spreadsheet turned into a number, so digits are lost"),
        ("1.00E+07", "is a code that the spreadsheet turned into a number, so digits are lost"),
        ("2026-01-02", "is a date. If it was a code, the spreadsheet changed it"),
        ("2-Jan", "is a date. If it was a code, the spreadsheet changed it"),
        ("#####", "the column was too narrow"),
        ("#SPILL!", "is an error in the spreadsheet"),
    ],
)
def test_code_that_a_spreadsheet_changed_is_recognized(cell, reason):
    table = looked_at(f"name,sector,code\nSea School,school,{cell}\n")
    assert (what(table), reason in row(table)["reasons"][0]) == (["error"], True)


def test_code_that_became_a_number_is_read_and_zeros_come_back():
    table = looked_at(
        "name,sector,state,code\nA,school,WA,17001\nB,school,WA,17002\nC,school,WA,17003\nD,school,WA,1109.0\n"
    )
    imported(table)
    assert Organization.objects.get(name="D").state_org_code == "01109"


def test_code_in_quotes_as_text_is_read():
    imported(looked_at('name,sector,state,code\nA,school,MA,"=""0100005"""\n'))
    assert Organization.objects.get(name="A").state_org_code == "00100005"


@pytest.mark.parametrize(
    ("cell", "day"), [("46265", "2026-08-31"), ("8/31/26", "2026-08-31"), ("Aug 31, 2026", "2026-08-31")]
)
def test_day_is_read_as_spreadsheets_write_it(cell, day):
    an_organization(name="Sea School")
    imported(looked_at(f'first name,last name,organization,from\nA,B,Sea School,"{cell}"\n', kind="people"))
    assert Position.objects.get().started_on.isoformat() == day


@pytest.mark.parametrize("cell", ["2026-03-04", "4-Mar", "12345"])
def test_name_that_a_spreadsheet_changed_is_recognized(cell):
    table = looked_at(f"name,sector\n{cell},school\n")
    assert (what(table), "not a name" in row(table)["reasons"][0]) == (["error"], True)


def test_title_without_an_organization_has_a_way_out():
    table = looked_at("first name,last name,title\nA,B,Lead\nC,D,Coach\n", kind="people")
    assert (what(table), options(table)) == (["ask", "ask"], [["none"]])
    table = answered_all(table, value="none")
    imported(table)
    assert (Person.objects.filter(last_name__in="BD").count(), Position.objects.count()) == (2, 0)


PEOPLE = "first name,last name,e-mail,organization\n" + "".join(
    f"A,Number {n},n{n}@example.org,{'Nowhere Center' if n else 'Elsewhere'}\n" for n in range(9)
)


def test_one_answer_is_given_to_all_rows_that_ask_the_same(client):
    table = looked_at(PEOPLE, kind="people")
    client.force_login(table.by.user)
    page = reverse("table_import", args=[table.uid])
    assert "The same for all 8 rows that ask this" in client.get(page).content.decode()
    client.post(page, {"answer-3-where": "words", "alike-3-where": "1"})
    table.refresh_from_db()
    assert what(table) == ["ask", *["create"] * 8]


def test_every_answer_that_is_offered_is_accepted():
    an_organization(name="Diman", city="Fall River", state="MA", state_org_code="08210000")
    an_organization(name="Fall River Tech", city="Fall River", state="MA")
    content = "name,city,state,code\nFall River Tech,Fall River,MA,08210000\n"
    offered = options(looked_at(content))[0]
    assert len(offered) == 2
    for answer in offered:
        table = answered(looked_at(content), answers={"2": {"who": answer}})
        assert what(table)[0] in ("same", "change")


def test_columns_can_be_used_to_find_and_leave_what_we_have():
    district = an_organization(name="Wareham", city="", state="MA", state_org_code="03100000")
    content = "name,sector,city,state,code\nWareham SD,school,Wareham,MA,03100000\nNew SD,school,Salem,MA,1\n"
    table = looked_at(content, defaults={"left": "name sector"})
    assert changes(table) == [("Town", "", "Wareham")]
    imported(table)
    district.refresh_from_db()
    assert (district.name, district.city, district.sector) == ("Wareham", "Wareham", "k12_district")
    assert Organization.objects.filter(name="New SD", sector="school").exists()


def test_page_of_columns_takes_what_is_to_be_left(client):
    an_organization(name="Wareham", city="", state="MA", state_org_code="03100000")
    table = brought("name,city,state,code\nWareham SD,Wareham,MA,03100000\n")
    client.force_login(table.by.user)
    chosen = {f"column-{place}": name for place, name in table.columns.items()}
    client.post(reverse("table_import_columns", args=[table.uid]), {**chosen, "leave-0": "on"})
    table = TableImport.objects.get()
    assert (table.defaults, changes(table)) == ({"left": "name"}, [("Town", "", "Wareham")])
    page = client.get(reverse("table_import_columns", args=[table.uid])).content.decode()
    assert page.count("checked") == 1


def test_several_columns_of_other_addresses_are_all_read():
    header = "First Name,Last Name,E-mail Address,E-mail 2 Address,E-mail 3 Address\n"
    imported(looked_at(f"{header}A,B,a@example.org,b@example.org,c@example.org\n", kind="people"))
    assert sorted(Person.objects.get(last_name="B").emails.values_list("address", flat=True)) == [
        "a@example.org",
        "b@example.org",
        "c@example.org",
    ]


def test_several_addresses_in_one_cell_are_all_read():
    imported(looked_at("first name,last name,e-mail\nA,B,a@example.org ::: b@example.org\n", kind="people"))
    assert Person.objects.get(last_name="B").emails.count() == 2


def test_names_of_a_list_lose_what_nobody_sees():
    imported(looked_at("name,sector\nSea\u202e \u200bLab,school\n"))
    assert Organization.objects.filter(name="Sea Lab").exists()


def test_workbook_with_totals_reads_its_rows():
    book = Workbook()
    book.active.append(["Directory of districts"])
    book.active.append(["Name", "Sector", "Students"])
    book.active.append(["Sea District", "k12_district", 412])
    book.active.append(["Total", None, 412])
    file = io.BytesIO()
    book.save(file)
    table = read(file.getvalue())
    assert ([one.cells[0] for one in table.rows], [one.line for one in table.lines_left]) == (
        ["Sea District"],
        [4],
    )
