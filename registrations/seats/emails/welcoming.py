"""Mail about a new registration, rendered before it is written: only the place in line is filled in later."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from meetings.models import WorkingGroup
from registrations.models import Registration
from registrations.seats.emails import registering
from registrations.seats.emails.calendar_files import invitation, revisions_of_return
from stemnet.models import Mail
from stemnet.outbox.queueing import Letter, prepare_many

PLACE = "\ue000"  # of private use: nobody types it, and it survives rendering


def welcome(
    draft: Registration,
    *,
    seated: bool,
    automatic: bool,
    full_group: WorkingGroup | None,
    comes_back: bool,
    blocked: object = None,
    at: datetime,
) -> list[Mail]:
    """Return the mail to who comes; the leader of a designee gets a code once the registration is written.

    ``automatic`` as long as nobody else gives seats, ``full_group`` is the group that filled up meanwhile;
    who ``comes_back`` to a seat has the meetings in their calendar already, as given up. ``blocked`` says
    which limit keeps them in line.
    """
    status = Registration.Status
    draft.status = status.WAITING
    if seated:
        draft.status = status.HELD if draft.asks_leader else status.SEATED
    meetings = registering.meetings_of(draft.network)
    said: dict[str, Any] = {"full_group": full_group, "meetings": meetings}
    letters: list[Letter | None] = []
    if draft.status == status.HELD:
        letters.append(registering.letter(draft, "seat_held", context=said))
    elif seated:
        known = revisions_of_return(draft, at=at) if comes_back else {}
        files = invitation(draft, meetings=meetings, known=known)
        letters.append(registering.letter(draft, "registered", context=said, attachments=files))
    else:
        said |= {"place": PLACE, "automatic": automatic, "blocked": blocked}
        letters.append(registering.letter(draft, "waiting", context=said))
    return prepare_many([letter for letter in letters if letter is not None], at=at)


def numbered(mails: Iterable[Mail], *, place: int) -> list[Mail]:
    """Return ``mails`` with the place in line filled in."""
    filled = list(mails)
    for mail in filled:
        for name in ("subject", "text", "html"):
            setattr(mail, name, getattr(mail, name).replace(PLACE, str(place)))
    return filled
