"""The annex of a document: in sentences how its hours were worked out, frozen with it (docs/rules.md 3.3)."""

from collections.abc import Iterable
from typing import Any

from registrations.credit.domain.explaining import meeting_sentences
from registrations.credit.domain.explaining_totals import total_sentences
from registrations.credit.domain.readiness import Readiness
from registrations.credit.domain.totals import topics_of
from registrations.models import Attendance
from stemnet import wording


def annex_of(readiness: Readiness, listed: Iterable[Attendance]) -> dict[str, Any]:
    """Return the sentences on each of the ``listed`` meetings and on the total, as plain JSON."""
    course, topics = readiness.course, topics_of(readiness.attendances)
    return {
        "explained": [
            {
                "date": wording.day(one.meeting.on),
                "title": one.meeting.title,
                "text": " ".join(meeting_sentences(one, one.meeting, course.rule)),
            }
            for one in listed
        ],
        "explained_total": " ".join(total_sentences(readiness.total, topics, awards=not course.lacks)),
    }
