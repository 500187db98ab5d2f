"""My learning: what is next, what is earned, what is missing."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from model_bakery import baker

from partners.models import Provider
from registrations.attendance.domain import completing
from registrations.credit.domain import issuing
from registrations.models import Attendance, Registration
from tests.factories import NOW, SWEEP, a_group, a_meeting, a_network, a_registration, a_user, an_evaluation

pytestmark = pytest.mark.django_db
LEARNING = "/learning/"


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reader(client, now):
    user = a_user(first_name="Ana", last_name="Nuñez")
    client.force_login(user)
    return user.person


def go_to(at, now, client, reader):
    """Travel, and sign in again there."""
    now.move_to(at)
    client.force_login(reader.user)


def attended(registration, meeting, *, minutes=180, reason="full", source="staff", seen="present"):
    present = seen == "present"
    return Attendance.objects.create(
        meeting=meeting,
        registration=registration,
        status=seen,
        arrived_at=meeting.starts_at if present else None,
        left_at=meeting.starts_at + timedelta(minutes=minutes) if present else None,
        minutes_scheduled=meeting.minutes,
        minutes_attended=minutes if present else 0,
        minutes_counted=minutes if present else 0,
        reason=reason,
        source=source,
        derived_at=NOW,
    )


def text_of(response):
    return " ".join(response.content.decode().split())


def provided(**fields):
    """A network that has all that PDPs want."""
    provider, _new = Provider.objects.get_or_create(name="Kaput Center", number="PD-1")
    return a_network(
        **{
            "provider": provider,
            "pdp_topic": "STE leadership",
            "pdp_category": "content",
            "objectives": "Lead",
            "assessment": "A plan",
            "signatory_name": "A. Signer",
            "signatory_title": "Director",
            **fields,
        }
    )


def test_my_learning_without_a_network_says_what_it_is_for(client, reader):
    assert "You're not in a network yet" in text_of(client.get(LEARNING))


def test_my_learning_wants_a_login(client):
    assert client.get(LEARNING).status_code == 302


def test_the_next_meeting_has_its_link_as_soon_as_it_is_set(client, reader, now):
    network = a_network(meetings=2)
    registration = a_registration(network, reader)
    first = network.meetings.own().earliest("starts_at")
    first.modality = "online"
    first.save()
    go_to(first.starts_at - timedelta(days=1), now, client, reader)
    assert "Next meeting, tomorrow" in text_of(client.get(LEARNING))
    assert "The link to join will appear here once it's set" in text_of(client.get(LEARNING))
    first.join_url = "https://meet.example.org/1"
    first.save()
    assert client.get(LEARNING).context["next"].join_url == "https://meet.example.org/1"
    registration.status, registration.line = "waiting", 1
    registration.save()
    assert "meet.example.org" not in text_of(client.get(LEARNING))


@pytest.mark.parametrize(("days", "shown"), [(500, False), (2, False), (1, True), (0, True)])
def test_the_link_to_join_shows_from_the_day_before(client, reader, now, days, shown):
    network = a_network(meetings=1)
    a_registration(network, reader)
    network.meetings.update(join_url="https://meet.example.org/1", modality="online")
    meeting = network.meetings.own().get()
    go_to(meeting.starts_at - timedelta(days=days), now, client, reader)
    for url in (LEARNING, reverse("learning_network", args=[network.slug])):
        page = text_of(client.get(url))
        assert ("meet.example.org" in page, "appears here the day before" in page) == (shown, not shown)


def test_a_missed_meeting_is_not_the_next_and_can_be_taken_back(client, reader, now):
    network = a_network(meetings=2)
    a_registration(network, reader)
    first = network.meetings.own().earliest("starts_at")
    url = reverse("miss_meeting", args=[first.uid])
    assert "You keep your seat in the network" in text_of(client.post(url, follow=True))
    assert client.get(LEARNING).context["next"].meeting.title == "Meeting 2"
    assert "see you on" in text_of(client.post(url, {"come": "1"}, follow=True))
    assert client.get(LEARNING).context["next"].meeting == first


def test_miss_meeting_of_a_network_one_is_not_in_is_a_404(client, reader):
    meeting = a_meeting(a_network())
    assert client.post(reverse("miss_meeting", args=[meeting.uid])).status_code == 404
    assert client.post(reverse("miss_meeting", args=[uuid.uuid4()])).status_code == 404


def test_hours_below_the_minimum_are_no_pdps_yet(client, reader, now):
    network = provided(meetings=5)
    registration = a_registration(network, reader)
    meetings = list(network.meetings.own().order_by("starts_at"))
    attended(registration, meetings[0])
    attended(registration, meetings[1], minutes=105, reason="rounded")
    group = a_group(network, title="Remote learning")
    working = a_meeting(network, on=date(2020, 10, 14), working_group=group, title="Working group")
    attended(registration, working, minutes=150, reason="rounded", source="lead")
    attended(registration, meetings[2], seen="absent", reason="absent")
    go_to(meetings[4].starts_at - timedelta(days=2), now, client, reader)
    page = text_of(client.get(reverse("learning_network", args=[network.slug])))
    assert "7.25 of 10 hours, no PDPs yet" in page
    assert "Attend one more meeting in full (Feb 3), and you&#x27;ll have the 10 hours" in page
    assert "Working group: Remote learning" in page
    assert "left at 10:45 a.m." in page
    assert "marked by the group lead, 150 of 180 minutes" in page
    assert "Absent" in page
    assert "not marked yet" in page
    assert "up to 3" in page


def test_hours_above_the_minimum_are_pdps(client, reader, now):
    network = provided(meetings=4)
    registration = a_registration(network, reader)
    for meeting in network.meetings.own():
        attended(registration, meeting)
    go_to(NOW + timedelta(days=365), now, client, reader)
    page = text_of(client.get(reverse("learning_network", args=[network.slug])))
    assert "12 hours, 12 PDPs" in page
    assert "Attended: 12 hours" in page
    assert "once attendance is complete" in page


def test_a_network_that_lacks_a_provider_speaks_of_hours_of_attendance(client, reader, now):
    network = a_network(meetings=4)
    first = network.meetings.own().earliest("starts_at")
    attended(a_registration(network, reader), first)
    go_to(first.ends_at, now, client, reader)
    page = text_of(client.get(LEARNING))
    assert "3 hours of attendance" in page
    assert "PDP" not in page


def test_the_open_evaluation_is_the_next_step(client, reader, now):
    network = provided(meetings=1)
    attended(a_registration(network, reader), network.meetings.own().get())
    an_evaluation(network)
    go_to(NOW + timedelta(days=5), now, client, reader)
    text = text_of(client.get(LEARNING))
    first_card = text[text.index("One thing is missing") :].split("</section>")[0]
    assert reverse("evaluation", args=[network.slug]) in first_card
    assert "Your confirmation of attendance is waiting for the network evaluation" in first_card
    assert text.count(reverse("evaluation", args=[network.slug])) == 1
    documents = text_of(client.get(reverse("my_documents", args=[network.slug])))
    assert reverse("evaluation", args=[network.slug]) in documents
    page = text_of(client.get(reverse("learning_network", args=[network.slug])))
    assert "Answer the network evaluation by Mon, Sep 28, 2020" in page


def test_who_waits_sees_the_place_in_line_and_no_buttons_of_the_seated(client, reader):
    network = a_network(seats=0)
    a_registration(network)
    a_registration(network, reader)
    page = text_of(client.get(LEARNING))
    assert "You're number 2 in line" in page
    assert "Leave the waitlist" in page
    assert "I can't come" not in page


def test_my_learning_always_shows_the_place_in_line(client, reader):
    a_registration(a_network(), reader)
    full = a_network(seats=0)
    a_registration(full, reader)
    page = text_of(client.get(LEARNING))
    assert "Next meeting" in page
    assert "You're number 1 in line" in page


def test_leaving_is_asked_first_and_hours_stay(client, reader, now):
    network = a_network(meetings=2)
    registration = a_registration(network, reader)
    first = network.meetings.own().earliest("starts_at")
    attended(registration, first)
    go_to(first.ends_at, now, client, reader)
    url = reverse("leave_network", args=[network.slug])
    assert "Leave this network?" in text_of(client.get(url))
    assert Registration.objects.get().is_seated
    page = text_of(client.post(url, follow=True))
    assert "ve left" in page
    assert "3 hours of attendance" in page
    assert "already" in text_of(client.post(url, follow=True))


def test_one_network_of_somebody_else_is_a_404(client, reader):
    network = a_network()
    a_registration(network)
    for name in ("learning_network", "leave_network", "choose_group"):
        assert client.get(reverse(name, args=[network.slug])).status_code == 404


def test_choose_group_keeps_the_choice_and_says_when_it_is_full(client, reader):
    network = a_network()
    group, full = a_group(network, title="Equity"), a_group(network, title="Full one", places=0)
    registration = a_registration(network, reader)
    assert "Full one" in text_of(client.get(reverse("choose_group", args=[network.slug])))
    assert "Every place in this group is taken." in text_of(client.get(full.get_absolute_url()))
    page = client.post(reverse("group_join", args=[full.uid]), follow=True)
    assert "This working group is full. Choose another one." in text_of(page)
    client.post(reverse("group_join", args=[group.uid]))
    assert registration.group_memberships.get().working_group == group
    assert "Working group: Equity" in text_of(client.get(LEARNING))


def a_course(person):
    network = provided(meetings=2)
    registration = a_registration(network, person)
    for meeting in network.meetings.own():
        attended(registration, meeting)
    a_group(network)
    return network


def test_my_learning_of_30_networks_takes_the_queries_of_1(client, reader, django_assert_num_queries):
    a_course(reader)
    client.get(LEARNING)
    with CaptureQueriesContext(connection) as one:
        client.get(LEARNING)
    for _each in range(29):
        a_course(reader)
    with django_assert_num_queries(len(one)):
        page = client.get(LEARNING)
    assert len(page.context["current"]) == 29


def test_a_network_of_30_meetings_takes_the_queries_of_1(client, reader, django_assert_num_queries):
    network = provided(meetings=1)
    registration = a_registration(network, reader)
    attended(registration, network.meetings.own().get())
    url = reverse("learning_network", args=[network.slug])
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for step in range(29):
        attended(registration, a_meeting(network, on=date(2020, 10, 15) + timedelta(days=step)))
    with django_assert_num_queries(len(one)):
        client.get(url)


def nine_hours(reader, **group_fields):
    """Somebody with nine of ten hours, of whom all that is ahead is a meeting of their group."""
    network = provided(meetings=3)
    registration = a_registration(network, reader)
    for meeting in network.meetings.own():
        attended(registration, meeting)
    group = a_group(network, title="Robotics", **group_fields)
    registration.group_memberships.create(working_group=group, joined_at=NOW)
    return a_meeting(network, on=date(2021, 5, 26), working_group=group, title="Robotics")


@pytest.mark.parametrize("same_topic", [True, False])
def test_nobody_is_promised_points_by_a_group_on_another_topic(client, reader, now, same_topic):
    ahead = nine_hours(reader, same_topic=same_topic)
    go_to(ahead.starts_at - timedelta(days=2), now, client, reader)
    page = text_of(client.get(reverse("learning_network", args=[ahead.network.slug])))
    promises = [
        "Attend one more meeting in full",
        "Steps to your certificate",
        "Download the certificate",
        "up to 3",
    ]
    assert [words in page for words in promises] == [same_topic] * 4


def test_nobody_is_promised_points_by_a_meeting_that_they_cannot_come_to(client, reader, now):
    ahead = nine_hours(reader)
    go_to(ahead.starts_at - timedelta(days=2), now, client, reader)
    client.post(reverse("miss_meeting", args=[ahead.uid]))
    page = text_of(client.get(LEARNING))
    assert "one more meeting" not in page
    assert "You can still get there if you can come after all on May 26." in page


def test_two_meetings_at_the_same_time_promise_no_hour_twice(client, reader, now):
    ahead = nine_hours(reader)
    Attendance.objects.filter(meeting__title="Meeting 3").delete()
    ahead.network.meetings.filter(title="Meeting 3").delete()
    a_meeting(ahead.network, on=ahead.on, title="At the same time")
    go_to(ahead.starts_at - timedelta(days=2), now, client, reader)
    assert "You can no longer reach the 10 hours" in text_of(client.get(LEARNING))


def test_documents_that_can_be_had_are_the_next_step(client, reader, now):
    network = a_network(meetings=1, asks_evaluation=False)
    meeting = network.meetings.own().get()
    attended(a_registration(network, reader), meeting)
    completing.complete_attendance(meeting, by=SWEEP, at=meeting.ends_at)
    go_to(meeting.ends_at + timedelta(days=1), now, client, reader)
    text = text_of(client.get(LEARNING))
    first_card = text[text.index("One thing is missing") :].split("</section>")[0]
    assert "Your confirmation of attendance is ready" in first_card
    assert reverse("my_documents", args=[network.slug]) in first_card
    issuing.issue(registration=reader.registrations.get(), kind="attendance", by=SWEEP, at=meeting.ends_at)
    assert "One thing is missing" not in text_of(client.get(LEARNING))


def test_the_private_calendar_address_stands_in_a_fold(client, reader):
    a_registration(a_network(), reader)
    text = text_of(client.get(LEARNING))
    before, after = text.split("Show my private calendar address")
    assert 'value="http' not in before
    assert "<details" in before[-60:]
    assert 'value="http' in after


def test_who_walked_in_is_asked_to_finish_the_registration(client, reader):
    network = a_network()
    baker.make("meetings.Commitment", network=network)
    registration = a_registration(network, reader, origin="walk_in")
    url = reverse("complete_registration", args=[network.slug])
    assert url in text_of(client.get(LEARNING))
    Registration.objects.filter(pk=registration.pk).update(origin="web")
    assert url not in text_of(client.get(LEARNING))
