"""Where each role lands after signing in, and that the others of one's pages are one press away."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings.models import Appointment, WorkingGroup
from partners.models import Person, Signature
from stemnet import landing
from stemnet.models import Mail
from tests import factories
from tests.registrations.credit.stories import an_awarding_network
from tests.world import a_world

pytestmark = pytest.mark.django_db


def lands(person, *, next_page=""):
    """Return where somebody lands who signs in by a code."""
    client, query = Client(), f"?next={next_page}" if next_page else ""
    client.post(f"/accounts/login/code/{query}", {"email": person.primary_address, "next": next_page})
    code = re.search(r"\b\d{6}\b", Mail.objects.filter(address=person.primary_address).latest("pk").text)[0]
    answer = client.post(f"/accounts/login/code/confirm/{query}", {"code": code, "next": next_page})
    assert answer.status_code == 302
    return answer.url


def page_of(person):
    return landing.page_for(Person.objects.get(pk=person.pk), at=timezone.now())


def test_each_role_lands_where_its_work_is():
    world = a_world()
    group = WorkingGroup.objects.get(leads__person=world.people["lead"])
    table = {
        "stranger": reverse("mine_of", args=[world.people["stranger"].drafts_roles.get().organization.slug]),
        "educator": reverse("learning"),
        "lead": group.get_absolute_url(),
        "partner": reverse("mine_of", args=[world.organization.slug]),
        "staff_b": reverse("staff"),
        "staff_a": reverse("staff"),
        "staff": reverse("staff"),
        "coordinator": reverse("staff"),
    }
    assert {role: page_of(world.people[role]).url for role in table} == table


def test_whoever_signs_in_by_a_code_is_sent_there():
    contact = factories.a_contact(factories.an_organization())
    organization = contact.leads_roles.get().organization
    assert lands(contact) == reverse("mine_of", args=[organization.slug])


@pytest.mark.parametrize(
    ("asked", "goes"), [("/calendar/", "/calendar/"), ("https://evil.example.org/", "/learning/")]
)
def test_the_page_that_was_asked_for_is_kept_where_it_is_ours(asked, goes):
    assert lands(factories.a_user().person, next_page=asked) == goes


def test_who_only_registered_or_did_nothing_yet_lands_on_my_learning():
    nobody, educator = factories.a_user().person, factories.a_user().person
    factories.a_registration(factories.a_network(), educator)
    assert (page_of(nobody), page_of(educator).url) == (None, reverse("learning"))
    assert lands(nobody) == reverse("learning")


def test_a_signatory_lands_on_the_signature_that_waits():
    world = a_world()
    signatory = factories.a_user(address=world.signature.signatory_email or "signs@example.org").person
    Signature.objects.update(signatory_email=signatory.primary_address)
    assert page_of(signatory).url == world.signature.get_absolute_url()


def test_of_several_pages_the_one_with_something_due_comes_first():
    person = factories.a_user().person
    quiet = factories.a_network(meetings=0)
    Appointment.objects.create(network=quiet, person=person)
    group = factories.a_group(quiet, lead=person)
    factories.a_registration(quiet, person)
    assert page_of(person).url == reverse("staff")
    yesterday = timezone.localdate() - timedelta(days=1)
    other = factories.a_group(factories.a_network(meetings=0), lead=person)
    group.delete()
    factories.a_meeting(other.network, working_group=other, on=yesterday)
    Appointment.objects.all().delete()
    assert page_of(person).url == other.get_absolute_url()


def test_an_educator_who_also_speaks_for_a_partner_goes_to_what_is_due(client):
    network = an_awarding_network()
    organization = factories.an_organization(stage="partner")
    person = factories.a_user().person
    factories.a_position(person, organization=organization, is_contact=True)
    factories.a_registration(network, person)
    pages = {page.url for page in landing.pages_of(person, at=timezone.now())}
    assert pages == {reverse("mine_of", args=[organization.slug]), reverse("learning")}
    client.force_login(person.user)
    assert reverse("mine_of", args=[organization.slug]) in own_pages_of(client, reverse("learning"))
    assert reverse("learning") in own_pages_of(client, reverse("mine_of", args=[organization.slug]))


def own_pages_of(client, url):
    html = client.get(url).content.decode()
    return html[html.index('class="own-pages"') :].split("</nav>")[0]


def test_a_plain_educator_reads_no_list_of_other_pages(client):
    person = factories.a_user().person
    factories.a_registration(factories.a_network(), person)
    client.force_login(person.user)
    assert 'class="own-pages"' not in client.get(reverse("learning")).content.decode()


def test_deciding_asks_as_much_for_thirty_as_for_one():
    person = factories.a_staff_member()
    counts = []
    for more in (1, 29):
        for _each in range(more):
            network = factories.a_network()
            factories.a_group(network, lead=person)
            factories.a_contact(factories.an_organization(), person)
            factories.a_registration(network, person)
        with CaptureQueriesContext(connection) as asked:
            pages = landing.pages_of(Person.objects.get(pk=person.pk), at=timezone.now())
        counts.append(len(asked))
    assert (len(pages), counts[0]) == (3, counts[1])


def test_a_lead_sees_the_group_and_nobody_elses(client):
    world = a_world()
    group = WorkingGroup.objects.get(leads__person=world.people["lead"])
    client.force_login(world.people["lead"].user)
    html = client.get(group.get_absolute_url()).content.decode()
    assert ("Role educator" in html, "1 member" in html) == (True, True)
    other = factories.a_group(world.this)
    assert client.get(other.get_absolute_url()).status_code == 404


def test_the_page_of_a_group_asks_as_much_for_thirty_as_for_one(client, django_assert_num_queries):
    lead = factories.a_user()
    network = factories.a_network(meetings=0, seats=50)
    group = factories.a_group(network, lead=lead.person)
    client.force_login(lead)

    def join():
        person = factories.a_person()
        factories.a_position(person)
        registration = factories.a_registration(network, person)
        registration.group_memberships.create(working_group=group, joined_at=timezone.now())
        factories.a_meeting(network, working_group=group)

    join()
    url = group.get_absolute_url()
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _each in range(29):
        join()
    with django_assert_num_queries(len(one)):
        assert "30 members" in client.get(url).content.decode()
