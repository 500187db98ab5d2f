"""Who does an action item, and who is written to about it."""

from collections.abc import Iterable
from datetime import date

from meetings.gathering.exceptions import NobodyToTell
from meetings.models import ActionItem
from partners.models import Organization, Person, contacts_of_each

Owner = Person | Organization


def checked_owner(owner: Owner, *, on: date) -> Owner:
    """Return the owner as they are now, after a merge the one that stayed.

    Raises NobodyToTell.
    """
    now = owner.now if isinstance(owner, Person) else owner.merged_into or owner
    if not readers_of_each([now], on=on)[_key(now)]:
        raise NobodyToTell(str(now), is_person=isinstance(now, Person))
    return now


def readers_of_each(owners: Iterable[Owner], *, on: date) -> dict[tuple[bool, int], list[Person]]:
    """Return who is written to for each owner: the person, or an organization's contacts; four queries."""
    owners = list(owners)
    organizations = [one for one in owners if isinstance(one, Organization)]
    contacts = contacts_of_each(organizations, on=on) if organizations else {}
    found = {_key(one): [one] if isinstance(one, Person) else contacts[one.pk] for one in owners}
    return {key: [one for one in people if one.primary_address] for key, people in found.items()}


def readers_of(item: ActionItem, known: dict[tuple[bool, int], list[Person]]) -> list[Person]:
    """Return who is written to about an item, out of what `readers_of_each` found."""
    return known[_key(item.owner)] if item.owner else []


def _key(owner: Owner) -> tuple[bool, int]:
    return isinstance(owner, Person), owner.pk
