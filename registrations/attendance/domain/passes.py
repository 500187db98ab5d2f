"""What a code for the room leaves with whoever typed it: at which meeting, and when; signed for the phone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing

from partners.models import Person
from registrations.attendance.exceptions import NewCodeWanted

SALT = "registrations.check_in"


@dataclass(frozen=True)
class Pass:
    """Somebody had a code of this meeting at this moment."""

    meeting: UUID
    at: datetime

    def kept(self) -> dict[str, str]:
        """Return it as a session keeps it."""
        return {"meeting": str(self.meeting), "at": self.at.isoformat()}

    def signed_for(self, person: Person) -> str:
        """Return it for the page of one person, to be sent with what they press, also hours later."""
        return signing.dumps([str(self.meeting), self.at.isoformat(), str(person.uid)], salt=SALT)


def kept_pass(kept: object) -> Pass | None:
    """Return the pass that a session keeps, if any."""
    if not isinstance(kept, dict):
        return None
    return Pass(UUID(kept["meeting"]), datetime.fromisoformat(kept["at"]))


def signed_pass(token: str, *, person: Person) -> Pass:
    """Read what a page of this person sends. Raises NewCodeWanted for anything else."""
    try:
        meeting, at, whose = signing.loads(token, salt=SALT)
        if whose == str(person.uid):
            return Pass(UUID(meeting), datetime.fromisoformat(at))
    except (signing.BadSignature, ValueError, TypeError):
        pass
    raise NewCodeWanted
