"""Two people at once on PostgreSQL: two who write the minutes, two who close one item."""

import pytest

from meetings.gathering.domain import action_items, minutes
from meetings.gathering.exceptions import ItemClosed, MinutesChanged
from meetings.models import ActionItem, Minutes
from tests import factories
from tests.meetings.gathering.rows import AT, an_item
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT_ONCE = 6


@pytest.fixture
def meeting():
    factories.a_partnership()
    return factories.a_network().meetings.get()


@pytest.fixture
def staff():
    return [factories.a_staff_member() for _number in range(AT_ONCE)]


def saves(meeting, number, by):
    words = {"text": f"Line {number}.", "decisions": ""}
    return lambda: minutes.save_minutes(meeting, words=words, seen=0, by=by, at=AT)


def test_without_the_check_all_but_one_of_those_who_write_at_once_would_be_lost(meeting, staff):
    """The fault: rows that are written without asking what the page began from."""

    def writes(number):
        return lambda: Minutes.objects.filter(meeting=meeting).update(text=f"Line {number}.")

    Minutes.objects.create(meeting=meeting)
    at_once([writes(number) for number in range(AT_ONCE)])
    kept = Minutes.objects.get().text
    assert [f"Line {number}." in kept for number in range(AT_ONCE)].count(True) == 1


def test_of_those_who_write_at_once_one_saves_and_the_others_are_told(meeting, staff):
    outcomes = at_once([saves(meeting, number, by) for number, by in enumerate(staff)])
    assert sum(isinstance(one, Minutes) for one in outcomes) == 1
    assert sum(isinstance(one, MinutesChanged) for one in outcomes) == AT_ONCE - 1
    saved = Minutes.objects.get()
    assert (saved.revision, saved.edits.get().text) == (1, saved.text)


def test_of_those_who_close_at_once_one_does_and_the_others_hear_who(meeting, staff):
    item = an_item(meeting)
    outcomes = at_once([lambda by=by: action_items.close(item, by=by, at=AT) for by in staff])
    assert sum(isinstance(one, ActionItem) for one in outcomes) == 1
    assert sum(isinstance(one, ItemClosed) for one in outcomes) == AT_ONCE - 1
    assert item.changes.filter(to_status="done").count() == 1


def test_done_and_dropped_at_once_is_one_of_the_two(meeting, staff):
    item = an_item(meeting)
    ways = zip(("done", "dropped"), staff, strict=False)
    outcomes = at_once(
        [lambda to=to, by=by: action_items.close(item, to=to, by=by, at=AT) for to, by in ways]
    )
    item.refresh_from_db()
    assert sum(isinstance(one, ItemClosed) for one in outcomes) == 1
    assert [one.to_status for one in item.changes.all()] == ["open", item.state]
