"""Materials are up: who is told of which, each of them once, and nobody who turned such mail off."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.gathering.domain import materials
from meetings.gathering.domain.materials import Shown
from meetings.models import Material
from partners.models import Preference
from registrations.attendance.domain import attendance, telling_materials
from registrations.attendance.exceptions import NothingToTell
from stemnet import jobs
from stemnet.models import Job, Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


@pytest.fixture
def staff():
    return a_staff_member()


def a_link(meeting, title, seen_by="registered", seen_from="now", note=""):
    shown = Shown(kind="link", seen_by=seen_by, seen_from=seen_from, note=note)
    by = a_staff_member()
    return materials.add_link(meeting, title=title, url="https://example.org/x", shown=shown, by=by, at=NOW)


def came_to(meeting, registration):
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen="present", by=SWEEP, at=meeting.ends_at
    )


def told():
    """Who got mail of new materials, with the titles in it."""
    mails = Mail.objects.filter(template="mail/registrations/materials_up")
    return {
        mail.address: [line.removeprefix("- ") for line in mail.text.splitlines() if line.startswith("- ")]
        for mail in mails
    }


def address_of(registration):
    return registration.person.primary_address


def test_each_is_told_of_what_they_see_and_of_nothing_twice(meeting, staff):
    here, away = a_registration(meeting.network), a_registration(meeting.network)
    a_registration(a_network())
    came_to(meeting, here)
    a_link(meeting, "Slides", note="From the chair")
    a_link(meeting, "Recording", seen_by="attended")
    a_link(meeting, "Plan", seen_by="staff")
    a_link(meeting, "Later", seen_from="end")
    assert telling_materials.tell(meeting, by=staff, at=NOW) == 2
    assert told() == {
        address_of(here): ["Slides, From the chair", "Recording"],
        address_of(away): ["Slides, From the chair"],
    }
    with pytest.raises(NothingToTell, match="There's nothing new to tell people about"):
        telling_materials.tell(meeting, by=staff, at=NOW)
    Mail.objects.all().delete()
    assert telling_materials.tell(meeting, by=staff, at=meeting.ends_at) == 2
    assert told() == {address_of(here): ["Later"], address_of(away): ["Later"]}


def test_whoever_turned_it_off_has_no_address_or_was_removed_is_left_out_and_counted(meeting, staff):
    muted, unaddressed, removed = (a_registration(meeting.network) for _each in range(3))
    Preference.objects.create(person=muted.person, topic="news", muted_at=NOW)
    unaddressed.person.emails.all().delete()
    came_to(meeting, removed)
    removed.status = "removed"
    removed.save()
    a_link(meeting, "Slides", seen_by="public")
    found = telling_materials.plan(meeting, list(Material.objects.all()))
    assert (found.readers, found.muted, found.unaddressed) == ([], 1, 1)
    with pytest.raises(NothingToTell, match="Nobody would get this e-mail"):
        telling_materials.tell(meeting, by=staff, at=NOW)
    assert not Material.objects.filter(told_at__isnull=False).exists()


def test_of_a_group_its_members_are_told(meeting, staff):
    group = a_group(meeting.network)
    ours = a_meeting(meeting.network, working_group=group, title="Group")
    a_registration(meeting.network)
    inside = a_registration(meeting.network)
    inside.group_memberships.create(working_group=group, joined_at=NOW)
    a_link(ours, "Notes")
    telling_materials.tell(ours, by=staff, at=NOW)
    assert told() == {address_of(inside): ["Notes"]}


def test_the_mail_names_the_meeting_leads_to_its_page_and_can_be_stopped(meeting, staff):
    a_registration(meeting.network)
    a_link(meeting, "Slides")
    telling_materials.tell(meeting, by=staff, at=NOW)
    mail = Mail.objects.get(template="mail/registrations/materials_up")
    assert mail.subject == "New materials for Opening meeting"
    assert f"/meetings/{meeting.uid}/" in mail.text
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_many_are_told_by_a_job_and_each_once_when_it_runs_again(meeting, staff, monkeypatch):
    monkeypatch.setattr(telling_materials, "AT_ONCE", 1)
    for _each in range(3):
        a_registration(meeting.network)
    a_link(meeting, "Slides")
    telling_materials.tell(meeting, by=staff, at=NOW)
    assert told() == {}
    jobs.run_waiting(at=NOW)
    assert len(told()) == 3
    Job.objects.update(state="queued")
    jobs.run_waiting(at=NOW)
    assert Mail.objects.filter(template="mail/registrations/materials_up").count() == 3


def test_staff_read_whom_it_reaches_and_press_once(client, meeting, staff):
    a_registration(meeting.network)
    a_link(meeting, "Slides")
    client.force_login(staff.user)
    address = reverse("staff_tell_materials", args=[meeting.uid])
    with time_machine.travel(NOW, tick=False):
        assert "Tell 1 person" in client.get(address).content.decode()
        assert client.post(address)["Location"] == meeting.get_absolute_url()
        again = client.post(address)
        assert (again.status_code, "nothing new to tell" in again.content.decode()) == (409, True)
        assert "People know about everything" in client.get(address).content.decode()
    assert len(told()) == 1


def test_the_page_asks_equally_often_for_1_and_for_30_people(client, meeting, staff):
    client.force_login(staff.user)
    address = reverse("staff_tell_materials", args=[meeting.uid])
    a_link(meeting, "Slides")
    counts = []
    for people in (1, 29):
        for _each in range(people):
            a_registration(meeting.network, a_person())
        with time_machine.travel(NOW + timedelta(hours=1), tick=False):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
