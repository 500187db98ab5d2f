"""Hours of a group on a topic of its own, and the reasons that stand on documents."""

import io
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from meetings.planning.domain import counting
from registrations.attendance.domain import attendance
from registrations.credit.domain import issuing
from registrations.credit.domain.credit_offers import minutes_given, offer_of
from registrations.credit.domain.readiness import readiness_of_person
from registrations.credit.domain.rules import HOURS_ONLY
from registrations.credit.domain.sessions import session_of
from registrations.models import Attendance, Document
from tests.factories import SWEEP, a_coordinator, a_group, a_meeting, a_network, a_registration
from tests.registrations.credit.stories import JUNE, an_awarding_network
from tests.registrations.desk.setup_page import as_shown

pytestmark = pytest.mark.django_db


def seen(registration, meeting, **how):
    attendance.mark_attendance(
        registration=registration, meeting=meeting, **{"seen": "present", **how}, by=SWEEP, at=JUNE
    )


@pytest.fixture
def registration(private_files):
    """Somebody who was at two meetings, at one of them for half of it, and at a group's on another topic."""
    network = an_awarding_network()
    group = a_group(network, title="Robotics", same_topic=False, topic="Robots in elementary school")
    a_meeting(network, on=date(2020, 10, 14), working_group=group, start_time=time(12), end_time=time(15))
    registration = a_registration(network)
    network.evaluation.completions.create(registration=registration, completed_on=JUNE.date())
    first, second = network.meetings.own().order_by("starts_at")[:2]
    seen(registration, first, left=first.starts_at + timedelta(minutes=100))
    seen(registration, second, arrived=second.starts_at + timedelta(minutes=40))
    seen(registration, group.meetings.get())
    return registration


def issued(registration):
    return issuing.issue(registration=registration, kind="attendance", by=SWEEP, at=JUNE)


def test_hours_on_another_topic_count_beside_the_total(registration):
    row = Attendance.objects.get(meeting__working_group__isnull=False)
    assert (row.minutes_counted, row.minutes_other_topic, row.reason) == (0, 180, "other_topic")
    assert readiness_of_person(registration.network, registration.person, at=JUNE).minutes_counted == 225


def test_a_confirmation_has_a_line_a_topic(client, registration):
    document = issued(registration)
    lines = [(one["topic"], one["hours"]) for one in document.snapshot["topics"]]
    assert lines == [("leading the 2016 STE standards", "3.75"), ("Robots in elementary school", "3.00")]
    with document.pdf.open() as file:
        text = " ".join(PdfReader(io.BytesIO(file.read())).pages[0].extract_text().split())
    assert "Total on Robots in elementary school 3.00" in text.replace("\u200b", "")
    page = client.get(reverse("verified", args=[document.code])).content.decode()
    assert "Total on Robots in elementary school" in page


def test_a_confirmation_of_one_topic_has_one_total(registration):
    Attendance.objects.filter(meeting__working_group__isnull=False).delete()
    assert issued(registration).snapshot["topics"] == []


def test_another_topic_of_the_group_has_the_confirmation_reviewed(client, registration):
    issued(registration)
    client.force_login(a_coordinator().user)
    address = reverse("network_edit", args=[registration.network.slug])
    client.post(address, as_shown(client.get(address).context["page"], **{"groups-0-topic": "Drones"}))
    reason = Document.objects.to_be_reviewed().get().review_reason
    assert reason == "The topic of the group “Robotics” was changed; the total is the same."


def test_each_meeting_that_counts_less_than_it_lasted_has_its_reason(registration):
    document = issued(registration)
    reasons = [row["reason"] for row in document.snapshot["meetings"]]
    assert reasons == ["time attended, in full quarter hours", "", "time attended, in full quarter hours"]
    with document.pdf.open() as file:
        text = " ".join(PdfReader(io.BytesIO(file.read())).pages[0].extract_text().split())
    assert "Wed, Oct 14, 2020; Tue, Dec 8, 2020: time attended" in text.replace("\u200b", "")


def test_a_meeting_that_another_one_shortens_says_so():
    network = a_network()
    beside = a_meeting(
        network, on=date(2020, 10, 14), working_group=a_group(network), start_time=time(11), end_time=time(14)
    )
    registration = a_registration(network)
    for meeting in network.meetings.all():
        seen(registration, meeting)
    row = Attendance.objects.get(meeting=beside)
    assert (row.minutes_counted, row.minutes_scheduled, row.reason) == (120, 180, "elsewhere")


def test_forgiven_minutes_of_one_meeting_count_at_no_other():
    network = a_network()
    beside = a_meeting(
        network, on=date(2020, 10, 14), working_group=a_group(network), start_time=time(11), end_time=time(14)
    )
    registration, main = a_registration(network), network.meetings.own().get()
    seen(registration, main, left=main.ends_at - timedelta(minutes=10))
    seen(registration, beside)
    assert sum(Attendance.objects.values_list("minutes_counted", flat=True)) == 300


def test_an_offer_counts_no_minute_twice_and_nothing_that_does_not_count():
    network = a_network()
    group = a_group(network)
    beside = a_meeting(network, working_group=group, start_time=time(11), end_time=time(14))
    off = a_meeting(network, on=date(2020, 12, 8), counts=False)
    sessions = [session_of(meeting) for meeting in (network.meetings.own().first(), beside, off)]
    assert minutes_given(sessions, HOURS_ONLY) == [180, 120, 0]
    offer = offer_of(sessions, HOURS_ONLY)
    assert (offer.own_minutes, offer.group_minutes) == (180, 120)


def test_the_page_of_a_network_promises_nothing_of_a_meeting_that_does_not_count(client):
    network = an_awarding_network()
    with counting.watched(network, at=JUNE):
        network.meetings.update(counts=False)
    client.force_login(a_coordinator().user)
    page = client.get(reverse("network_edit", args=[network.slug]))
    assert page.context["forecast"].own_minutes == 0


def test_several_intervals_at_a_meeting_stand_on_the_document(registration):
    last = registration.network.meetings.own().order_by("starts_at")[2]
    ten, eleven = (last.starts_at + timedelta(hours=hours) for hours in (1, 2))
    seen(registration, last, away=[(ten, eleven)])
    document = issued(registration)
    row = document.snapshot["meetings"][-1]
    assert row["attended"] == "9:00 a.m. to 10:00 a.m., 11:00 a.m. to 12 noon ET"
    with document.pdf.open() as file:
        text = " ".join(PdfReader(io.BytesIO(file.read())).pages[0].extract_text().split())
    assert row["attended"] in text.replace("\u200b", "")
