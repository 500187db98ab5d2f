"""Marks of attendance as a class of data: the credit rule of their network says how long."""

from datetime import datetime

from django.db.models import Count, Min

from registrations.credit.domain.keeping import networks_over, remove_old_marks
from registrations.models import Evidence
from stemnet.retention.registry import Found, Held


class KeptMarks:
    """Counts what `keeping` would delete, and lets it do so."""

    def find(self, before: datetime, held: Held) -> Found:
        """Count the marks of networks that are over."""
        marks = Evidence.objects.filter(meeting__network__in=networks_over(at=before))
        found = marks.aggregate(number=Count("pk"), oldest=Min("at"))
        return Found(found["number"], found["oldest"])

    def delete(self, before: datetime, held: Held, most: int) -> int:
        """Delete them, network by network."""
        return remove_old_marks(at=before)
