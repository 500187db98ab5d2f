"""Organizations as a table, and back."""

import io

import pytest
from openpyxl import load_workbook

from partners.importing.imports.fields import FIELDS
from partners.models import Organization
from tests.factories import a_coordinator, an_organization
from tests.partners.tables import looked_at, what

pytestmark = pytest.mark.django_db
ADMIN = "/admin/partners/organization/"
COLUMNS = [field.name for field in FIELDS["organizations"]]


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def exported(desk, form, *chosen):
    keys = [one.pk for one in chosen or Organization.objects.all()]
    look = desk.post(ADMIN, {"action": "export", "index": "0", "_selected_action": keys})
    sent = {"plan": look.context["sealed"], "row": keys, "kind": form}
    page = desk.post(f"{ADMIN}acts/export/", sent)
    assert page["Content-Disposition"].endswith(f'.{form}"')
    return b"".join(page.streaming_content)


def test_export_quotes_formulas_and_keeps_every_script_and_zeros(desk):
    an_organization(name='=HYPERLINK("x")', state_org_code="00030000", state="MA", city="")
    an_organization(name="東京都立高校", city="-1+1")
    text = exported(desk, "csv").decode("utf-8-sig")
    assert "\"'=HYPERLINK(" in text
    assert '"東京都立高校"' in text
    assert '"\'-1+1"' in text
    sheet = load_workbook(io.BytesIO(exported(desk, "xlsx"))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "00030000" in [cell.value for cell in cells]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_comes_back_unchanged(desk, form):
    parent = an_organization(name="=Odd", city="")
    part = an_organization(name="Part", city="Wareham", state="MA", state_org_code="00030000", part_of=parent)
    part.aliases.create(name="Part of it")
    table = looked_at(exported(desk, form))
    assert (sorted(table.columns.values()), what(table)) == (sorted(COLUMNS), ["same", "same"])


def test_an_export_holds_what_was_chosen(desk):
    chosen = an_organization(name="Chosen")
    an_organization(name="Other")
    assert what(looked_at(exported(desk, "csv", chosen))) == ["same"]


def test_nothing_is_imported_in_the_admin_any_more(desk):
    assert desk.get(f"{ADMIN}import/").status_code in (302, 404)
