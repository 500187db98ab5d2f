"""Rows for the tests of what a meeting leaves behind."""

from datetime import UTC, date, datetime
from typing import Any

from meetings.gathering.domain import action_items
from meetings.gathering.domain.belonging import Source
from meetings.models import ActionItem, Meeting, Network, WorkingGroup
from tests import factories

HELD = date(2020, 10, 14)
AT = datetime(2020, 10, 14, 18, 0, tzinfo=UTC)  # after the first meeting of a network of the factories
DUE = date(2020, 11, 4)


def an_item(of: Meeting | WorkingGroup | Network | None, **fields: Any) -> ActionItem:
    """An item that staff gave to somebody after the meeting."""
    owner = fields.pop("owner", None) or factories.a_person()
    by = fields.pop("by", None) or factories.a_staff_member()
    plain = {"text": "Try the task in two classes", "due_on": DUE, "at": AT}
    return action_items.give(Source.of(of), owner=owner, by=by, **{**plain, **fields})
