"""A form of the admin that comes back after somebody else saved the same row overwrites nothing unseen."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.urls import reverse

from partners.models import Organization
from tests.factories import a_coordinator, an_organization
from tests.world import a_world

pytestmark = pytest.mark.django_db
CARRIED = re.compile(r'name="_as_shown"\s+value="([^"]*)"')


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def form_of(response):
    """What the page would send: its form's values, and what it carries."""
    fields = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                fields[bound.html_name] = value
    return fields | {"_as_shown": unescape(CARRIED.search(response.content.decode())[1])}


@pytest.fixture
def organization():
    return an_organization(sector="k12_district", name="Wareham", state="MA")


@pytest.fixture
def address(organization):
    return reverse("admin:partners_organization_change", args=[organization.pk])


def test_what_somebody_else_saved_is_said_at_its_field_and_replaced_only_knowingly(
    desk, organization, address
):
    mine = form_of(desk.get(address)) | {"name": "Wareham Public Schools"}
    Organization.objects.filter(pk=organization.pk).update(name="Wareham Schools")
    refused = desk.post(address, mine)
    assert "changed this to “Wareham Schools” while" in refused.content.decode()
    assert 'value="Wareham Public Schools"' in refused.content.decode()
    organization.refresh_from_db()
    assert organization.name == "Wareham Schools"
    again = mine | {"_as_shown": CARRIED.search(refused.content.decode())[1]}
    assert desk.post(address, again).status_code == 302
    organization.refresh_from_db()
    assert organization.name == "Wareham Public Schools"


def test_what_one_did_not_touch_is_not_written_back_over_it(desk, organization, address):
    mine = form_of(desk.get(address)) | {"name": "Wareham Public Schools"}
    Organization.objects.filter(pk=organization.pk).update(state="RI")
    assert "changed this to “RI” while" in desk.post(address, mine).content.decode()
    organization.refresh_from_db()
    assert (organization.name, organization.state) == ("Wareham", "RI")


def test_a_list_to_choose_from_says_what_was_chosen(desk, organization, address):
    mine = form_of(desk.get(address)) | {"sector": "school"}
    Organization.objects.filter(pk=organization.pk).update(sector="business")
    assert "changed this to “Business” while" in desk.post(address, mine).content.decode()


def test_a_page_that_nobody_else_touched_carries_the_same_when_it_comes_back(desk):
    """No form of the admin takes its own page for somebody else's change."""
    a_world()
    found = {}
    for model, one in admin.site._registry.items():
        row = model._default_manager.first()
        if row is None or model._meta.app_label not in ("partners", "meetings", "registrations"):
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
        pages = [desk.get(address).content.decode() for _time in "12"]
        carried = [CARRIED.search(page)[1] for page in pages if CARRIED.search(page)]
        if len(set(carried)) > 1:
            found[one] = carried
    assert found == {}
