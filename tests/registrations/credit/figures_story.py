"""One network through a year of acts in any order, and what must hold after each of them."""

import contextlib
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from meetings.planning.domain import breaks, counting, moving
from meetings.planning.domain.breaks import BreakPlan
from partners.merging.domain import merging
from partners.merging.exceptions import MergeRefused
from partners.models import Merge, Person
from registrations.attendance.domain import attendance, taking_back
from registrations.credit.domain import (
    changing_rule,
    demonstrating,
    deriving,
    figures,
    issuing,
    replacing,
    reviewing,
    tabs,
    versions,
)
from registrations.credit.domain.readiness import course_of, readiness_in
from registrations.credit.domain.rules import rule_of
from registrations.models import (
    BY_HAND,
    Attendance,
    CreditRule,
    Document,
    EvaluationCompletion,
    Evidence,
    Registration,
)
from registrations.seats.domain import groups, seats, withdrawing
from stemnet.exceptions import Refused
from tests.factories import NOW, SWEEP, a_coordinator, a_group, a_meeting, a_person, a_registration
from tests.registrations.credit.stories import an_awarding_network

AT = datetime(2021, 4, 20, 15, 0, tzinfo=UTC)  # four of five meetings were held
MINUTE = timedelta(minutes=1)
CODES = ["MA-PDP", "CEU", "TX-CPE", None, "WA-CLOCK", "IL-CLOCK", "NY-CTLE"]
ACTS = [
    "mark",
    "mark_part",
    "mark_away",
    "mark_absent",
    "mark_import",
    "present",
    "clear",
    "everyone",
    "cancel",
    "stand_again",
    "move_hours",
    "move_day",
    "shorten",
    "zone",
    "pause",
    "no_pause",
    "breaks_choice",
    "shares",
    "topic",
    "other_topic",
    "not_counted",
    "begin_version",
    "backdate_version",
    "change_rule",
    "merge",
    "undo_merge",
    "leave",
    "come_back",
    "group",
    "demonstrate",
    "take_back",
    "require",
    "issue",
    "issue_all",
    "revoke",
    "reissue",
    "keep",
]


