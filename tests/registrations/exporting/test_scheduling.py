"""Exports that go out by the clock: when, to whom, by which link, and what stops them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse

from meetings.models import Appointment
from registrations.exporting.domain import scheduling
from registrations.exporting.domain.scheduling import Times, next_time
from registrations.models import ExportDelivery, ExportSchedule, SavedExport
from stemnet.models import Mail
from tests.factories import a_coordinator, a_partnership, a_user
from tests.registrations.credit.test_document_pages import signed_in, text_of
from tests.registrations.exporting.stories import an_export, networks_with_people
from tests.registrations.exporting.test_pages import staff_of

pytestmark = pytest.mark.django_db
SUNDAY = datetime(2021, 6, 6, 15, tzinfo=UTC)
MONDAY = datetime(2021, 6, 7, 12, 5, tzinfo=UTC)  # 8:05 in Massachusetts
WEEKLY = Times(every="week", weekday=0, month_day=1, hour=8)


@pytest.mark.parametrize(
    ("times", "after", "due"),
    [
        (WEEKLY, (2021, 6, 6, 15), (2021, 6, 7, 12)),
        (WEEKLY, (2021, 6, 7, 12), (2021, 6, 14, 12)),
        (
            Times(every="day", weekday=0, month_day=1, hour=8),
            (2021, 11, 6, 12, 1),
            (2021, 11, 7, 13),
        ),  # EDT ends
        (
            Times(every="day", weekday=0, month_day=1, hour=8),
            (2021, 3, 13, 13),
            (2021, 3, 14, 12),
        ),  # EDT begins
        (Times(every="month", weekday=0, month_day=28, hour=19), (2021, 2, 28, 23), (2021, 3, 1, 0)),
        (Times(every="month", weekday=0, month_day=28, hour=19), (2021, 3, 1, 0), (2021, 3, 28, 23)),
    ],
)
def test_the_next_time_by_the_clock_of_the_place(times, after, due):
    zone = ZoneInfo("America/New_York")
    assert next_time(times, after=datetime(*after, tzinfo=UTC), zone=zone) == datetime(*due, tzinfo=UTC)


@pytest.fixture
def network():
    a_partnership(zone="America/New_York")
    return networks_with_people(1, 2)[0]


def a_schedule(network, *readers):
    owner = staff_of(network)
    export = an_export(owner, title="Credit")
    return scheduling.schedule(export, WEEKLY, readers, by=owner, at=SUNDAY)


def test_each_reader_gets_a_link_once(network, django_capture_on_commit_callbacks):
    colleague = staff_of(network)
    schedule = a_schedule(network, colleague)
    assert scheduling.sweep_exports(at=SUNDAY) == 0
    assert scheduling.sweep_exports(at=MONDAY) == 1
    assert scheduling.sweep_exports(at=MONDAY) == 0
    mails = Mail.objects.order_by("pk")
    assert [mail.address for mail in mails] == [
        schedule.export.owner.primary_address,
        colleague.primary_address,
    ]
    delivery = ExportDelivery.objects.get(person=colleague)
    assert (delivery.due_at, delivery.until) == (
        datetime(2021, 6, 7, 12, tzinfo=UTC),
        MONDAY + timedelta(days=7),
    )
    assert mails[1].subject == "“Credit” is ready"
    assert reverse("export_sent", args=[delivery.uid]) in mails[1].text
    assert "The link ends on Mon, Jun 14, 2021." in mails[1].text
    schedule.refresh_from_db()
    assert schedule.next_at == datetime(2021, 6, 14, 12, tzinfo=UTC)


def test_however_late_the_clock_runs_one_goes_out(network):
    a_schedule(network)
    assert scheduling.sweep_exports(at=MONDAY + timedelta(days=30)) == 1
    assert Mail.objects.count() == 1


def test_nothing_goes_out_at_night(network):
    a_schedule(network)
    assert scheduling.sweep_exports(at=MONDAY + timedelta(hours=18)) == 0
    assert scheduling.sweep_exports(at=MONDAY + timedelta(hours=25)) == 1


def test_the_link_opens_for_its_reader_alone_signed_in_until_it_ends(network, client, private_files):
    colleague = staff_of(network)
    a_schedule(network, colleague)
    scheduling.sweep_exports(at=MONDAY)
    address = reverse("export_sent", args=[ExportDelivery.objects.get(person=colleague).uid])
    assert "/accounts/login/" in client.get(address).url
    with time_machine.travel(MONDAY, tick=False):
        assert signed_in(a_coordinator()).get(address).status_code == 404
        reader = signed_in(colleague)
        page = text_of(reader.get(address))
        assert "You were sent this link. It ends on Mon, Jun 14, 2021." in page and network.title in page
        file = reader.post(address)
        assert b"".join(file.streaming_content)[:2] == b"PK"
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        over = signed_in(colleague).get(address)
        assert over.status_code == 410 and "This link has ended" in text_of(over)
        assert signed_in(colleague).post(address).status_code == 410


def test_what_the_reader_may_see_is_asked_when_they_open_it(network):
    (other,) = networks_with_people(1, 1, slug="other")
    colleague = staff_of(network, other)
    a_schedule(network, colleague)
    scheduling.sweep_exports(at=MONDAY)
    address = reverse("export_sent", args=[ExportDelivery.objects.get(person=colleague).uid])
    Appointment.objects.filter(person=colleague, network=network).delete()
    SavedExport.objects.update(reach="chosen")
    SavedExport.objects.get().networks.set([network])
    with time_machine.travel(MONDAY, tick=False):
        client = signed_in(colleague)
        assert "not staff for any network of this export" in text_of(client.get(address))
        assert client.post(address).status_code == 422
        Appointment.objects.filter(person=colleague).delete()
        assert client.get(address).status_code == 404


def test_readers_who_are_no_longer_staff_get_nothing(network):
    colleague = staff_of(network)
    a_schedule(network, colleague)
    Appointment.objects.filter(person=colleague).delete()
    assert scheduling.sweep_exports(at=MONDAY) == 1
    assert not ExportDelivery.objects.filter(person=colleague).exists()


def test_an_owner_who_left_stops_it_and_coordinators_are_told_once(network):
    coordinator, colleague = a_coordinator(), staff_of(network)
    schedule = a_schedule(network, colleague)
    owner = schedule.export.owner
    Appointment.objects.filter(person=owner).delete()
    for day in range(3):
        assert scheduling.sweep_exports(at=MONDAY + timedelta(days=day)) == 0
    mail = Mail.objects.get()
    assert (mail.address, mail.subject) == (coordinator.primary_address, "“Credit” doesn't go out anymore")
    assert f"its owner, {owner}, is no longer staff" in mail.text and str(colleague) in mail.text
    assert not ExportDelivery.objects.exists()
    page = text_of(signed_in(coordinator).get(reverse("export", args=[schedule.export.uid])))
    assert f"because {owner} is no longer staff" in page and "Take it over" in page
    assert signed_in(colleague).get(reverse("export", args=[schedule.export.uid])).status_code == 404


def test_a_coordinator_takes_it_over_and_it_goes_out_again(network):
    coordinator = a_coordinator()
    schedule = a_schedule(network)
    take_over = reverse("export_take_over", args=[schedule.export.uid])
    assert signed_in(coordinator).post(take_over).status_code == 404
    Appointment.objects.all().delete()
    scheduling.sweep_exports(at=MONDAY)
    with time_machine.travel(MONDAY, tick=False):
        assert signed_in(coordinator).post(take_over).status_code == 302
        assert signed_in(coordinator).post(take_over).status_code == 409
    schedule = ExportSchedule.objects.select_related("export").get()
    assert (schedule.export.owner, schedule.stopped_at) == (coordinator, None)
    assert scheduling.sweep_exports(at=MONDAY + timedelta(days=7)) == 1


def test_only_staff_of_its_networks_can_be_chosen(network):
    (other,) = networks_with_people(1, 1, slug="other")
    stranger, owner = staff_of(other), staff_of(network)
    export = an_export(owner)
    client, address = signed_in(owner), reverse("export_schedule", args=[export.uid])
    typed = {"every": "week", "weekday": 0, "month_day": 1, "hour": 8}
    assert client.post(address, {**typed, "readers": [stranger.uid]}).status_code == 422
    assert client.post(address, {**typed, "month_day": 31}).status_code == 422
    assert client.post(address, {**typed, "hour": 3}).status_code == 422
    assert not ExportSchedule.objects.exists()
    everywhere = a_user().person
    everywhere.user.groups.add(Group.objects.get_or_create(name="staff")[0])
    assert client.post(address, {**typed, "readers": [everywhere.uid]}).status_code == 302
    assert ExportSchedule.objects.get().readers.get().person == everywhere
    assert "It's sent on a schedule, next on" in text_of(client.get(reverse("export", args=[export.uid])))
    client.post(address, {"stop": "1"})
    assert not ExportSchedule.objects.exists()
