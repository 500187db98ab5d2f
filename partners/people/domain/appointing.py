"""Making people coordinators or staff of the whole partnership."""

from django.contrib.auth.models import Group

from partners.models import Person


def appoint(person: Person, *, group: str) -> None:
    """Put the login of ``person`` into ``group`` (``coordinator`` or ``staff``)."""
    person.user.groups.add(Group.objects.get_or_create(name=group)[0])
    person.__dict__.pop("groups", None)