class Story:
    """A network of five meetings, a group that meets beside two of them, and three people."""

    def __init__(self):
        self.network = an_awarding_network()
        self.group = a_group(self.network)
        for on in (date(2020, 10, 14), date(2020, 12, 8)):
            a_meeting(
                self.network, on=on, working_group=self.group, start_time=time(11), end_time=time(14, 30)
            )
        self.people = [a_person() for _each in range(3)]
        self.by = a_coordinator()
        for person in self.people:
            registration = a_registration(self.network, person)
            EvaluationCompletion.objects.create(
                evaluation=self.network.evaluation, registration=registration, completed_on=AT.date()
            )

    def act(self, name, number):
        with contextlib.suppress(Refused), transaction.atomic():
            getattr(self, f"do_{name}")(number)
        self.network.refresh_from_db()

    def meeting(self, number):
        held = self.network.meetings.filter(starts_at__lte=AT).order_by("pk")
        return held[number % held.count()]

    def person(self, number):
        person = Person.objects.get(pk=self.people[number % 3].pk)
        return person.merged_into or person

    def registration(self, number):
        mine = self.network.registrations.filter(person=self.person(number)).order_by("-pk")
        return mine[number % mine.count()] if number % 2 else mine[0]

    def mark(self, number, **how):
        attendance.mark_attendance(
            registration=self.registration(number),
            meeting=self.meeting(number // 3),
            **{"seen": "present", "reason": "looked again", **how},
            by=SWEEP,
            at=AT,
        )

    def do_mark(self, number):
        self.mark(number, presenting=number % 5 == 0)

    def do_mark_part(self, number):
        start = self.meeting(number // 3).starts_at
        self.mark(number, arrived=start + number * MINUTE, left=start + (100 + number) * MINUTE)

    def do_mark_away(self, number):
        start = self.meeting(number // 3).starts_at
        self.mark(number, away=[(start + 30 * MINUTE, start + (40 + number) * MINUTE)])

    def do_mark_absent(self, number):
        self.mark(number, seen="absent")

    def do_mark_import(self, number):
        start = self.meeting(number // 3).starts_at
        self.mark(number, source="import", arrived=start + 20 * MINUTE, left=start + (25 + number) * MINUTE)

    def do_present(self, number):
        for each in range(5):
            with contextlib.suppress(Refused), transaction.atomic():
                self.mark(number % 3 + 3 * each)

    def do_clear(self, number):
        taking_back.clear_mark(
            registration=self.registration(number),
            meeting=self.meeting(number // 3),
            by=SWEEP,
            at=AT,
            reason="slip",
        )

    def do_everyone(self, number):
        attendance.mark_all_present(meeting=self.meeting(number), by=SWEEP, at=AT)

    def change(self, number, wanted):
        moving.change_meetings([self.meeting(number)], wanted, by=SWEEP, at=AT, reason="corrected")

    def do_cancel(self, number):
        self.change(number, moving.cancelled())

    def do_stand_again(self, number):
        self.change(number, moving.rescheduled(on=self.meeting(number).on))

    def do_move_hours(self, number):
        meeting = self.meeting(number)
        start, end = (
            time(one.hour + number % 3, one.minute) for one in (meeting.start_time, meeting.end_time)
        )
        follow = bool(number % 2)
        self.change(number, moving.rescheduled(start_time=start, end_time=end, typed_follow=follow))

    def do_move_day(self, number):
        self.change(number, moving.rescheduled(on=self.meeting(number).on - timedelta(days=1)))

    def do_shorten(self, number):
        self.change(number, moving.rescheduled(end_time=time(11 + number % 5, 30)))

    def do_zone(self, number):
        zone = ["America/New_York", "America/Chicago", "America/Los_Angeles"][number % 3]
        self.change(number, moving.rescheduled(zone=zone))

    def do_pause(self, number):
        with counting.watched(self.network, at=AT):
            start = time(self.meeting(number).start_time.hour + 1, 30)
            breaks.write(self.meeting(number), [BreakPlan(start, 15 + number)])

    def do_no_pause(self, number):
        with counting.watched(self.network, at=AT):
            breaks.write(self.meeting(number), [])

    def set(self, row, **columns):
        with counting.watched(self.network, at=AT):
            type(row).objects.filter(pk=row.pk).update(**columns)

    def do_breaks_choice(self, number):
        self.set(self.network, breaks_count=[None, True, False][number % 3])

    def do_shares(self, number):
        meeting = self.meeting(number)
        first = min(number + 1, meeting.minutes - 1)
        self.set(meeting, category_minutes=[["content", first], ["pedagogy", meeting.minutes - first]])

    def do_topic(self, _number):
        self.set(self.group, same_topic=True)

    def do_other_topic(self, _number):
        self.set(self.group, same_topic=False)

    def do_not_counted(self, number):
        meeting = self.meeting(number)
        self.set(meeting, counts=not meeting.counts)

    def do_require(self, number):
        self.set(self.network, requires_demonstration=number % 3 == 0)

    def do_begin_version(self, number):
        rule = versions.make_next("MA-PDP", effective_from=date(2020, 9 + number % 3, 1))
        CreditRule.objects.filter(pk=rule.pk).update(
            minimum=number % 12,
            session_grace_min=number,
            session_rounding=["down", "nearest"][number % 2],
            total_rounding=["nearest", "down"][number // 2 % 2],
            presenter_multiplier=number % 3,
            presenter_cap=[None, 2][number // 3 % 2],
        )
        figures.rules_may_have_changed(rule, because="A version began", at=AT)

    def do_backdate_version(self, _number):
        rule = CreditRule.objects.filter(code="MA-PDP").order_by("version").last()
        CreditRule.objects.filter(pk=rule.pk).update(effective_from=date(2020, 1, 1))
        figures.rules_may_have_changed(rule, because="A version was backdated", at=AT)

    def do_change_rule(self, number):
        code = CODES[number % len(CODES)]
        version = CreditRule.objects.filter(code=code).order_by("version").last() if code else None
        before = {one.person.pk: one.after for one in changing_rule.preview(self.network, version, at=AT)}
        changing_rule.change_rule(self.network, version, reason="the state said so", by=SWEEP, at=AT)
        self.network.refresh_from_db()
        after = {one.person.pk: one.total for one in self.weighed()}
        assert {key: changing_rule.figures(total) for key, total in before.items()} == {
            key: changing_rule.figures(after[key]) for key in before
        }

    def do_merge(self, number):
        kept, gone = self.person(number), self.person(number + 1)
        if kept != gone:
            merging.merge_people(kept=kept, gone=gone, take=set(), by=self.by, at=AT)

    def do_undo_merge(self, _number):
        merge = Merge.objects.filter(undone_at=None).order_by("-pk").first()
        if merge and merge.kept in {person.pk for person in self.people}:
            with contextlib.suppress(MergeRefused):
                merging.undo(merge, at=AT)

    def do_leave(self, number):
        mine = self.network.registrations.live().filter(person=self.person(number)).first()
        if mine:
            withdrawing.leave_network(mine, by=SWEEP, at=AT)

    def do_come_back(self, number):
        a_registration(self.network, self.person(number), at=NOW)

    def do_group(self, number):
        groups.choose_group(self.registration(number), self.group if number % 2 else None, at=AT)

    def do_demonstrate(self, number):
        demonstrating.accept_demonstration(
            registration=self.registration(number), by=SWEEP, at=AT, reason="a lesson plan"
        )

    def do_take_back(self, number):
        demonstrating.take_back_demonstration(
            registration=self.registration(number), by=SWEEP, at=AT, reason="another person's"
        )

    def do_issue(self, number):
        issuing.issue_ready(registration=self.registration(number), by=SWEEP, at=AT)

    def do_issue_all(self, _number):
        list(issuing.issue_all([one for one in self.weighed() if one.ready], by=SWEEP, at=AT))

    def document(self, number):
        documents = Document.objects.valid().filter(network=self.network).order_by("pk")
        return documents[number % documents.count()] if documents else None

    def do_revoke(self, number):
        if document := self.document(number):
            replacing.revoke(document=document, reason="misprint", by=SWEEP, at=AT)

    def do_reissue(self, number):
        if document := self.document(number):
            replacing.reissue(document=document, reason="corrected", by=SWEEP, at=AT)

    def do_keep(self, number):
        if document := self.document(number):
            reviewing.let_document_stand(document=document, reason="agreed", by=SWEEP, at=AT)

    def weighed(self):
        return reviewing.weighed(reviewing.course_of(self.network, at=AT))


def check(story):
    """What holds after every act."""
    check_stored_equals_derived(story.network)
    check_shares(story.network)
    check_the_clock(story.network)
    check_documents(story.network)
    check_tabs(story.network)


def check_tabs(network):
    """The database puts everyone into the tabs that they belong to by their readiness."""
    course = course_of(network, at=AT)
    everyone = readiness_in(course)
    wanted = {
        tabs.ALL: everyone,
        tabs.READY: [one for one in everyone if one.ready],
        tabs.WAITING: [one for one in everyone if one.reason],
        tabs.ISSUED: [one for one in everyone if one.documents],
        tabs.REVIEW: [one for one in everyone if any(d.to_be_reviewed_at for d in one.documents.values())],
    }
    for tab, people in wanted.items():
        assert list(tabs.people_of(course, tab)) == [one.person.pk for one in people]
    assert tabs.count_tabs(course) == {tab: len(people) for tab, people in wanted.items()}


def check_stored_equals_derived(network):
    rule = rule_of(network, CreditRule.objects.version_for(network))
    derived = deriving.derive(network, rule, at=AT)
    wanted, stored = (
        {key: deriving.figures_of_row(row) for key, row in rows.items()}
        for rows in (derived.wanted, derived.known)
    )
    assert stored == wanted
    seen = [(derived.people[registration], meeting) for registration, meeting in stored]
    assert len(seen) == len(set(seen))


def check_shares(network):
    """The minutes by category add up: as planned to the meeting, and for everybody to what counts."""
    for meeting in network.meetings.exclude(category_minutes=[]):
        assert sum(minutes for _code, minutes in meeting.category_minutes) == meeting.minutes
    for one in readiness_in(course_of(network, at=AT)):
        if one.course.rule.hours_by_category:
            assert sum(one.total.minutes_by_category.values()) == one.total.minutes_counted


def minutes_of(start, end):
    """The minutes of an interval as a set, without any arithmetic of ours."""
    return set(range(int(start.timestamp()) // 60, int(end.timestamp()) // 60))


def that_decide(marks):
    """By hand, else the machines that watch, else own phones."""
    by_hand = [mark for mark in marks if mark.source in BY_HAND]
    watched = [mark for mark in marks if mark.source in ("import", "kiosk")]
    return by_hand or watched or [mark for mark in marks if mark.source == "self"]


def minutes_seen(marks):
    found = set()
    for mark in that_decide(marks):
        if mark.seen == "present":
            found |= minutes_of(mark.arrived_at, mark.left_at)
            for left, back in mark.away:
                found -= minutes_of(datetime.fromisoformat(left), datetime.fromisoformat(back))
    return found


def one_by_one(marks):
    """What was seen of a person at a meeting: of each mark that decides, together."""
    return set().union(*(minutes_seen([mark]) for mark in that_decide(marks)))


def check_the_clock(network):
    rule = rule_of(network, CreditRule.objects.version_for(network))
    marks = Evidence.objects.standing().filter(meeting__network=network).select_related("registration")
    rows = Attendance.objects.filter(meeting__network=network).select_related("registration", "meeting")
    clock, earned = {}, {}
    for row in rows:
        person, meeting = row.registration.person_id, row.meeting
        mine = [m for m in marks if (m.registration.person_id, m.meeting_id) == (person, meeting.pk)]
        there = one_by_one(mine) & minutes_of(meeting.starts_at, meeting.ends_at)
        if not rule.count_breaks:
            there -= set().union(*(minutes_of(*one.span) for one in meeting.breaks.all()))
        assert row.minutes_attended == len(there)
        assert not meeting.is_cancelled
        clock[person] = clock.get(person, set()) | minutes_of(meeting.starts_at, meeting.ends_at)
        earned[person] = earned.get(person, 0) + row.minutes_counted
    for person, minutes in earned.items():
        assert minutes <= len(clock[person])


def check_documents(network):
    compared = reviewing.compare(network, people=None, at=AT)
    valid = Document.objects.valid().filter(network=network)
    assert {document.pk for document, _who, _now in compared} == set(valid.values_list("pk", flat=True))
    for document, _who, now in compared:
        assert bool(document.to_be_reviewed_at) != reviewing.agrees(document, now)
        assert bool(document.to_be_reviewed_at) == bool(document.review_reason)
        earned = Attendance.objects.filter(
            registration__in=Registration.objects.filter(network=network, person=document.person),
            meeting__status="scheduled",
        )
        minutes = sum(earned.values_list("minutes_counted", flat=True))
        same = minutes == document.snapshot["minutes_counted"]
        assert same or document.to_be_reviewed_at or document.kept_as


def walk(acts):
    """Go through ``acts``, checking after each."""
    story = Story()
    for name, number in acts:
        story.act(name, number)
        check(story)
    return seats.lock_network(story.network)
