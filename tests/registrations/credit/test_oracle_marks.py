"""What all marks of a person in the database count, against the oracle (docs/rules.md 2.5, 6.1, 6.6)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.models import Break, Meeting
from registrations.credit.domain.deriving import derive
from registrations.credit.domain.rules import rule_of
from registrations.credit.domain.sessions import session_of
from registrations.models import CreditRule, Evidence, Registration
from tests.factories import NOW, a_group, a_meeting, a_network, a_person, a_registration
from tests.registrations.credit.oracle_marks import count_marks

pytestmark = pytest.mark.django_db
AFTER = datetime(2021, 6, 2, 15, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
USUAL = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
MAKE_UP = "make_up"
HAND = ["staff", "lead", "all_present", "walk_in", "sheet"]
# One mark by hand and one of each device stand at most; reports are as many as were imported.
KINDS = st.tuples(
    st.one_of(st.none(), st.sampled_from(HAND)),
    st.lists(st.just("import"), max_size=2),
    st.lists(st.sampled_from(["kiosk", "self", MAKE_UP]), max_size=3, unique=True),
).map(lambda kinds: [kind for kind in (kinds[0], *kinds[1], *kinds[2]) if kind])
moments = st.integers(-20, 200)


@st.composite
def marks_at_one_meeting(draw):
    return [
        {
            "source": kind,
            "absent": kind in HAND and draw(st.booleans()) and draw(st.booleans()),
            "span": sorted(draw(st.lists(moments, min_size=2, max_size=2, unique=True))),
            "out": sorted(draw(st.tuples(moments, moments))),
            "minutes": draw(st.integers(1, 200)),
            "presenting": kind in HAND and draw(st.booleans()),
        }
        for kind in draw(KINDS)
    ]


@pytest.fixture
def network(db):
    """Five meetings: two of the network at once, one group on its topic and one on another, one apart."""
    network = a_network(meetings=0)
    first = a_meeting(network)
    Break.objects.create(meeting=first, start_time=time(10, 15), minutes=15)
    a_meeting(network, start_time=time(11), end_time=time(13))
    other = a_group(network, same_topic=False)
    a_meeting(network, working_group=other, start_time=time(10), end_time=time(11, 30))
    a_meeting(network, working_group=a_group(network), start_time=time(12), end_time=time(13, 30))
    a_meeting(network, on=date(2020, 12, 8), counts=False)
    return network


@pytest.fixture
def registrations(network):
    """One person who gave up a seat and came back."""
    person = a_person()
    gone = a_registration(network, person)
    Registration.objects.filter(pk=gone.pk).update(status=Registration.Status.WITHDRAWN)
    return [gone, a_registration(network, person)]


def write_mark(meeting, registration, mark):
    """Write one mark as its kind has it: an interval, an absence, or minutes of make-up work."""
    fields = {"source": mark["source"], "seen": "present", "by_name": "Staff", "at": NOW}
    if mark["source"] == MAKE_UP:
        return Evidence(meeting=meeting, registration=registration, minutes=mark["minutes"], **fields)
    if mark["absent"]:
        return Evidence(meeting=meeting, registration=registration, **{**fields, "seen": "absent"})
    start, end = (meeting.starts_at + number * MINUTE for number in mark["span"])
    out, back = (meeting.starts_at + number * MINUTE for number in mark["out"])
    away = [[max(start, out).isoformat(), min(end, back).isoformat()]]
    return Evidence(
        meeting=meeting,
        registration=registration,
        arrived_at=start,
        left_at=end,
        away=away if max(start, out) < min(end, back) else [],
        presenting=mark["presenting"],
        **fields,
    )


def figures(row):
    return (row.minutes_attended, row.minutes_counted, row.minutes_other_topic, row.minutes_made_up)


def figures_of_oracle(credit):
    exact = (credit.attended, credit.counted, credit.other_topic, credit.made_up)
    return tuple(int(number) for number in exact)


def agree(network, rule):
    """What is derived for the one person of ``network`` is what the oracle counts by the same marks."""
    meetings = list(Meeting.objects.order_by("starts_at", "pk"))
    marks = {meeting.pk: list(Evidence.objects.filter(meeting=meeting)) for meeting in meetings}
    expected = count_marks([(session_of(meeting), marks[meeting.pk]) for meeting in meetings], rule)
    rows = {row.meeting_id: row for row in derive(network, rule, at=AFTER).wanted.values()}
    assert set(rows) == {pk for pk, written in marks.items() if written}
    for meeting, credit in zip(meetings, expected, strict=True):
        if meeting.pk in rows:
            row = rows[meeting.pk]
            assert figures(row) == figures_of_oracle(credit), meeting
            assert row.presenting == credit.presenting


YEARS = st.lists(st.tuples(marks_at_one_meeting(), marks_at_one_meeting()), min_size=5, max_size=5)


@settings(max_examples=25, **USUAL)
@given(year=YEARS, number=st.integers(0, 12))
def test_marks_of_every_kind_count_as_the_rule_book_says(network, registrations, year, number):
    Evidence.objects.all().delete()
    meetings = Meeting.objects.order_by("starts_at", "pk")
    Evidence.objects.bulk_create(
        write_mark(meeting, registration, mark)
        for meeting, both in zip(meetings, year, strict=True)
        for registration, marks in zip(registrations, both, strict=True)
        for mark in marks
    )
    versions = list(CreditRule.objects.all())
    agree(network, rule_of(network, versions[number % len(versions)]))
