"""When each item of an agenda begins, and which breaks move with it."""

import random

from meetings.gathering.domain.layout import Line, laid_out, length, moved, settled


def items(*minutes):
    return [Line(key, one) for key, one in enumerate(minutes, start=1)]


def pause(start, minutes, key=1):
    return Line(key, minutes, is_break=True, start=start)


def said(lines):
    """Each line in short: what it is, and from when to when."""
    return [("break" if one.is_break else one.key, one.start, one.end) for one in lines]


def test_items_follow_one_another():
    assert said(laid_out(items(15, 40), [])) == [(1, 0, 15), (2, 15, 55)]


def test_an_item_that_would_run_into_a_break_begins_after_it():
    lines = laid_out(items(40, 60), [pause(55, 10)])
    assert said(lines) == [(1, 0, 40), ("break", 55, 65), (2, 65, 125)]
    assert lines[1].slack == 15


def test_a_break_directly_behind_an_item_follows_it():
    one, rest, two = laid_out(items(40, 60), [pause(40, 10)])
    longer = settled([Line(one.key, 50), rest, two])
    assert said(longer) == [(1, 0, 50), ("break", 50, 60), (2, 60, 120)]


def test_a_break_with_time_to_spare_keeps_its_time():
    one, rest, two = laid_out(items(40, 60), [pause(55, 10)])
    assert said(settled([Line(one.key, 50), rest, two]))[1] == ("break", 55, 65)
    assert said(settled([Line(one.key, 60), rest, two]))[1] == ("break", 60, 70)


def test_what_is_moved_behind_a_break_stays_behind_it():
    one, rest, two = laid_out(items(40, 60), [pause(55, 10)])
    lines = moved([one, rest, two], one, before=two)
    assert said(lines) == [("break", 0, 10), (1, 10, 50), (2, 50, 110)]


def test_an_agenda_ends_with_its_last_line():
    assert length(laid_out(items(40, 60), [pause(55, 10)])) == 125
    assert length([]) == 0


def test_whatever_is_moved_the_agenda_is_laid_out_again_in_the_same_order():
    for seed in range(300):
        walk(random.Random(seed))


def walk(dice):
    """Move lines of some agenda about, and lay it out again each time."""
    now, breaks = 0, []
    for key in range(dice.randint(0, 4)):
        start = now + dice.choice([0, 5, 20, 60])
        breaks.append(pause(start, dice.choice([5, 10, 30]), key))
        now = breaks[-1].end
    lines = laid_out(items(*[dice.choice([1, 5, 15, 40, 90]) for _ in range(dice.randint(1, 6))]), breaks)
    for _step in range(6):
        line = dice.choice(lines)
        before = dice.choice([*[one for one in lines if one != line], None])
        lines = moved(lines, line, before=before)
        again = laid_out([one for one in lines if not one.is_break], [one for one in lines if one.is_break])
        assert again == lines
