"""The agenda: items in their order, breaks that the rule of credit knows, and what is refused."""

import uuid
from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction

from meetings.gathering.domain import agenda
from meetings.gathering.domain.agenda import Words, agenda_of
from meetings.gathering.exceptions import AgendaRefused, ItemEdited, LineGone
from meetings.models import AgendaItem, Meeting
from meetings.planning.domain import breaks
from meetings.planning.domain.breaks import BreakPlan
from meetings.planning.exceptions import PlanRefused
from meetings.planning.signals import counting_changed
from tests.factories import NOW, SWEEP, a_meeting, a_network

pytestmark = pytest.mark.django_db
ACT = {"by": SWEEP, "at": NOW}


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


def add(meeting, title="Welcome", minutes=15, **more):
    uid = more.pop("uid", uuid.uuid4())
    agenda.add_item(meeting, Words(title, minutes, **more), uid=uid, at=NOW)
    return AgendaItem.objects.get(uid=uid)


def said(meeting):
    """The agenda in short: each line with the minute that it begins at."""
    now = agenda_of(Meeting.objects.get(pk=meeting.pk))
    return [("Break" if one.is_break else str(now.row(one)), one.start) for one in now.lines]


def pauses(meeting):
    return list(meeting.breaks.values_list("start_time", "minutes"))


def name_of(row):
    return f"item-{row.uid}" if isinstance(row, AgendaItem) else f"break-{row.pk}"


def test_items_come_one_after_the_other_and_one_sent_twice_is_there_once(meeting):
    first = add(meeting)
    add(meeting, uid=first.uid)
    add(meeting, "Talk", 40)
    assert said(meeting) == [("Welcome", 0), ("Talk", 15)]


def test_a_break_of_the_agenda_is_the_break_that_hours_are_counted_by(meeting):
    heard = []
    counting_changed.connect(lambda **said: heard.append(said["network"]), weak=False, dispatch_uid="test")
    try:
        add(meeting, "Talk", 55)
        agenda.add_break(meeting, 10, seen=0, **ACT)
    finally:
        counting_changed.disconnect(dispatch_uid="test")
    assert pauses(meeting) == [(time(9, 55), 10)]
    assert heard == [meeting.network]


def test_a_break_of_the_plan_stands_in_the_agenda(meeting):
    breaks.write(meeting, [BreakPlan(time(10), 15)])
    add(meeting, "Talk", 40)
    add(meeting, "Groups", 60)
    assert said(meeting) == [("Talk", 0), ("Break", 60), ("Groups", 75)]


def test_a_break_follows_what_is_made_longer_before_it(meeting):
    talk = add(meeting, "Talk", 55)
    agenda.add_break(meeting, 10, seen=0, **ACT)
    kept = meeting.breaks.get().pk
    agenda.change_item(talk, Words("Talk", 60), edition=1, **ACT)
    assert pauses(meeting) == [(time(10), 10)]
    assert meeting.breaks.get().pk == kept


def test_lines_are_moved_before_others_and_twice_is_once(meeting):
    one, two, three = (add(meeting, title, 10) for title in ("One", "Two", "Three"))
    for _time in range(2):
        agenda.move(meeting, name_of(three), before=name_of(one), **ACT)
    assert said(meeting) == [("Three", 0), ("One", 10), ("Two", 20)]
    agenda.move(meeting, name_of(three), before="", **ACT)
    assert said(meeting) == [("One", 0), ("Two", 10), ("Three", 20)]
    agenda.move(meeting, name_of(two), before=name_of(two), **ACT)
    assert said(meeting)[1] == ("Two", 10)


def test_a_break_is_moved_with_its_time(meeting):
    one, _two = add(meeting, "One", 30), add(meeting, "Two", 30)
    agenda.add_break(meeting, 10, seen=0, **ACT)
    rest = meeting.breaks.get()
    agenda.move(meeting, name_of(rest), before=name_of(one), **ACT)
    assert pauses(meeting) == [(time(9), 10)]
    assert said(meeting) == [("Break", 0), ("One", 10), ("Two", 40)]


def test_what_was_removed_meanwhile_cant_be_moved_and_is_removed_once(meeting):
    one, two = add(meeting, "One", 30), add(meeting, "Two", 30)
    agenda.remove(meeting, name_of(one), **ACT)
    agenda.remove(meeting, name_of(one), **ACT)
    with pytest.raises(LineGone, match="Somebody else removed this while you had it open"):
        agenda.move(meeting, name_of(one), before="", **ACT)
    with pytest.raises(LineGone):
        agenda.move(meeting, name_of(two), before=name_of(one), **ACT)
    with pytest.raises(LineGone):
        agenda.change_item(one, Words("One", 20), edition=1, **ACT)
    assert said(meeting) == [("Two", 0)]


def test_of_two_who_change_one_item_the_second_reads_what_the_first_wrote(meeting):
    item = add(meeting, "Talk", 40)
    agenda.change_item(item, Words("Talk on waves", 40), edition=1, **ACT)
    with pytest.raises(ItemEdited, match="“Talk on waves”, 40 minutes"):
        agenda.change_item(item, Words("Talk on light", 30), edition=1, **ACT)
    agenda.change_item(item, Words("Talk on waves", 40), edition=1, **ACT)
    assert said(meeting) == [("Talk on waves", 0)]


def test_the_agenda_of_a_meeting_that_is_over_or_cancelled_stays(meeting):
    add(meeting)
    over = {"by": SWEEP, "at": meeting.ends_at}
    with pytest.raises(AgendaRefused, match="over, so its agenda stays as it was"):
        agenda.add_break(meeting, 10, seen=0, **over)
    Meeting.objects.update(status="cancelled")
    with pytest.raises(AgendaRefused, match="cancelled, so its agenda stays as it is"):
        agenda.move(meeting, "item-x", before="", **ACT)


def test_a_break_past_the_end_is_refused_and_nothing_changes(meeting):
    add(meeting, "Talk", 175)
    with pytest.raises(PlanRefused, match="is outside"), transaction.atomic():
        agenda.add_break(meeting, 10, seen=0, **ACT)
    assert pauses(meeting) == []


def test_an_agenda_is_copied_into_an_empty_one_with_its_breaks_once(meeting):
    add(meeting, "Talk", 30, note="Bring a task", presenter_name="Science faculty")
    agenda.add_break(meeting, 10, seen=0, **ACT)
    add(meeting, "Groups", 60, kind="groups")
    other = a_meeting(
        meeting.network, on=meeting.on + timedelta(days=28), start_time=time(13), end_time=time(15)
    )
    assert agenda.copy_from(other, meeting, **ACT) == 2
    assert said(other) == [("Talk", 0), ("Break", 30), ("Groups", 40)]
    assert pauses(other) == [(time(13, 30), 10)]
    assert other.agenda_items.values_list("note", "presenter_name")[0] == (
        "Bring a task",
        "Science faculty",
    )
    with pytest.raises(AgendaRefused, match="has items already"):
        agenda.copy_from(other, meeting, **ACT)
    assert AgendaItem.objects.filter(meeting=other).count() == 2


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"minutes": 721}, {"title": ""}])
def test_the_database_refuses_an_item_without_a_title_or_length(meeting, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(**{"meeting": meeting, "place": 1, "title": "Talk", "minutes": 10, **wrong})


def test_an_agenda_has_an_end(meeting):
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, place=number, title="One", minutes=1) for number in range(60)
    )
    with pytest.raises(AgendaRefused, match="60 items at most"):
        add(meeting)
