"""A date added to a network that people are registered for: they are told, once, with a calendar file."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from meetings.models import Meeting, MeetingChange
from registrations.models.seats.reminder import Offset
from registrations.seats.domain import reminders_due
from stemnet.models import Mail
from tests import factories
from tests.factories import NOW
from tests.registrations.desk.setup_page import as_shown, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def network(client):
    client.force_login(factories.a_coordinator().user)
    preview = client.post(reverse("network_new"), typed(act="publish")).url
    client.post(preview.replace("/preview/", "/publish/"), {"sure": "1"})
    return Meeting.objects.first().network


def add(client, network, on):
    url = reverse("network_edit", args=[network.slug])
    page = client.get(url).context["page"]
    return client.post(url, as_shown(page, **{"plan-dates": on, "act": "save"}))


def letters():
    return Mail.objects.filter(key__startswith="meetings_changed")


def test_people_are_told_of_a_new_date_and_get_its_calendar_file(client, network):
    factories.a_registration(network)
    add(client, network, "June 9, 2021")
    mail = letters().get()
    assert "New meeting" in mail.subject
    assert "Wed, Jun 9, 2021, 9:00 a.m. to 12 noon ET" in mail.text
    assert "SEQUENCE:0\r\n" in mail.attachments[0]["content"]


def test_a_group_meets_after_a_new_date_and_its_members_are_told(client, network):
    group = network.working_groups.get()
    member, other = factories.a_registration(network), factories.a_registration(network)
    member.group_memberships.create(working_group=group, joined_at=NOW)
    add(client, network, "June 9, 2021")
    assert group.meetings.filter(on=date(2021, 6, 9)).count() == 1
    told = {mail.address: len(mail.attachments) for mail in letters()}
    assert told == {member.person.primary_address: 2, other.person.primary_address: 1}


def test_nobody_is_told_while_nobody_is_registered(client, network):
    add(client, network, "June 9, 2021")
    assert (letters().count(), MeetingChange.objects.count()) == (0, 0)


def test_a_distance_behind_when_the_date_was_added_is_no_reminder(client, network):
    factories.a_registration(network)
    add(client, network, "September 10, 2020")
    dues = {one.offset for one in reminders_due.near(NOW) if one.meeting.on == date(2020, 9, 10)}
    assert Offset.WEEK not in dues
