"""The local day of a moment: at the partnership's own place, or in another zone."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from partners.models import Partnership, Signature, is_over, local_day, partnership_asked_once
from partners.prospects.domain import prospects
from tests.factories import SWEEP, a_mou, a_part, a_partnership, an_organization

pytestmark = pytest.mark.django_db
EVENING = datetime(2020, 10, 15, 0, 30, tzinfo=UTC)  # 8:30 p.m. on October 14 in New York
TODAY = date(2020, 10, 14)
ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kolkata", "UTC")


@pytest.fixture
def here():
    return a_partnership(zone="America/New_York")


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (None, TODAY),
        ("America/New_York", TODAY),
        (ZoneInfo("America/Los_Angeles"), TODAY),
        ("UTC", date(2020, 10, 15)),
    ],
    ids=str,
)
def test_the_evening_belongs_to_the_day_that_people_have(here, zone, day):
    assert local_day(EVENING, zone) == day


@given(
    at=st.datetimes(datetime(2020, 3, 1), datetime(2020, 12, 1), timezones=st.just(UTC)),
    days=st.integers(-2, 2),
    zone=st.sampled_from(ZONES),
)
@given_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
def test_a_day_is_over_when_the_next_has_come_there(here, at, days, zone):
    Partnership.objects.update(zone=zone)
    day = at.date() + timedelta(days=days)
    assert is_over(day, at=at) == (local_day(at) > day)


def test_far_from_the_day_the_zone_is_not_asked_for(here, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [is_over(TODAY + timedelta(days=days), at=EVENING) for days in (-2, 2)] == [True, False]


def test_a_request_asks_for_the_zone_once(here, django_assert_num_queries):
    with partnership_asked_once(), django_assert_num_queries(1):
        assert {local_day(EVENING) for _time in range(3)} == {TODAY}


def test_the_next_request_sees_another_zone(here):
    with partnership_asked_once():
        local_day(EVENING)
    Partnership.objects.update(zone="UTC")
    with partnership_asked_once():
        assert local_day(EVENING) == date(2020, 10, 15)


def test_who_becomes_a_partner_in_the_evening_is_one_since_that_day(here):
    organization = an_organization(stage="drafting")
    prospects.advance(organization, to="partner", by=SWEEP, at=EVENING)
    organization.refresh_from_db()
    assert organization.partner_since == TODAY


def test_who_is_asked_in_the_evening_of_the_day_is_due_on_it(here):
    part = a_part(a_mou(parts_due_on=TODAY), at=EVENING)
    assert part.due == TODAY


def test_who_is_asked_to_sign_in_the_evening_of_the_day_is_to_sign_by_it(signature):
    Partnership.objects.update_or_create(defaults={"zone": "America/New_York"})
    signature.document.sign_by = TODAY
    signature.asked_at = EVENING
    assert signature.due_on == TODAY
    assert Signature(document=signature.document, asked_at=EVENING + timedelta(hours=4)).due_on is None


@pytest.mark.parametrize("app", ["stemnet", "partners", "meetings", "registrations"])
def test_every_local_day_is_asked_for_by_the_one_function(app):
    in_utc_or_by_hand = re.compile(r"localdate\(|astimezone\([^\n]*\)\.date\(\)|\b(at|\w+_at)\.date\(\)")
    root = Path(settings.BASE_DIR) / app
    files = [
        path for path in root.rglob("*.py") if path.parent.name != "migrations"
    ]  # they call no code of ours
    found = [str(path) for path in files if in_utc_or_by_hand.search(path.read_text())]
    allowed = {"partners/models/people/local_time.py", "registrations/management/demo/massachusetts.py"}
    assert {str(Path(path).relative_to(settings.BASE_DIR)) for path in found} - allowed == set()
