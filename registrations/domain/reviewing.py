"""A correction of figures never changes an issued document: it marks it "to be reviewed" (traps.md T12)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from meetings.models import Meeting
from registrations.models import Document, Registration


def review(registrations: Collection[int], *, meeting: Meeting, at: datetime) -> int:
    """Mark the valid documents of these registrations (keys) for review; return how many."""
    if not registrations:
        return 0
    people = Registration.objects.filter(pk__in=registrations).values("person")
    documents = Document.objects.valid().filter(
        network=meeting.network, person__in=people, to_be_reviewed_at__isnull=True
    )
    return documents.update(
        to_be_reviewed_at=at,
        review_reason=_("The attendance of %(day)s was changed.") % {"day": meeting.on.isoformat()},
    )
