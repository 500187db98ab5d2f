"""What somebody is to the portal, in one statement, and what the frame of a page asks."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import Appointment
from partners.models import User
from tests.factories import a_contact, a_coordinator, a_group, a_network, a_registration, an_organization
from tests.world import a_world

pytestmark = pytest.mark.django_db


def roles_of(person):
    return User.objects.get(person=person).person.roles


def test_one_is_what_one_has_rows_for():
    person = a_coordinator()
    assert roles_of(person) == frozenset()
    network = a_network()
    a_group(network, lead=person)
    assert roles_of(person) == {"leads_group"}
    Appointment.objects.create(network=network, person=person, role="staff")
    a_contact(an_organization(), person)
    a_registration(network, person)
    assert roles_of(person) == {
        "leads_group",
        "staffs_network",
        "speaks_for_organization",
        "sees_memoranda",
        "registered",
    }


@pytest.mark.parametrize("role", ["educator", "lead", "partner", "staff_a", "staff", "coordinator"])
def test_the_frame_of_a_page_asks_thrice_and_writes_nothing(client, settings, role):
    settings.STAFF_NEED_SECOND_FACTOR = True
    user = a_world().people[role].user
    user.groups.add(*Group.objects.all()[:2])
    client.force_login(user)
    client.get("/accessibility/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/accessibility/")
    tables = [query["sql"].partition('"')[2].partition('"')[0] for query in asked]
    frame = [table for table in tables if table != "partners_partnership"]
    assert (len(frame), {query["sql"].split()[0] for query in asked}) == (3, {"SELECT"})
