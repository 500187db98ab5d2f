"""Combining one's own two accounts: both addresses are proved, so no coordinator is asked."""

from datetime import datetime

from django.utils.translation import gettext as _

from partners.merging.domain.merging import merge_people
from partners.merging.exceptions import MergeRefused
from partners.models import Merge, Person, User
from partners.people.domain import second_factor


def combine_own(person: Person, other: Person, *, take: set[str], at: datetime) -> Merge:
    """Make ``other``, whose address ``person`` has just proved, one with them. Raises MergeRefused."""
    check_combinable(person, other)
    return merge_people(kept=person, gone=other, take=take, by=person, at=at)


def check_combinable(person: Person, other: Person) -> None:
    """Raise MergeRefused where proving the address alone would not let one sign in as the other."""
    if person.pk == other.pk:
        raise MergeRefused(sentence=_("This is the account you're signed in to."))
    login = User.objects.filter(person=other).first()
    if login is not None and (
        second_factor.is_needed(login) or second_factor.SET_UP.filter(user=login).exists()
    ):
        raise MergeRefused(
            sentence=_(
                "The other account is protected by a second step. Ask a coordinator to combine the two."
            )
        )
