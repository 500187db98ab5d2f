"""Pages, exports and documents of networks that go by other rules than that of Massachusetts."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from meetings.models import Network
from registrations.attendance.domain import attendance, completing
from registrations.credit.domain import issuing
from registrations.credit.domain.exporting import export
from registrations.credit.domain.forecasting import forecast
from registrations.credit.domain.sessions import standing_sessions
from registrations.credit.exports import MEETINGS
from registrations.models import CreditRule, Registration
from tests.factories import SWEEP, a_group, a_meeting, a_network, a_registration, a_user
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = pytest.mark.django_db


def a_rule(code: str, **figures: Any) -> CreditRule:
    plain = {"name": code, "unit_label": code, "unit_label_plural": f"{code}s"}
    return CreditRule.objects.create(code=code, effective_from=date(2012, 7, 1), **{**plain, **figures})


def a_strict_network() -> Network:
    """Three quarters of a meeting at least, in half hours."""
    a_rule("STRICT", session_min_percent_for_any_credit=75, session_increment_min=30)
    return an_awarding_network(credit_code="STRICT", asks_evaluation=False)


def stayed(registration: Registration, *minutes: int) -> None:
    """Came on time to the first meetings and stayed so long."""
    for meeting, length in zip(registration.network.meetings.own(), minutes, strict=False):
        attendance.mark_attendance(
            registration=registration,
            meeting=meeting,
            seen="present",
            left=meeting.starts_at + timedelta(minutes=length),
            by=SWEEP,
            at=meeting.ends_at,
        )


def shown(client, registration: Registration, name: str = "learning_network") -> str:
    with time_machine.travel(JUNE, tick=False):
        client.force_login(registration.person.user)
        page = client.get(reverse(name, args=[registration.network.slug]))
    return " ".join(page.content.decode().split())


@pytest.fixture
def strict():
    registration = a_registration(a_strict_network(), a_user().person)
    stayed(registration, 130, 160, 180)
    return registration


def test_my_learning_says_the_figures_of_the_rule(client, strict):
    page = shown(client, strict)
    assert "130 of 180 minutes: less than three quarters of the meeting, so no hours count" in page
    assert "160 of 180 minutes: time attended, in full half hours" in page


def test_the_export_says_the_figures_of_the_rule(strict):
    rows = [row for place, row in export(strict.network, at=JUNE).rows if place == MEETINGS]
    assert [row[14] for row in rows[:3]] == [
        "less than three quarters of the meeting, so no hours count",
        "time attended, in full half hours",
        "",
    ]


def test_a_confirmation_says_the_figures_of_the_rule(strict):
    for meeting in strict.network.meetings.all():
        completing.complete_attendance(meeting, by=SWEEP, at=JUNE)
    document = issuing.issue(registration=strict, kind="attendance", by=SWEEP, at=JUNE)
    reasons = [row["reason"] for row in document.snapshot["meetings"]]
    assert reasons == [
        "less than three quarters of the meeting, so no hours count",
        "time attended, in full half hours",
        "",
    ]


def test_ten_hours_are_one_ceu_on_the_certificate():
    registration = a_participant(an_awarding_network(credit_code="CEU"), attended=4)
    snapshot = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE).snapshot
    assert (snapshot["units"], snapshot["total"]) == ("1.2", "12 hours, 1.2 CEUs")
    assert snapshot["rate"] == "one CEU for 10 hours"


def test_a_certificate_is_called_after_its_unit():
    registration = a_participant(an_awarding_network(credit_code="CEU"))
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    assert str(document) == f"CEU certificate {document.number}"


def test_half_an_hour_is_never_said_to_be_of_a_tenth_of_an_hour(client):
    registration = a_registration(an_awarding_network(credit_code="CEU"), a_user().person)
    page = shown(client, registration)
    assert "the minimum of 0.1 CEUs" in page
    assert "Attend: 0 of 0.1 CEUs" in page


def test_the_ring_is_full_where_the_units_begin(client):
    registration = a_participant(an_awarding_network(credit_code="CEU"), attended=1, person=a_user().person)
    page = shown(client, registration)
    assert "Attended: 3 hours" in page
    assert "3 hours, 0.3 CEUs" in page


def test_the_public_page_says_the_rule(client):
    network = an_awarding_network(credit_code="TX-CPE", asks_evaluation=False)
    page = client.get(network.get_absolute_url()).content.decode()
    assert "One hour of attendance is one CPE hour, from the first hour." in page


def test_groups_are_not_promised_where_they_do_not_count(client):
    a_rule("ALONE", include_working_groups=False)
    network = an_awarding_network(credit_code="ALONE", asks_evaluation=False)
    a_meeting(network, working_group=a_group(network), on=date(2020, 10, 15))
    page = " ".join(client.get(network.get_absolute_url()).content.decode().split())
    assert "15 hours in five meetings." in page


def test_the_forecast_takes_the_multiplier_into_account():
    rule = a_rule("HALF", minimum_basis="units", multiplier=Decimal("1.5"), minimum=Decimal(30))
    network = an_awarding_network(credit_code=rule.code, asks_evaluation=False)
    found = forecast(
        network, standing_sessions(network.meetings.all()), code=rule.code, today=date(2020, 9, 1)
    )
    assert found.warnings == [
        "These dates give 15 hours at most, and HALFs start at 20 hours: nobody can earn any. "
        "Plan more or longer meetings, or choose no credit rule."
    ]


def test_a_certificate_with_a_cap_says_so_and_gives_no_rate():
    rule = a_rule("CAPPED", cap=Decimal(12))
    registration = a_participant(an_awarding_network(credit_code=rule.code))
    snapshot = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE).snapshot
    assert (snapshot["total"], snapshot["rate"]) == ("15 hours, 12 CAPPEDs: no more can be earned", "")


@pytest.mark.parametrize(
    ("hours", "group", "warnings"),
    [
        (
            [3, 3, 3, 3],
            0,
            [
                "Anyone who misses even one of the 4 meetings falls short of the 10 hours that PDPs require. "
                "Plan one more meeting, or longer ones."
            ],
        ),
        (
            [3, 3, 3, 3],
            1,
            [
                "Anyone who misses even one of the 4 meetings reaches the 10 hours that PDPs require "
                "only with a working group."
            ],
        ),
        (
            [2, 2, 6, 2],
            0,
            [
                "Anyone who misses one of the longer meetings falls short of the 10 hours that PDPs require. "
                "Plan one more meeting, or longer ones."
            ],
        ),
        ([3, 3, 3, 3, 3], 0, []),
    ],
)
def test_the_forecast_says_where_nobody_may_miss_a_meeting(hours, group, warnings):
    network = a_network(meetings=0, asks_evaluation=False)
    team = a_group(network)
    for step, length in enumerate(hours):
        on = date(2020, 10, 1 + step)
        a_meeting(network, on=on, start_time=time(9), end_time=time(9 + length))
        if group:
            a_meeting(network, on=on, working_group=team, start_time=time(16), end_time=time(16 + group))
    sessions = standing_sessions(network.meetings.all())
    assert forecast(network, sessions, code="MA-PDP", today=date(2020, 9, 1)).warnings == warnings
