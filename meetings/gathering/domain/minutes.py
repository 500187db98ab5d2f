"""Writing and publishing the minutes of a meeting.

A save names the revision that its page began from; where somebody else has saved other words since, it is
refused, and its page joins both texts (`stemnet.differences`). Every save is kept.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.gathering.exceptions import MinutesChanged, MinutesRefused
from meetings.models import Meeting, Minutes, MinutesEdit, NoteTaker
from meetings.models.gathering.minutes import LONGEST
from partners.models import Person

MARK = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")


def lock_meeting(meeting: Meeting) -> Meeting:
    """Return a meeting whose minutes nobody else writes now."""
    return Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)


@transaction.atomic
def save_minutes(
    meeting: Meeting, *, words: Mapping[str, str], seen: int, by: Person, at: datetime
) -> Minutes:
    """Save minutes and decisions as they were typed on a page that began from revision ``seen``.

    The same words again change nothing. Raises MinutesChanged where somebody saved other words since, and
    MinutesRefused where a text is too long.
    """
    lock_meeting(meeting)
    minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)
    typed = {**words_of(minutes), **words, "decisions": lines_of(words.get("decisions", minutes.decisions))}
    if typed == words_of(minutes):
        return minutes
    if minutes.revision != seen:
        raise MinutesChanged
    if any(len(one) > LONGEST for one in typed.values()):
        raise MinutesRefused(sentence=_("These minutes are too long. Attach the rest as a file."))
    minutes.text, minutes.decisions = typed["text"], typed["decisions"]
    minutes.revision, minutes.saved_by_name, minutes.saved_at = minutes.revision + 1, str(by), at
    minutes.save()
    MinutesEdit.objects.create(
        minutes=minutes, revision=minutes.revision, **typed, by=by, by_name=str(by), at=at
    )
    return minutes


def words_of(one: Minutes | MinutesEdit) -> dict[str, str]:
    """Return what minutes, or a version of them, say by the name of the field."""
    return {"decisions": one.decisions, "text": one.text}


def lines_of(typed: str) -> str:
    """Return decisions as they are kept: one a line, without blanks, numbers or marks before them."""
    lines = (MARK.sub("", line).strip() for line in typed.split("\n"))
    return "\n".join(line for line in lines if line)


def words_at(meeting: Meeting, revision: int) -> dict[str, str] | None:
    """Return the minutes as they were at ``revision``; None where there is no such."""
    if revision == 0:
        return {"decisions": "", "text": ""}
    found = MinutesEdit.objects.filter(minutes__meeting=meeting, revision=revision).first()
    return words_of(found) if found else None


@transaction.atomic
def publish_minutes(meeting: Meeting, *, public: bool, at: datetime) -> Minutes:
    """Let the people of the meeting read its minutes; everyone where they are ``public``.

    Raises MinutesRefused where nothing is written.
    """
    lock_meeting(meeting)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None or not minutes.is_written:
        raise MinutesRefused(sentence=_("Write the minutes before you publish them."))
    minutes.published_at, minutes.public = minutes.published_at or at, public
    minutes.save(update_fields=["published_at", "public"])
    return minutes


def unpublish_minutes(meeting: Meeting) -> None:
    """Make the minutes a draft again, which only those who write it read."""
    Minutes.objects.filter(meeting=meeting).update(published_at=None, public=False)


def name_note_taker(meeting: Meeting, person: Person) -> NoteTaker:
    """Let ``person`` write the minutes, decisions and action items of one meeting."""
    return NoteTaker.objects.get_or_create(meeting=meeting, person=person.now)[0]


def remove_note_taker(meeting: Meeting, *, key: int) -> None:
    """Let somebody take no more notes at a meeting; what they wrote stays."""
    meeting.note_takers.filter(pk=key).delete()
