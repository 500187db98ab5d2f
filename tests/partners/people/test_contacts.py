"""The log of visits, calls and letters, and what an organization's page says of its past."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partners.models import Alias, Contact, OldSlug
from tests.factories import NOW, a_coordinator, a_part, a_person, a_position, a_user, an_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization():
    return an_organization(name="Wareham", slug="wareham")


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator(last_name="Doe").user)
    return client


LOG = "/partners/wareham/contacts/"
CALL = {"kind": "call", "on": "2020-09-01", "whom": "The principal", "note": "They want a mentor."}


def test_only_coordinators_read_the_log(client, organization):
    assert client.get(LOG).status_code == 302
    for who, status in ((a_user(), 403), (a_coordinator().user, 200)):
        client.force_login(who)
        assert client.get(LOG).status_code == status


def test_a_call_is_written_down_with_who_wrote_it(desk, organization):
    assert desk.post(LOG, CALL)["Location"] == LOG
    contact = Contact.objects.get()
    assert (contact.kind, contact.on, contact.by.last_name) == ("call", date(2020, 9, 1), "Doe")
    page = desk.get(LOG).content
    assert (b"They want a mentor." in page, b"with The principal" in page) == (True, True)


def test_a_day_to_come_is_refused_and_the_words_stay(desk, organization):
    tomorrow = timezone.localdate() + timedelta(days=2)
    page = desk.post(LOG, {**CALL, "on": tomorrow.isoformat()}).content
    assert (b"That date is in the future." in page, b"They want a mentor." in page) == (True, True)
    assert Contact.objects.count() == 0


def test_log_asks_the_database_equally_often(desk, organization):
    def add():
        Contact.objects.create(
            organization=organization, kind="visit", on=NOW, by=a_person(), note="-", written_at=NOW
        )

    def queries():
        with CaptureQueriesContext(connection) as captured:
            desk.get(LOG)
        return len(captured)

    add()
    queries()  # the first page fills a cache
    one = queries()
    for _ in range(29):
        add()
    assert queries() == one


def test_page_shows_who_served_earlier_only_by_their_own_choice(client, organization):
    past = {"organization": organization, "started_on": date(2012, 9, 1), "ended_on": date(2015, 6, 30)}
    a_position(a_person(last_name="Listed"), public=True, title="Superintendent", **past)
    a_position(a_person(last_name="Hidden"), **past)
    page = client.get("/partners/wareham/").content.decode()
    assert ("Listed" in page, "September 2012 to June 2015" in page, "Hidden" in page) == (True, True, False)


def test_page_shows_former_names_the_whole_and_its_allies(client, organization):
    Alias.objects.create(organization=organization, name="Old Wareham", kind="former")
    organization.part_of = an_organization(name="Seattle Public Schools", stage="none")
    organization.save()
    organization.allies.add(an_organization(name="The Compact"))
    page = client.get("/partners/wareham/").content.decode()
    assert [
        w for w in ("Formerly", "Old Wareham", "Seattle Public Schools", "The Compact") if w not in page
    ] == []


def test_coordinator_sees_the_parts_that_are_no_partners_others_do_not(client, organization):
    an_organization(name="Decas School", part_of=organization, stage="none")
    assert b"Decas School" not in client.get("/partners/wareham/").content
    client.force_login(a_coordinator().user)
    assert b"Decas School" in client.get("/partners/wareham/").content


def test_old_address_redirects_as_long_as_the_merge_stands(client, organization):
    OldSlug.objects.create(slug="wareham-schools", organization=organization)
    gone = an_organization(slug="wareham-ma", merged_into=organization)
    for slug in ("wareham-schools", gone.slug):
        response = client.get(f"/partners/{slug}/?from=mail")
        assert (response.status_code, response["Location"]) == (302, "/partners/wareham/?from=mail")


def test_every_page_of_an_old_address_redirects(client, organization):
    gone = an_organization(slug="wareham-ma", merged_into=organization)
    role = a_part(organization=organization)
    client.force_login(a_coordinator().user)
    named = {
        "mine_of": [gone.slug],
        "mine_colleagues": [gone.slug],
        "needs_of": [gone.slug],
        "partner_contacts": [gone.slug],
        "prospect": [gone.slug],
        "mou_part": [role.mou.slug, gone.slug],
    }
    found = {name: client.get(reverse(name, args=args)) for name, args in named.items()}
    moved = {name: reverse(name, args=[*args[:-1], "wareham"]) for name, args in named.items()}
    assert {name: page.headers.get("Location") for name, page in found.items()} == moved


def test_an_old_address_names_nobody_whom_one_may_not_see(client):
    kept = an_organization(stage="invited")
    gone = an_organization(slug="wareham-ma", merged_into=kept)
    assert client.get(f"/partners/{gone.slug}/").status_code == 404


def test_merged_organization_is_not_found_by_the_picker(client, organization):
    an_organization(name="Wareham twin", merged_into=organization)
    assert b"Wareham twin" not in client.get("/organizations/search/?q=Wareham").content
