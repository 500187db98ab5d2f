"""What one's own page of answers shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from registrations.asking.domain.own_answers import Own
from registrations.asking.domain.sheets import cell_of
from registrations.asking.forms.own import OwnAnswersForm
from registrations.models import Answer
from registrations.seats.domain.answering import Clash
from registrations.seats.forms.questions import AskedField


@dataclass(frozen=True)
class OwnField:
    """One question that can be answered now, with what stands there."""

    asked: AskedField
    file: Answer | None
    earlier: str
    clash: dict[str, Any] | None


def own_context(own: Own, form: OwnAnswersForm, *, clashes: Sequence[Clash] = ()) -> dict[str, Any]:
    """Return the form of what can be changed, and what can only be read."""
    clashing = {one.question: one for one in clashes}
    return {
        "network": own.registration.network,
        "registration": own.registration,
        "form": form,
        "asks": bool(form.versions_asked),
        "own_fields": [own_field(own, asked, clashing) for asked in form.question_fields()],
        "waiting": len(own.waiting),
        "closed": [line_of(answer) for answer in own.closed],
        "last_days": sorted(
            {day for one in own.open if (day := one.question.changeable_until or own.last_day)}
        ),
    }


def own_field(own: Own, asked: AskedField, clashing: dict[int, Clash]) -> OwnField:
    """Return one question with its file, the wording that was answered, and what another window wrote."""
    key = asked.version.question_id
    answer, clash = own.answers.get(key), clashing.get(key)
    kind = asked.version.question.kind
    said = {"at": clash.at, "words": cell_of(kind, clash.value) or "–"} if clash else None
    differs = answer is not None and answer.version_id != asked.version.pk
    return OwnField(
        asked,
        file=answer if answer is not None and answer.file else None,
        earlier=answer.version.label if answer is not None and differs else "",
        clash=said,
    )


def line_of(answer: Answer) -> dict[str, Any]:
    """Return one answer that can only be read, under the words to which it was given."""
    words = cell_of(answer.question.kind, answer.value)
    return {"answer": answer, "label": answer.version.label, "words": words or "", "file": bool(answer.file)}
