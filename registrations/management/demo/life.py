"""What happened in the demo's networks: who registered, who came, who answered; through the domain only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import cycle

from meetings.models import Meeting, Network, WorkingGroup
from partners.models import Person, Sweep, acted
from registrations.attendance.domain import attendance, completing, making_up
from registrations.credit.domain.figures import figures_may_have_changed
from registrations.evaluation.domain import asking_evaluation, evaluating
from registrations.models import (
    EvaluationRequest,
    Evidence,
    GroupMembership,
    Registration,
    Reminder,
    Seen,
    Source,
)
from registrations.models.seats.reminder import Offset
from registrations.seats.domain import reminders_due, reminding, seats
from registrations.seats.domain.invited import tell_partners
from registrations.seats.domain.reminders_due import Due

SWEEP = Sweep("demo")
Came = tuple[int, int] | None  # minutes late and early; None is absent
# How people come to five meetings (docs/rules.md 2.6).
PATTERNS: list[list[Came]] = [
    [(0, 0)] * 5,
    [(0, 0)] * 5,
    [(0, 0), (0, 0), None, (0, 0), (0, 0)],
    [(0, 0), (0, 75), (0, 0), (0, 0), (0, 0)],
    [(30, 0), (0, 0), (0, 0), (0, 0), (0, 0)],
    [(0, 0), None, (0, 0), None, (0, 0)],
    [(8, 0), (0, 0), (0, 0), (0, 0), (0, 0)],
    [(0, 0), (0, 0), (120, 0), None, None],
]
EDUCATOR: list[Came] = [(0, 0), (0, 75), (0, 0), None, (0, 0)]


def join_groups(registrations: Iterable[Registration], groups: list[WorkingGroup], *, at: datetime) -> None:
    """Put people into the working groups in turn."""
    GroupMembership.objects.bulk_create(
        GroupMembership(registration=registration, working_group=group, joined_at=at)
        for registration, group in zip(registrations, cycle(groups), strict=False)
    )


def attend(meeting: Meeting, came: Sequence[tuple[Registration, Came]], *, by: Person) -> None:
    """Mark these people at one meeting, half an hour after it, and work out what counts."""
    attend_many([(meeting, came)], by=by)


def attend_many(rounds: Sequence[tuple[Meeting, Sequence[tuple[Registration, Came]]]], *, by: Person) -> None:
    """Mark people at meetings of one network, half an hour after each, and work out once what counts."""
    marks = [
        a_mark(meeting, registration, how, by=by, at=meeting.ends_at + timedelta(minutes=30))
        for meeting, came in rounds
        for registration, how in came
    ]
    if not marks:
        return
    Evidence.objects.bulk_create(marks)
    last = marks[-1]
    figures_may_have_changed(
        seats.lock_network(last.registration.network),
        because="attendance was marked",
        at=last.at,
        meetings=[meeting.pk for meeting, _came in rounds],
        people={mark.registration.person_id for mark in marks},
    )
    for meeting, came in rounds:
        tell_partners(meeting, [registration.pk for registration, _how in came], at=last.at)


def a_mark(meeting: Meeting, registration: Registration, came: Came, *, by: Person, at: datetime) -> Evidence:
    """Return one mark of staff, which nothing stands before: minutes late and early, or absent."""
    attendance.check_markable(registration, meeting, by=by)
    seen, (late, early) = (Seen.ABSENT, (0, 0)) if came is None else (Seen.PRESENT, came)
    arrived, left = meeting.starts_at + timedelta(minutes=late), meeting.ends_at - timedelta(minutes=early)
    arrived_at, left_at = attendance.interval(meeting, seen, arrived, left)
    return Evidence(
        meeting=meeting,
        registration=registration,
        source=Source.STAFF,
        seen=seen,
        arrived_at=arrived_at,
        left_at=left_at,
        at=at,
        **acted(by),
    )


def ways(registrations: list[Registration], *, educator: Person) -> list[tuple[Registration, list[Came]]]:
    """Return how each came to five meetings."""
    return [
        (registration, EDUCATOR if registration.person_id == educator.pk else pattern)
        for registration, pattern in zip(registrations, cycle(PATTERNS), strict=False)
    ]


def attend_all(
    meetings: Iterable[Meeting], ways: list[tuple[Registration, list[Came]]], *, by: Person
) -> None:
    """Mark everyone at the first meetings of a network, in their order, as their pattern says."""
    attend_many(
        [
            (meeting, [(registration, way[number % 5]) for registration, way in ways])
            for number, meeting in enumerate(meetings)
        ],
        by=by,
    )


def present_at(meeting: Meeting, registration: Registration, *, by: Person) -> None:
    """Let one person present at a meeting; staff say so the day after."""
    attendance.mark_attendance(
        registration=registration,
        meeting=meeting,
        seen=Seen.PRESENT,
        presenting=True,
        by=by,
        at=meeting.ends_at + timedelta(days=1),
        reason="Led the workshop",
    )


def make_up_for(meeting: Meeting, registration: Registration, *, minutes: int, by: Person) -> None:
    """Let one person make up for a part of a meeting two weeks later; staff approve it the day after."""
    done_on = meeting.on + timedelta(days=14)
    making_up.approve_make_up(
        registration=registration,
        meeting=meeting,
        minutes=minutes,
        done="Watched the recording and sent an action plan",
        done_on=done_on,
        by=by,
        at=meeting.ends_at + timedelta(days=15),
    )


def attend_groups(network: Network, *, by: Person) -> None:
    """Mark the members of each working group at every second of its meetings."""
    memberships = GroupMembership.objects.filter(registration__network=network, left_at__isnull=True)
    members = defaultdict(list)
    for membership in memberships.select_related("registration__person").order_by("registration"):
        members[membership.working_group_id].append(membership.registration)
    meetings = network.meetings.filter(working_group__isnull=False).order_by("starts_at")
    rounds = [
        (meeting, [(one, (0, 30) if (number + one.pk) % 2 else None) for one in members[group]])
        for number, meeting in enumerate(meetings)
        if (group := meeting.working_group_id)
    ]
    attend_many(rounds, by=by)


def complete(network: Network, *, by: Person, until: datetime) -> None:
    """Say of every meeting that ended before ``until`` that its attendance is complete."""
    for meeting in network.meetings.standing().filter(ends_at__lte=until).order_by("starts_at"):
        completing.complete_attendance(meeting, by=by, at=meeting.ends_at + timedelta(hours=1))


def answers(number: int) -> dict[str, int | str]:
    """Return answers to the default questions, different enough to draw a picture."""
    scale = {str(question): 3 + (number * question) % 3 for question in range(1, 15)}
    return {**scale, "15": 3 + number % 3, "16": 6 + number % 5}


def remember_mail(network: Network, *, at: datetime) -> None:
    """Note that the mail about the evaluation and the documents of a past network went out at its time."""
    asking_evaluation.ask_who_attended(at=at)
    requests = EvaluationRequest.objects.filter(evaluation__network=network)
    requests.update(
        step=len(asking_evaluation.DAYS), mails=len(asking_evaluation.DAYS), mailed_at=at + timedelta(days=14)
    )
    network.registrations.update(told_of_documents=True, news_at=None)


def remember_reminders(*, at: datetime) -> None:
    """Note that reminders whose time has passed went out then, so that none is missed at the first sweep."""
    soon = at + timedelta(minutes=10)
    meetings = Meeting.objects.standing().filter(starts_at__gt=at, starts_at__lte=at + reminders_due.HORIZON)
    dues = [
        Due(meeting, offset, reminders_due.due_at(meeting, offset), until)
        for meeting in meetings
        for offset in Offset
        if (until := reminders_due.of_use_until(meeting, offset)) <= soon
    ]
    Reminder.objects.bulk_create(
        reminding.row_of(item, key="", at=item.due.due_at) for item in reminders_due.items(dues)
    )


def evaluate(registrations: Iterable[Registration], *, at: datetime) -> None:
    """Let these people answer the network evaluation, two a day."""
    for number, registration in enumerate(registrations):
        if evaluating.is_asked(registration):
            evaluating.answer_evaluation(
                registration=registration, answers=answers(number), at=at + timedelta(hours=12 * number)
            )
