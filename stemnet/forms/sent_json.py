"""JSON that a page of ours sends, or somebody in its place."""

import json
from typing import Any


def read_json(sent: str | bytes) -> Any:
    """Return what ``sent`` says. Raises ValueError, also for brackets in brackets without end."""
    try:
        return json.loads(sent)
    except RecursionError as deep:
        raise ValueError("too deep") from deep
