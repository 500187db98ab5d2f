"""The annex of a document: in sentences how its hours were worked out, frozen with it (docs/rules.md 3.3)."""

from collections.abc import Iterable, Mapping
from typing import Any

from registrations.credit.domain.explaining import meeting_sentences
from registrations.credit.domain.explaining_totals import total_sentences
from registrations.credit.domain.readiness import Readiness
from registrations.credit.domain.totals import topics_of
from registrations.models import Attendance


def annex_of(
    readiness: Readiness, listed: Iterable[Attendance], rows: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the sentences on each of the ``listed`` meetings and on the total, as plain JSON.

    ``rows`` are what the document says of the same meetings.
    """
    course, topics = readiness.course, topics_of(readiness.attendances)
    return {
        "explained": [
            {
                "date": row["date"],
                "title": row["title"],
                "text": " ".join(meeting_sentences(one, one.meeting, course.rule)),
            }
            for one, row in zip(listed, rows, strict=True)
        ],
        "explained_total": " ".join(total_sentences(readiness.total, topics, awards=not course.lacks)),
    }
