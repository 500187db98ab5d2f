"""Organizations as a table, and back."""

import io

import pytest
from openpyxl import load_workbook

from partners.admin.resource import OrganizationResource
from tests.factories import a_coordinator, an_organization
from tests.partners.tables import looked_at, what

pytestmark = pytest.mark.django_db
ADMIN = "/admin/partners/organization/"
COLUMNS = OrganizationResource.Meta.fields


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


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


@pytest.mark.parametrize("format", ["0", "1"])
def test_an_export_comes_back_unchanged(desk, format):
    parent = an_organization(name="=Odd", city="")
    part = an_organization(name="Part", city="Wareham", state="MA", state_org_code="00030000", part_of=parent)
    part.aliases.create(name="Part of it")
    table = looked_at(exported(desk, format))
    assert (sorted(table.columns.values()), what(table)) == (sorted(COLUMNS), ["same", "same"])


def test_nothing_is_imported_in_the_admin_any_more(desk):
    assert desk.get(f"{ADMIN}import/").status_code in (302, 404)
