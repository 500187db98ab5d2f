"""The whole page of a meeting, with all that stands on it: how often each reader's asks the database."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.gathering.domain import materials, minutes
from meetings.gathering.domain.incoming import gathered
from meetings.gathering.domain.materials import Shown
from registrations.attendance.domain import attendance
from tests import factories
from tests.factories import NOW, SWEEP
from tests.meetings.gathering import contents
from tests.meetings.gathering.rows import an_item

pytestmark = pytest.mark.django_db
MOMENTS = [("ends_at", -30), ("starts_at", 1 / 24), ("ends_at", 3)]  # and days; before, during and after


@pytest.fixture
def meeting():
    factories.a_partnership()
    network = factories.a_network(meetings=0)
    kept = factories.a_meeting(network, modality="hybrid", venue="Marlborough")
    factories.a_meeting(network, on=kept.on + timedelta(weeks=4), title="Next")
    return kept


@pytest.fixture
def readers(meeting):
    """Who came, who was not marked, the lead of a group, staff, a coordinator, a stranger."""
    came = factories.a_registration(meeting.network, factories.a_user().person)
    mark = {"seen": "present", "by": SWEEP, "at": meeting.ends_at}
    attendance.mark_attendance(registration=came, meeting=meeting, **mark)
    waits = factories.a_registration(meeting.network, factories.a_user().person)
    lead = factories.a_user().person
    factories.a_group(meeting.network, lead=lead)
    works = [factories.a_staff_member(), factories.a_coordinator()]
    return [came.person, waits.person, lead, *works, factories.a_user().person]


def add(meeting, readers, number):
    """One more of everything."""
    factories.an_agenda_item(meeting, minutes=5, presenter=factories.a_person())
    shown = Shown(kind="slides", seen_by="public", seen_from="now")
    with gathered([], [SimpleUploadedFile("slides.pdf", contents.PDF)]) as files:
        materials.add_files(meeting, files, title=f"Slides {number}", shown=shown, by=readers[3], at=NOW)
    an_item(meeting, owner=readers[0], by=readers[3], at=meeting.ends_at)
    registration = factories.a_registration(meeting.network)
    factories.an_attendance(registration, meeting, derived_at=NOW)


def told(meeting, readers):
    """How many statements the page takes of each reader, of visitors last, at each moment."""
    return [
        [statements(meeting, reader, name, days) for name, days in MOMENTS] for reader in [*readers, None]
    ]


def statements(meeting, reader, name, days):
    client, address = Client(), meeting.get_absolute_url()
    if reader:
        client.force_login(reader.user)
    with time_machine.travel(getattr(meeting, name) + timedelta(days=days), tick=True):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
    return len(captured)


def test_the_page_asks_at_most_twelve_times_whoever_reads_and_however_long_it_is(meeting, readers):
    words = {"text": "Ten districts came.", "decisions": "We try it."}
    minutes.save_minutes(meeting, words=words, seen=0, by=readers[3], at=meeting.ends_at)
    minutes.publish_minutes(meeting, public=True, at=meeting.ends_at)
    add(meeting, readers, 0)
    one = told(meeting, readers)
    for number in range(1, 30):
        add(meeting, readers, number)
    assert told(meeting, readers) == one
    assert max(number for reader in one for number in reader) <= 12, one
