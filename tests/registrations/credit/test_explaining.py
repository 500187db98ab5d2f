"""Hours explained in sentences: each reason under each rule, with the figures that are stored."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.models import Meeting
from registrations.credit.documents import render_document
from registrations.credit.domain import explaining, snapshots
from registrations.credit.domain.credits import MeetingCredit, Reason, Rule, Session, count_meeting
from registrations.credit.domain.deriving import one_attendance
from registrations.credit.domain.explaining import meeting_sentences, time_words
from registrations.credit.domain.explaining_totals import total_sentences
from registrations.credit.domain.intervals import Interval, union
from registrations.credit.domain.readiness import readiness_of_person
from registrations.credit.domain.summing import total
from registrations.models import Evidence, Seen, Source
from stemnet import wording
from tests.registrations.credit.snapshots import a_snapshot
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.credit.test_documents import text_of

START = datetime(2020, 10, 14, 13, tzinfo=UTC)  # 9:00 a.m. in New York
END = START + timedelta(hours=3)
BREAK = (START + timedelta(minutes=60), START + timedelta(minutes=75))
RULE = Rule()


def at(minute):
    return START + timedelta(minutes=minute)


def explained(*spans, rule=RULE, made_up=0, presenting=False, elsewhere=(), status=Seen.PRESENT, **session):
    """What is said of somebody seen at ``spans``, in minutes after the start; and the row that is stored."""
    meeting = Meeting(
        title="Opening", on=date(2020, 10, 14), zone="America/New_York", starts_at=START, ends_at=END
    )
    there = union(Interval(at(start), at(end)) for start, end in spans)
    credit = count_meeting(
        Session(window=(START, END), breaks=[BREAK], **session),
        there,
        rule,
        presenting=presenting,
        elsewhere=[(at(start), at(end)) for start, end in elsewhere],
        made_up=made_up,
    )
    marks = [Evidence(seen=status, source=Source.STAFF, by_name="Bo", registration_id=1)]
    if made_up:
        work = {"minutes": made_up, "by_name": "Anna Desk", "registration_id": 1}
        marks.append(Evidence(seen=Seen.PRESENT, source=Source.MAKE_UP, **work))
    row = one_attendance(meeting, marks, there, credit, at=END)
    return meeting_sentences(row, meeting, rule), row


QUARTERS = replace(RULE, session_rounding="nearest")
HALVES = replace(RULE, session_increment_min=30)
EXACT = replace(RULE, session_increment_min=0)
NO_BREAKS = replace(RULE, count_breaks=False)
TWICE = replace(RULE, presenter_multiplier=Decimal(2))


@pytest.mark.parametrize(
    ("how", "reason", "said"),
    [
        ({"spans": [(0, 180)]}, "full", "That is the whole meeting: 3 hours counted."),
        (
            {"spans": [(8, 180)]},
            "full",
            "You missed 8 minutes. Up to 10 minutes may be missed, so the whole meeting counts: 3 hours.",
        ),
        ({"spans": [(-8, 106)]}, "rounded", "Rounded down to full quarter hours, that is 1.75 hours."),
        (
            {"spans": [(0, 113)], "rule": QUARTERS},
            "rounded",
            "Rounded to the nearest quarter hour, that is 2 hours.",
        ),
        (
            {"spans": [(0, 113)], "rule": HALVES},
            "rounded",
            "Rounded down to full half hours, that is 1.5 hours.",
        ),
        ({"spans": [(0, 93)], "rule": EXACT}, "rounded", "1.55 hours counted."),
        (
            {"spans": [(0, 60)]},
            "too_short",
            "That is less than 50 percent of the meeting's 3 hours, so no hours count.",
        ),
        (
            {"spans": [(61, 70)], "rule": NO_BREAKS},
            "breaks",
            "You were there only during breaks, so no hours count.",
        ),
        (
            {"spans": [(0, 180)], "elsewhere": [(0, 180)]},
            "elsewhere",
            "All of this time counts at another meeting that was held at the same time.",
        ),
        (
            {"spans": [(0, 180)], "elsewhere": [(0, 60)]},
            "elsewhere",
            "The time that you spent at another meeting counts there. What is left counts here: 2 hours.",
        ),
        (
            {"spans": [(0, 150)], "elsewhere": [(0, 60)]},
            "rounded",
            "Part of this time counts at another meeting. Rounded down to full quarter hours, that is 1.5",
        ),
        (
            {"spans": [(0, 180)], "presenting": True},
            "presented",
            "Presenting doesn't count as taking part",
        ),
        (
            {"spans": [(0, 180)], "group": 1, "rule": replace(RULE, include_working_groups=False)},
            "groups_excluded",
            "Working groups don't count under this rule, so no hours count.",
        ),
        (
            {"spans": [(0, 180)], "counts": False},
            "not_counted",
            "The hours of this meeting don't count in this network.",
        ),
        (
            {"spans": [(0, 180)], "group": 1, "same_topic": False},
            "other_topic",
            "The working group is on another topic, so its 3 hours count on that topic.",
        ),
    ],
)
def test_each_reason_has_its_sentence(how, reason, said):
    spans = how.pop("spans")
    sentences, row = explained(*spans, **how)
    assert (row.reason, sentences[-1][: len(said)]) == (reason, said)


def test_no_reason_is_left_unsaid():
    row = explained((0, 180))[1]
    for reason in Reason:
        row.reason = reason
        assert explaining.outcome_words(row, RULE)


def test_all_steps_in_their_order():
    assert explained((-8, 105))[0] == [
        "You were seen from 8:52 a.m. to 10:45 a.m.",
        "The meeting began at 9:00 a.m. So 1 hour 45 minutes lie inside it.",
        "Rounded down to full quarter hours, that is 1.75 hours.",
    ]


def test_several_times_breaks_and_make_up_work_are_said():
    sentences, _row = explained((0, 65), (90, 200), rule=NO_BREAKS, made_up=15)
    assert sentences == [
        "You were seen from 9:00 a.m. to 10:05 a.m. and from 10:30 a.m. to 12:20 p.m.",
        "The meeting ended at 12 noon. Breaks of 15 minutes don't count, so the meeting has 2 hours "
        "45 minutes. So 2 hours 30 minutes lie inside it.",
        "Added: make-up work, 15 minutes, approved by Anna Desk. Together, that is 2 hours 45 minutes.",
        "That is the whole meeting: 2.75 hours counted.",
    ]


def test_who_was_absent_who_presented_and_who_only_made_up_for_it():
    assert explained(status=Seen.ABSENT)[0] == ["You were marked as absent, so no hours count."]
    presented = explained((0, 180), presenting=True, rule=TWICE)[0]
    assert presented[1] == "You presented at this meeting."
    assert presented[-1] == "A presenter's hours count 2 times towards PDPs."
    assert explained(made_up=180)[0] == [
        "Added: make-up work, 180 minutes, approved by Anna Desk. Together, that is 3 hours.",
        "That is the whole meeting: 3 hours counted.",
    ]


def credit(minutes, **fields):
    return MeetingCredit(
        minutes_scheduled=Fraction(180),
        minutes_attended=Fraction(minutes),
        minutes_counted=Fraction(minutes),
        reason=Reason.ROUNDED,
        **fields,
    )


@pytest.mark.parametrize(
    ("minutes", "rule", "said"),
    [
        (540, RULE, "No PDPs yet: they start at 10 hours on one topic. You have 9 of 10 hours."),
        (630, RULE, "The rule gives one PDP an hour, which makes 10.5 PDPs."),
        (
            640,
            RULE,
            "The rule gives one PDP an hour; rounded down in steps of 0.5 PDPs, that is 10.5 PDPs.",
        ),
        (
            640,
            replace(RULE, total_rounding="nearest", total_increment=Decimal(1)),
            "The rule gives one PDP an hour; rounded to the nearest 1 PDP, that is 11 PDPs.",
        ),
        (
            900,
            replace(RULE, cap=Decimal(12)),
            "The rule gives one PDP an hour, but no more than 12 PDPs.",
        ),
        (540, replace(RULE, unit_label=""), "They are confirmed as 9 hours of attendance."),
        (
            600,
            replace(RULE, suspended="Reporting is suspended."),
            "The rule gives one PDP an hour, which makes 10 PDPs. Reporting is suspended.",
        ),
    ],
)
def test_the_total_says_what_the_rule_gives(minutes, rule, said):
    sentences = total_sentences(total([credit(minutes)], rule), {}, awards=True)
    assert sentences[0] == f"All meetings together: {wording.hours_phrase(minutes)}."
    assert " ".join(sentences).endswith(said)


def test_other_topics_rounding_up_and_presenting_are_said_with_the_total():
    rounded_up = total([credit(600, minutes_rounded_up=Fraction(7))], QUARTERS)
    said = " ".join(total_sentences(rounded_up, {"Waves": 90}, awards=True))
    assert "On the topic “Waves”: another 1.5 hours." in said
    assert "Rounding up added 0.11 hours of these" in said
    presented = total([credit(600, presenting=True)], TWICE)
    assert "10 hours presented, 20 PDPs" in " ".join(total_sentences(presented, {}, awards=True))
    assert total_sentences(presented, {}, awards=False)[-1] == "They are confirmed as 10 hours of attendance."


spans = st.lists(
    st.tuples(st.integers(-60, 240), st.integers(1, 200)).map(lambda one: (one[0], one[0] + one[1])),
    max_size=4,
)
rules = st.builds(
    Rule,
    count_breaks=st.booleans(),
    session_grace_min=st.integers(0, 20),
    session_min_percent_for_any_credit=st.sampled_from([0, 25, 50, 80, 100]),
    session_increment_min=st.sampled_from([0, 1, 15, 20, 30, 60]),
    session_rounding=st.sampled_from(["down", "nearest"]),
    include_working_groups=st.booleans(),
    presenter_multiplier=st.sampled_from([Decimal(0), Decimal(1), Decimal(2)]),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spans, rules, st.integers(0, 200), st.booleans(), spans, st.booleans(), st.sampled_from([None, 1]))
def test_the_figures_said_are_those_stored(seen, rule, made_up, presenting, elsewhere, same_topic, group):
    sentences, row = explained(
        *seen,
        rule=rule,
        made_up=made_up,
        presenting=presenting,
        elsewhere=elsewhere,
        group=group,
        same_topic=same_topic,
    )
    said = " ".join(sentences)
    if row.minutes_counted:
        assert wording.hours_phrase(row.minutes_counted) in said
    else:
        nothing = ("no hours count", "0 hours", "at another meeting", "don't count in", "on that topic")
        assert any(words in said for words in nothing)
    if row.arrived_at and not explaining.is_whole(row):
        assert time_words(row.minutes_attended - row.minutes_made_up) in said
    if row.minutes_made_up:
        assert f"{row.minutes_made_up} minute" in said


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["pdp", "attendance"])
def test_a_document_says_the_same_sentences_on_a_page_of_its_own(kind):
    registration = a_participant(an_awarding_network())
    readiness = readiness_of_person(registration.network, registration.person, at=JUNE)
    common = snapshots.said_by_all(registration.network)
    snapshot = snapshots.take_snapshot(
        readiness, kind=kind, number="2021-000001", code="7KQM4HZD92XWTP3C", at=JUNE, common=common
    )
    seen = readiness.attendances[0]
    sentences = meeting_sentences(seen, seen.meeting, readiness.course.rule)
    assert snapshot["explained"][0]["text"] == " ".join(sentences)
    text = " ".join(text_of(render_document(snapshot)).split())
    assert "How your hours were worked out" in text
    assert "All meetings together: 15 hours. The rule gives one PDP an hour, which makes 15 PDPs." in text


def test_a_document_of_before_has_no_annex():
    assert "How your hours" not in text_of(render_document(a_snapshot()))
