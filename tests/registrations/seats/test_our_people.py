"""What registrations add to a partner's own page: its people in the networks, and a beginner's last step."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import a_network, a_part, a_person, a_position, a_registration, a_user

pytestmark = pytest.mark.django_db
TEMPLATE = "registrations/seats/_our_people.html"


@pytest.fixture
def role():
    return a_part()


def page(role, person=None):
    client = Client()
    client.force_login((person or role.lead_contact).user)
    return client.get(reverse("mine_of", args=[role.organization.slug]))


def panel(role):
    (found,) = [one for one in page(role).context["panels"] if one.template == TEMPLATE]
    return found.content


def a_colleague(role, *, shares, networks=1):
    person = a_person(first_name="Biology", last_name="teacher", shares_registrations=shares)
    position = a_position(person, organization=role.organization)
    for _number in range(networks):
        a_registration(a_network(), person, position=position)
    return person


def test_only_those_who_agreed_are_named(role):
    a_colleague(role, shares=True)
    a_colleague(role, shares=False)
    found = panel(role)
    assert [len(one.registrations) for one in found["colleagues"]] == [1]
    assert (found["others"], found["registrations"]) == (1, 2)


def test_registrations_through_another_organization_stay_unseen(role):
    person = a_colleague(role, shares=True)
    a_registration(a_network(), person, position=a_position(person))
    assert [len(one.registrations) for one in panel(role)["colleagues"]] == [1]


def test_of_several_registrations_the_newest_comes_first(role):
    person = a_colleague(role, shares=True, networks=2)
    first, second = person.registrations.order_by("pk")
    assert [one.registrations for one in panel(role)["colleagues"]] == [[second, first]]


def test_a_drafter_sees_no_people():
    role = a_part(lead_contact=a_user().person)
    a_colleague(role, shares=True)
    assert b"Biology teacher" not in page(role, role.drafter).content
    assert b"Biology teacher" in page(role, role.lead_contact).content


def test_a_first_registration_ticks_the_last_step(role):
    before = page(role).context["steps"][-1]
    a_colleague(role, shares=False)
    after = page(role).context["steps"][-1]
    assert [(step.words, step.done) for step in (before, after)] == [
        ("Register somebody from your organization", False),
        ("Register somebody from your organization", True),
    ]


def test_the_page_asks_as_often_for_thirty_colleagues_as_for_one(role):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page(role)
        return len(captured)

    a_colleague(role, shares=True)
    first = queries()
    for _number in range(29):
        a_colleague(role, shares=True)
    assert queries() == first
