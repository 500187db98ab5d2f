"""Two people write one agenda at once: nothing is lost, and each line stands once."""

import random
from datetime import time
from uuid import uuid4

import pytest
from django.db import OperationalError

from meetings.gathering.domain import agenda
from meetings.gathering.domain.agenda import Words, agenda_of
from meetings.gathering.domain.layout import moved
from meetings.gathering.exceptions import AgendaRefused
from meetings.models import AgendaItem, Meeting
from meetings.planning.domain import moving
from tests.factories import NOW, SWEEP, a_meeting, a_network, an_agenda_item
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ACT = {"by": SWEEP, "at": NOW}


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


def places(meeting):
    return list(meeting.agenda_items.values_list("place", flat=True))


def test_the_fault_two_who_read_before_either_writes_give_one_place_to_two_items(meeting):
    one, _two, three = (an_agenda_item(meeting, title=f"{n}", place=n) for n in (1, 2, 3))
    pairs = [(f"item-{three.uid}", f"item-{one.uid}"), (f"item-{one.uid}", f"item-{three.uid}")]
    seen = [agenda_of(Meeting.objects.get(pk=meeting.pk)) for _pair in pairs]
    for now, (name, before) in zip(seen, pairs, strict=True):
        agenda._write(now, moved(now.lines, now.line(name), before=now.line(before)), **ACT)
    assert sorted(places(meeting)) == [1, 1, 2]


def test_of_two_moves_at_once_the_second_sees_the_first(meeting):
    one, _two, three = (an_agenda_item(meeting, title=f"{n}", place=n) for n in (1, 2, 3))
    pairs = [(f"item-{three.uid}", f"item-{one.uid}"), (f"item-{one.uid}", f"item-{three.uid}")]
    at_once([lambda pair=pair: agenda.move(meeting, pair[0], before=pair[1], **ACT) for pair in pairs])
    assert places(meeting) == [1, 2, 3]


def test_moves_adds_and_removals_at_once_leave_every_item_once(meeting):
    items = [an_agenda_item(meeting, title=f"{n}", place=n, minutes=5) for n in range(1, 9)]
    names = [f"item-{one.uid}" for one in items]
    targets = random.Random(11).choices(names, k=len(names))
    moves = [
        lambda name=name, before=before: agenda.move(meeting, name, before=before, **ACT)
        for name, before in zip(names, targets, strict=True)
    ]
    adds = [
        lambda: agenda.add_item(meeting, Words("New", 5), uid=uuid4(), at=NOW),
        lambda: agenda.add_break(meeting, 10, seen=0, **ACT),
    ]
    removals = [lambda: agenda.remove(meeting, names[0], **ACT)] * 2
    outcomes = at_once([*moves, *adds, *removals])
    assert [
        one for one in outcomes if isinstance(one, Exception) and not isinstance(one, AgendaRefused)
    ] == []
    assert sorted(meeting.agenda_items.values_list("title", flat=True)) == [*"2345678", "New"]
    assert places(meeting) == list(range(1, 9))
    assert meeting.breaks.count() == 1


def test_a_form_sent_twice_at_once_adds_one_item(meeting):
    uid = uuid4()
    at_once([lambda: agenda.add_item(meeting, Words("Talk", 5), uid=uid, at=NOW)] * 4)
    assert AgendaItem.objects.count() == 1


def test_a_meeting_is_moved_while_its_breaks_are_and_nobody_waits_for_ever(meeting):
    an_agenda_item(meeting, minutes=30)
    agenda.add_break(meeting, 10, seen=0, **ACT)
    rest = f"break-{meeting.breaks.get().pk}"
    wanted = moving.rescheduled(start_time=time(10), end_time=time(13))
    outcomes = at_once(
        [
            lambda: moving.change_meetings([meeting], wanted, **ACT),
            lambda: agenda.change_break(meeting, rest, 20, **ACT),
        ]
    )
    assert [one for one in outcomes if isinstance(one, OperationalError)] == []
    meeting.refresh_from_db()
    assert (meeting.start_time, meeting.breaks.get().start_time) == (time(10), time(10, 30))
