"""Somebody has to coordinate the partnership: the only one can't have their data deleted."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from partners.models import Person
from partners.people.domain.deletion import Block


def only_coordinator(person: Person, /, *, at: datetime) -> Iterable[Block]:
    """Yield a block for the last coordinator."""
    if person.is_coordinator and not Person.objects.coordinators().exclude(pk=person.pk).exists():
        yield Block(_("You're the only coordinator. Make somebody else a coordinator first."))
