"""Below an organization in the admin: its registrations, whose group is changed in the row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registrations.admin import organization_rows
from registrations.models import RegistrationChange
from registrations.seats.domain import groups
from tests.factories import NOW, a_group, a_network, a_person, a_position, a_registration, an_organization
from tests.partners.test_admin_partner_rows import page_of, save
from tests.partners.test_admin_partners import coordinator, desk, form_of
from tests.partners.test_admin_tasks import staff_with

__all__ = ["coordinator", "desk"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    return an_organization(name="Fall River Public Schools")


@pytest.fixture
def network():
    return a_network()


def register(network, organization):
    person = a_person()
    return a_registration(network, person, position=a_position(person, organization=organization))


def group_of(registration):
    return groups.WorkingGroup.objects.filter(
        memberships__registration=registration, memberships__left_at=None
    ).first()


def test_a_row_says_who_where_and_leads_to_both_pages(desk, organization, network):
    row = register(network, organization)
    html = desk.get(page_of(organization)).content.decode()
    assert reverse("staff_person", args=[network.slug, row.uid]) in html
    assert reverse("admin:registrations_registration_change", args=[row.pk]) in html
    assert str(network) in html
    assert "registrations of this organization" not in html


def test_the_group_is_changed_in_the_row(desk, organization, network):
    row, group, before = register(network, organization), a_group(network), a_group(network)
    groups.choose_group(row, before, at=NOW)
    sent = {"registrations-0-group": group.pk, "initial-registrations-0-group": before.pk}
    assert save(desk, organization, sent).status_code == 302
    assert group_of(row) == group
    assert "group" in RegistrationChange.objects.filter(registration=row).latest("pk").reason


def test_a_full_group_and_a_change_meanwhile_are_said(desk, organization, network):
    row, full, free = register(network, organization), a_group(network, places=1), a_group(network)
    groups.choose_group(a_registration(network, a_person()), full, at=NOW)
    page = save(desk, organization, {"registrations-0-group": full.pk, "initial-registrations-0-group": ""})
    assert "full" in page.context["adminform"].form.non_field_errors()[0]
    groups.choose_group(row, free, at=NOW)
    other = a_group(network)
    page = save(desk, organization, {"registrations-0-group": other.pk, "initial-registrations-0-group": ""})
    assert "Somebody else changed this" in page.content.decode()
    assert group_of(row) == free


def test_a_row_that_newer_ones_pushed_out_is_not_changed_nor_another_in_its_place(
    desk, organization, network, monkeypatch
):
    monkeypatch.setattr(organization_rows, "MOST_ROWS", 1)
    row, group = register(network, organization), a_group(network)
    sent = form_of(desk.get(page_of(organization)))
    newer = register(network, organization)
    sent |= {"registrations-0-group": group.pk, "initial-registrations-0-group": ""}
    page = desk.post(page_of(organization), sent)
    assert "Somebody registered while" in page.content.decode()
    assert (group_of(row), group_of(newer)) == (None, None)


def test_staff_with_the_task_of_partners_see_the_rows_and_change_none(client, organization, network):
    row, group = register(network, organization), a_group(network)
    client.force_login(staff_with("partners"))
    html = client.get(page_of(organization)).content.decode()
    assert row.person.sorted_name in html
    assert "registrations-0-group" not in html
    assert client.get("/admin/registrations/registration/").status_code == 403
    save(client, organization, {"registrations-0-group": group.pk, "initial-registrations-0-group": ""})
    assert group_of(row) is None


def test_a_group_of_another_network_is_refused(desk, organization, network):
    row, other = register(network, organization), a_group(a_network())
    a_group(network)
    page = save(desk, organization, {"registrations-0-group": other.pk, "initial-registrations-0-group": ""})
    assert page.status_code == 200
    assert group_of(row) is None


def test_thirty_rows_cost_what_one_costs_and_the_list_has_the_others(desk, organization, network):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page = desk.get(page_of(organization))
        return len(seen), page.content.decode()

    groups.choose_group(register(network, organization), a_group(network), at=NOW)
    asked()
    one, _html = asked()
    for _number in range(30):
        register(network, organization)
    many, html = asked()
    assert many <= one
    assert "All 31 registrations of this organization" in html
    assert html.count("registrations-29-group") > 0
    assert "registrations-30-group" not in html
