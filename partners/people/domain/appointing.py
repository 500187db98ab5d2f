"""Making people coordinators or staff of the whole partnership, and giving staff tasks in the admin."""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction

from partners.models import Person, User


def appoint(person: Person, *, group: str) -> None:
    """Put the login of ``person`` into ``group`` (``coordinator`` or ``staff``)."""
    person.user.groups.add(Group.objects.get_or_create(name=group)[0])
    person.__dict__.pop("groups", None)


@transaction.atomic
def set_groups(user: User, *, groups: Collection[str], among: Collection[str]) -> None:
    """Let the login of ``user`` be in exactly these ``groups`` of all that are asked ``among``."""
    kept = user.groups.exclude(name__in=among)
    wanted = [Group.objects.get_or_create(name=name)[0] for name in groups]
    user.groups.set([*kept, *wanted])
    if user.person is not None:
        user.person.__dict__.pop("groups", None)
