"""Answers to a network's own questions as a class of data; each says how long (docs/rules.md 4.11)."""

from datetime import datetime

from django.db.models import Count, Min, Q

from registrations.asking.domain.keeping import COVERS, forget_answers, over
from registrations.models import Answer
from stemnet.retention.registry import Found, Held, free_of


class KeptAnswers:
    """Counts what `keeping` would delete, and lets it do so; its own log says of which question."""

    def find(self, before: datetime, held: Held) -> Found:
        """Count the answers that are kept no longer."""
        which = Q(pk=None)
        for question, _what, of_these in over(at=before):
            which |= Q(question=question) & of_these
        found = free_of(Answer.objects.filter(which), COVERS, held).aggregate(
            number=Count("pk"), oldest=Min("given_at")
        )
        return Found(found["number"], found["oldest"])

    def delete(self, before: datetime, held: Held, most: int) -> int:
        """Delete them, question by question."""
        return forget_answers(at=before)
