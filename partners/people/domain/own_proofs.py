"""That somebody who is signed in has just proved the address of another account by a code.

It is kept in their session for as long as a code is good, for the page that combines the two.
"""

from collections.abc import MutableMapping
from datetime import datetime
from typing import Any

from stemnet.codes import VALID

KEY = "proved_address"
Session = MutableMapping[str, Any]


def remember(session: Session, *, address: str, at: datetime) -> None:
    """Keep that ``address`` was proved."""
    session[KEY] = {"address": address, "at": at.isoformat()}


def proved_address(session: Session, *, at: datetime) -> str:
    """Return the address that was proved last, or nothing once that is too long ago."""
    kept = session.get(KEY)
    return kept["address"] if kept and datetime.fromisoformat(kept["at"]) + VALID > at else ""


def forget(session: Session) -> None:
    """Forget it: the two are one, or they stay two."""
    session.pop(KEY, None)
