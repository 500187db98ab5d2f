"""What a page that compares two accounts says of each; upper apps add what they have as panels."""

from dataclasses import dataclass
from datetime import datetime

from partners.models import Person, local_day
from stemnet import panels
from stemnet.panels import Filled
from stemnet.wording import day


@dataclass(frozen=True)
class Side:
    """One of the two: name, addresses, jobs, since when they are known, and whether they sign in."""

    person: Person
    addresses: list[str]
    positions: list[str]
    known: str
    signs_in: bool
    panels: list[Filled]


def side_of(person: Person, *, by: Person, at: datetime) -> Side:
    """Return what is known of one, for ``by``, who compares them."""
    positions = [str(one) for one in person.positions.select_related("organization").order_by("-pk")]
    user = getattr(person, "user", None)
    return Side(
        person,
        [email.address for email in person.emails.all()],
        positions,
        day(local_day(person.created_at)),
        user is not None and user.last_login is not None,
        panels.of("account", person, person=by, at=at),
    )
