"""Who presents at a meeting: marked at the desk, and counted as the rule says."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from meetings.planning.domain import moving
from registrations.attendance.domain import attendance, completing
from registrations.credit.domain import issuing
from registrations.credit.domain.exporting import export
from registrations.credit.domain.readiness import readiness_of_person
from registrations.credit.exports import MEETINGS
from registrations.models import Attendance, CreditRule, Evidence
from tests.factories import SWEEP, a_network, a_registration, a_staff_member, a_user
from tests.markup import tight
from tests.registrations.credit.stories import JUNE, an_awarding_network

pytestmark = pytest.mark.django_db
AFTER = datetime(2020, 10, 14, 17, tzinfo=UTC)


@pytest.fixture
def registration():
    return a_registration(an_awarding_network(asks_evaluation=False), a_user().person)


def present(registration, *, meetings: int = 1, **more) -> None:
    """Everyone was there from start to end."""
    for meeting in registration.network.meetings.own()[:meetings]:
        attendance.mark_attendance(
            registration=registration, meeting=meeting, seen="present", by=SWEEP, at=JUNE, **more
        )


def with_multiplier(times: str) -> None:
    CreditRule.objects.filter(code="MA-PDP").update(presenter_multiplier=Decimal(times))


def counted(registration) -> tuple[Decimal, Decimal]:
    total = readiness_of_person(registration.network, registration.person, at=JUNE).total
    return Decimal(int(total.hours)), total.units


@pytest.mark.parametrize(
    ("times", "hours", "units"), [("0", 12, "12"), ("1", 15, "15"), ("2", 15, "18"), ("0.5", 15, "13.5")]
)
def test_hours_of_presenters_count_as_often_as_the_rule_says(registration, times, hours, units):
    with_multiplier(times)
    present(registration, presenting=True)
    for meeting in registration.network.meetings.own()[1:5]:
        attendance.mark_attendance(
            registration=registration, meeting=meeting, seen="present", by=SWEEP, at=JUNE
        )
    assert counted(registration) == (hours, Decimal(units))


def test_under_the_rule_of_massachusetts_presenting_gives_no_hours(registration):
    present(registration, presenting=True)
    row = Attendance.objects.get()
    assert (row.minutes_attended, row.minutes_counted, row.reason) == (180, 0, "presented")


def test_nobody_presents_who_is_absent(registration):
    meeting = registration.network.meetings.own().first()
    attendance.mark_attendance(
        registration=registration, meeting=meeting, seen="absent", presenting=True, by=SWEEP, at=JUNE
    )
    assert not Evidence.objects.get().presenting
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(presenting=True)


def test_that_somebody_presented_is_a_correction_with_a_reason(registration):
    present(registration)
    present(registration, presenting=True, reason="Held the workshop")
    old, new = Evidence.objects.order_by("pk")
    assert (old.replaced_by, old.presenting, new.presenting) == (new, False, True)


def test_a_meeting_that_moves_keeps_who_presented(registration):
    present(registration, presenting=True)
    meeting = registration.network.meetings.own().first()
    moving.change_meetings(
        [meeting], moving.rescheduled(on=meeting.on.replace(day=15)), by=SWEEP, at=JUNE, reason="Typed wrong"
    )
    assert Attendance.objects.get().presenting


def shown(client, registration) -> str:
    with time_machine.travel(JUNE, tick=False):
        client.force_login(registration.person.user)
        page = client.get(reverse("learning_network", args=[registration.network.slug]))
    return " ".join(page.content.decode().split())


def test_my_learning_says_why_presenting_gives_no_hours(client, registration):
    present(registration, presenting=True)
    assert "180 of 180 minutes: presenting doesn&#x27;t count as taking part" in shown(client, registration)


def test_my_learning_says_that_presenting_counts_twice(client, registration):
    with_multiplier("2")
    present(registration, presenting=True)
    assert "180 of 180 minutes: presented, which counts twice towards PDPs" in shown(client, registration)


def test_a_certificate_says_that_presenting_counts_twice(registration):
    with_multiplier("2")
    present(registration, meetings=4, presenting=True)
    for meeting in registration.network.meetings.own():
        completing.complete_attendance(meeting, by=SWEEP, at=JUNE)
    snapshot = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE).snapshot
    assert (snapshot["total"], snapshot["rate"]) == ("12 hours, 24 PDPs", "")
    assert {row["reason"] for row in snapshot["meetings"]} == {"presented, which counts twice towards PDPs"}


def test_the_export_says_who_presented(registration):
    present(registration, presenting=True)
    made = export(registration.network, at=JUNE)
    row = next(row for place, row in made.rows if place == MEETINGS)
    assert (row[9], row[13], row[14]) == ("Presented", 0, "presenting doesn't count as taking part")


@pytest.fixture
def desk(client):
    """The desk of a meeting on its day, with somebody to mark."""
    network = a_network()
    registration = a_registration(network)
    meeting = network.meetings.own().get()
    client.force_login(a_staff_member().user)
    with time_machine.travel(AFTER, tick=False):
        yield reverse("staff_mark", args=[meeting.uid, registration.uid])


def test_staff_mark_somebody_as_presenting(client, desk):
    client.post(desk, {"seen": "present", "presenting": "on"})
    assert Evidence.objects.get().presenting
    page = client.get(desk, follow=True).content.decode()
    assert "<span>presenting" in page
    assert 'name="presenting" checked' in tight(page)


def test_correcting_the_times_keeps_or_takes_back_the_presenting_that_is_sent(client, desk):
    client.post(desk, {"seen": "present", "presenting": "on"})
    client.post(desk, {"seen": "present", "left": "11:30", "presenting": "on", "reason": "Left early"})
    assert Attendance.objects.get().presenting
    client.post(desk, {"seen": "present", "left": "11:30", "reason": "Marked by mistake"})
    assert not Attendance.objects.get().presenting
