"""The log of a network's questions: what was done, how many, when and by whom; never what was answered."""

from datetime import datetime

from meetings.models import Network
from partners.models import Actor
from registrations.models import Question, QuestionLog, QuestionVersion

What = QuestionLog.What


def label_of(question: Question) -> str:
    """Return the newest wording of a question."""
    newest = QuestionVersion.objects.filter(question=question.pk, number=question.version)
    return newest.values_list("label", flat=True).first() or ""


def note(
    network: Network | int,
    what: What,
    *,
    by: Actor,
    at: datetime,
    question: Question | None = None,
    words: str = "",
    number: int | None = None,
) -> None:
    """Write a row of the log."""
    QuestionLog.objects.create(
        network_id=network if isinstance(network, int) else network.pk,
        question=question,
        words=(words or (label_of(question) if question else ""))[:300],
        what=what,
        number=number,
        at=at,
        by_name=str(by)[:200],
    )
