"""Why a row changed, for the history that is kept with it."""

from django.db.models import Model

# Where simple-history looks when the row is saved.
REASON = "_change_reason"


def say_reason(row: Model, reason: str) -> None:
    """Keep ``reason`` with the next save of ``row``."""
    setattr(row, REASON, reason)
