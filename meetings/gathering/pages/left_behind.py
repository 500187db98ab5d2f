"""What a meeting leaves behind, on its page: decisions, action items, minutes; what is open from before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import ActionItem, Meeting, Minutes, NoteTaker, is_owned_by, is_run_by
from meetings.models.gathering.action_item import ActionItemQuerySet
from partners.models import Person, local_day
from stemnet import wording


@dataclass(frozen=True)
class Row:
    """An action item as a list shows it: its tag, its owner and day in words, its page."""

    item: ActionItem
    is_mine: bool
    tag: tuple[str, str, str]
    words: str
    url: str


def with_minutes(meetings: QuerySet[Any], person: Person | None) -> QuerySet[Any]:
    """Join the minutes of each meeting, and whether ``person`` reads them and takes notes there."""
    here = {"meeting": OuterRef("pk")}
    named = NoteTaker.objects.filter(**here, person=person) if person else NoteTaker.objects.none()
    read = Minutes.objects.visible_to(person).filter(**here)
    known: QuerySet[Any] = meetings.select_related("written_minutes").annotate(
        may_read=Exists(read), takes_notes=Exists(named)
    )
    return known


def left_behind(meeting: Any, *, person: Person | None, at: datetime) -> dict[str, Any]:
    """Return what the sections of the page read of a meeting of `with_minutes`; one statement."""
    minutes = meeting.written_minutes if meeting.may_read else None
    rows = rows_of(items_at(meeting, person=person, at=at), today=local_day(at))
    own = [row for row in rows if row.item.meeting_id == meeting.pk]
    return {
        "begun": meeting.starts_at <= at,
        "may_write": meeting.is_run or meeting.takes_notes,
        "minutes": minutes,
        "decisions": minutes.decided if minutes else [],
        "items": own,
        "still_open": [row for row in rows if row.item.meeting_id != meeting.pk],
        "mine": [row for row in rows if row.is_mine and row.item.is_open],
        "done_words": done_words(own),
    }


def items_at(meeting: Meeting, *, person: Person | None, at: datetime) -> ActionItemQuerySet:
    """Return the items of a meeting, and those still open from before where it is the next one."""
    here = Q(meeting=meeting)
    if meeting.ends_at > at and not meeting.is_cancelled:
        here |= returning(meeting) & ~Q(Exists(sooner(meeting, at=at)))
    return shown_to(person, ActionItem.objects.filter(here))


def returning(meeting: Meeting) -> Q:
    """Return the condition that an item of the network, group or team of a meeting is open from before it."""
    place: dict[str, Any] = {"working_group": meeting.working_group_id}
    if meeting.working_group_id is None:
        place["network"] = meeting.network_id
    before = Q(meeting__isnull=True) | Q(meeting__starts_at__lt=meeting.starts_at)
    return Q(**place, state=ActionItem.State.OPEN) & before & ~Q(meeting=meeting)


def sooner(meeting: Meeting, *, at: datetime) -> QuerySet[Meeting]:
    """Return the meetings of the same network or group that come before this one and are not over."""
    same = Meeting.objects.upcoming(at).filter(working_group=meeting.working_group_id)
    if meeting.working_group_id is None:
        same = same.filter(network=meeting.network_id)
    return same.filter(starts_at__lt=meeting.starts_at)


def shown_to(person: Person | None, items: ActionItemQuerySet) -> ActionItemQuerySet:
    """Return those of ``items`` that somebody sees, homework once with its figures, and which are theirs."""
    if person is None:
        return ActionItem.objects.none()
    parts = ActionItem.objects.filter(part_of=OuterRef("pk")).order_by().values("part_of")
    done = parts.filter(state=ActionItem.State.DONE)
    mine = ExpressionWrapper(is_owned_by(person), output_field=BooleanField())
    return (
        items.visible_to(person)
        .filter(Q(part_of__isnull=True) | is_owned_by(person))
        .select_related("person", "organization", "meeting", "working_group", "network")
        .annotate(
            asked=Coalesce(Subquery(parts.annotate(n=Count("pk")).values("n")), 0),
            answered=Coalesce(Subquery(done.annotate(n=Count("pk")).values("n")), 0),
            is_mine=mine,
            is_run=ExpressionWrapper(is_run_by(person), output_field=BooleanField()),
        )
        .order_by("due_on", "pk")
    )


def rows_of(items: Iterable[Any], *, today: date) -> list[Row]:
    """Return the rows of a list of items as `shown_to` gives them."""
    return [row_of(one, is_mine=one.is_mine, today=today) for one in items]


def row_of(item: Any, *, is_mine: bool, today: date) -> Row:
    """Return one of them."""
    tag, words = tag_of(item, is_mine=is_mine, today=today), words_of(item, is_mine=is_mine)
    return Row(item, is_mine, tag, words, url_of(item))


def tag_of(item: Any, *, is_mine: bool, today: date) -> tuple[str, str, str]:
    """Return how an item stands: the kind of its tag, its words and its icon."""
    if item.state == ActionItem.State.DONE:
        return "ok", _("Done"), "check-lg"
    if item.state == ActionItem.State.DROPPED:
        return "", _("Dropped"), ""
    if item.due_on < today:
        days = (today - item.due_on).days
        words = ngettext("Overdue %(n)d day", "Overdue %(n)d days", days) % {"n": days}
        return "bad", words, "exclamation-triangle"
    if item.is_homework:
        words = _("%(answered)d of %(asked)d answered")
        return "info", words % {"answered": item.answered, "asked": item.asked}, ""
    return ("warn", _("Yours"), "person-circle") if is_mine else ("", _("Open"), "")


def url_of(item: Any) -> str:
    """Return the page of an item; nothing of homework for those who only hear that it was given."""
    return "" if item.is_homework and not item.is_run else str(item.get_absolute_url())


def words_of(item: Any, *, is_mine: bool) -> str:
    """Say who does an item and until when."""
    day = wording.day(item.due_on)
    if item.is_homework:
        return _("Homework for %(asked)d, due %(day)s") % {"asked": item.asked, "day": day}
    words = _("You, due %(day)s") if is_mine and item.person else _("%(owner)s, due %(day)s")
    return words % {"owner": item.owner, "day": day}


def done_words(rows: list[Row]) -> str:
    """Say how many of some items are done; nothing where there are none."""
    counted = [row for row in rows if row.item.state != ActionItem.State.DROPPED]
    done = sum(not row.item.is_open for row in counted)
    return _("%(done)d of %(all)d done") % {"done": done, "all": len(counted)} if counted else ""


def suggested_day(meeting: Meeting | None, next_on: date | None, *, today: date) -> date:
    """Return the day that a new item is due unless one says otherwise: the next meeting, or in two weeks."""
    first = max(today, meeting.on if meeting else today)
    return next_on if next_on and next_on > first else first + timedelta(weeks=2)
