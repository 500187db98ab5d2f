"""Organizations and people are taken out as tables that come back and change nothing."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from partners.models import Person, PersonEmail, Position
from tests.factories import (
    NOW,
    a_coordinator,
    a_person,
    a_position,
    a_staff_member,
    a_user,
    an_organization,
)
from tests.partners.tables import brought, looked_at, row, what

pytestmark = pytest.mark.django_db
FORMS = ("csv", "xlsx")


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def taken_out(desk, kind, form="csv"):
    page = desk.get(f"/staff/partners/export/{kind}.{form}")
    assert page.status_code == 200
    return b"".join(page.streaming_content)


def come_back(desk, kind, form="csv"):
    """What becomes of each row of an export that is brought as it is."""
    return what(looked_at(taken_out(desk, kind, form), kind=kind))


def odd_organizations():
    above = an_organization(name="=Odd", city="", state="")
    part = an_organization(name="Part", city="Wareham", state="MA", state_org_code="00030000", part_of=above)
    part.aliases.create(name="Part of it")
    part.aliases.create(name="One; or other", kind="former")
    an_organization(name="AMTE", city="", state="", sector="professional_association")
    an_organization(name="Sub", city="", part_of=an_organization(name="FLIR", city="Wilsonville", state="OR"))
    for city in ("", "Wareham", "Salem"):
        an_organization(name="Sea Lab", city=city, state="ma")
    for code in ("0100", "100"):
        an_organization(name=f"Code {code}", state="OR", state_org_code=code)
    an_organization(name="Merged", merged_into=above)


@pytest.mark.parametrize("form", FORMS)
def test_organizations_come_back_unchanged(desk, form):
    odd_organizations()
    assert come_back(desk, "organizations", form) == ["same"] * 10


def odd_people():
    pat = a_person(first_name="Pat", last_name="Doe", address="pat@example.org", certificate_name="P.  Doe")
    PersonEmail.objects.create(person=pat, address="doe@example.org")
    flir = an_organization(name="FLIR", city="", state="")
    for city in ("Wareham", "Salem", ""):
        a_position(pat, organization=an_organization(name="Sea Lab", city=city), title="  Lead  of it ")
    a_position(pat, organization=flir, job="business", started_on=date(2012, 1, 1), ended_on=date(2013, 1, 1))
    a_position(pat, organization=flir, job="", started_on=date(2012, 6, 1))
    for _same_name in range(2):  # nothing but the key tells them apart
        Person.objects.create(first_name="Jo", last_name="-Nobody")
    nameless = Person.objects.create(first_name="", last_name="")
    PersonEmail.objects.create(person=nameless, address="nameless@example.org", verified_at=NOW)
    typed = a_person(first_name="=Ty", last_name="Ped")
    Position.objects.create(person=typed, organization_words="Sea  Lab")
    Position.objects.create(person=typed, organization_words="=Nowhere School", title="@home")
    Position.objects.create(person=a_person(), title="Says no place")


@pytest.mark.parametrize("form", FORMS)
def test_people_come_back_unchanged(desk, form):
    odd_people()
    decided = come_back(desk, "people", form)
    assert (set(decided), len(decided)) == ({"same"}, Position.objects.count() + 4)


def test_an_export_is_brought_with_every_column_matched(desk):
    a_position(a_person())
    for kind in ("people", "organizations"):
        table = brought(taken_out(desk, kind), kind=kind)
        assert len(table.columns) == len(table.header)


def test_formulas_are_guarded_in_both_forms(desk):
    odd_people()
    assert '"\'=Ty"' in taken_out(desk, "people").decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO(taken_out(desk, "people", "xlsx"))).active
    odd = [cell for line in sheet.iter_rows() for cell in line if str(cell.value).startswith(("=", "-", "@"))]
    assert len(odd) == 6
    assert {(cell.data_type, cell.quotePrefix) for cell in odd} == {("s", True)}


def test_the_key_finds_who_has_another_address_in_the_file(desk):
    person = Person.objects.create(first_name="Pat", last_name="Doe")
    PersonEmail.objects.create(person=person, address="pat@example.org")
    content = taken_out(desk, "people").replace(b"pat@example.org", b"new@example.org")
    table = looked_at(content, kind="people")
    found = [(one["what"], one["changes"]) for one in table.decided if one["target"] == str(person.pk)]
    assert found == [("change", [["E-mail", "", "new@example.org"]])]


def test_the_key_of_somebody_merged_is_that_of_the_one_who_stayed(desk):
    kept = a_person(first_name="Pat", last_name="Doe", address="pat@example.org")
    gone = Person.objects.create(first_name="Pat", last_name="Doe", merged_into=kept)
    content = f"first name,last name,key in the portal\nPat,Doe,{gone.uid}\n"
    table = looked_at(content, kind="people")
    assert (what(table), row(table)["target"]) == (["same"], str(kept.pk))


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("x7", "Column “key in the portal”: “x7” isn't a key from our export. Leave this column out."),
        (
            "4a1f2c52-6f3a-4a57-9f0e-0f6a2b7c1d11",
            "Nobody has this key. Leave the cell empty and we'll look by address and name.",
        ),
    ],
)
def test_a_key_that_is_nobodys_is_an_error(key, reason):
    table = looked_at(f"first name,last name,key in the portal\nPat,Doe,{key}\n", kind="people")
    assert (what(table), row(table)["reasons"]) == (["error"], [reason])


def test_key_and_address_of_different_people_are_an_error():
    one, other = a_person(first_name="A"), a_person(first_name="B", address="b@example.org")
    line = f"A,B,b@example.org,{one.uid}"
    table = looked_at(f"first name,last name,e-mail,key in the portal\n{line}\n", kind="people")
    assert (what(table), str(other) in row(table)["reasons"][0]) == (["error"], True)


def test_only_coordinators_take_out_people(client):
    for who in (a_user(), a_staff_member().user):
        client.force_login(who)
        assert client.get("/staff/partners/export/people.csv").status_code == 403


@pytest.mark.parametrize("name", ["people.pdf", "networks.csv"])
def test_an_unknown_table_is_not_found(desk, name):
    assert desk.get(f"/staff/partners/export/{name}").status_code == 404


@pytest.mark.parametrize("kind", ["people", "organizations"])
def test_an_export_asks_the_database_equally_often(desk, kind):
    counts = []
    taken_out(desk, kind)
    for number in (1, 30):
        for _step in range(number):
            a_position(a_person(), organization=an_organization())
        with CaptureQueriesContext(connection) as queries:
            taken_out(desk, kind)
        counts.append(len(queries))
    assert counts[0] == counts[1]
