"""What a device sends of its queue: acts in their order, each with a key of its own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from stemnet.forms.sent_json import read_json

MOST_ACTS = 50
MOST_FIELDS, LONGEST_FIELD = 40, 1000


@dataclass(frozen=True)
class QueuedAct:
    """One act: a mark of the person of ``row``, or a walk-in where there is no row.

    ``pressed`` is when, in milliseconds of the device's clock; ``fields`` are those of the form.
    """

    key: UUID
    row: UUID | None
    pressed: int
    knows_complete: bool
    fields: dict[str, str]


@dataclass(frozen=True)
class Queue:
    """What one account sends at once: acts, and rows that it wants to see anew.

    ``now`` is the device's clock, in milliseconds.
    """

    account: str
    now: int
    acts: list[QueuedAct]
    look: list[UUID]


def queue_of(body: bytes) -> Queue:
    """Read a queue. Raises ValueError for what no page of ours sends."""
    sent = read_json(body)
    if not isinstance(sent, dict) or not isinstance(sent.get("account"), str):
        raise ValueError("no queue")
    acts, look = sent.get("acts", []), sent.get("look", [])
    if not isinstance(acts, list) or not isinstance(look, list) or len(acts) > MOST_ACTS:
        raise ValueError("no list of acts")
    return Queue(
        account=sent["account"],
        now=whole(sent.get("now")),
        acts=[act_of(one) for one in acts],
        look=[UUID(str(one)) for one in look[:MOST_ACTS]],
    )


def act_of(sent: Any) -> QueuedAct:
    """Read one act. Raises ValueError."""
    if not isinstance(sent, dict) or not isinstance(sent.get("fields"), dict):
        raise ValueError("no act")
    fields = sent["fields"].items()
    if len(fields) > MOST_FIELDS or not all(is_field(value) for _name, value in fields):
        raise ValueError("no fields")
    return QueuedAct(
        key=UUID(str(sent.get("key"))),
        row=UUID(str(sent["row"])) if sent.get("row") else None,
        pressed=whole(sent.get("pressed")),
        knows_complete=sent.get("knows_complete") is True,
        fields=dict(fields),
    )


def is_field(value: Any) -> bool:
    """Return whether this is what a text field gives."""
    return isinstance(value, str) and len(value) <= LONGEST_FIELD


def whole(value: Any) -> int:
    """Read a whole number. Raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("no whole number")
    return value
