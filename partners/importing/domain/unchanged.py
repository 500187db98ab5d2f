"""Whether what a part of an import stands on is still as it was read before the rows were decided.

Asked in the transaction that writes the part, about the rows that it touches and whatever has their names,
codes or addresses now. What the same import wrote before is left out.
"""

from collections.abc import Collection

from django.db.models import Q

from partners.importing.domain.decisions import Decision
from partners.importing.domain.organization_index import PLAIN_FIELDS
from partners.importing.domain.organization_rows import Walk as OrganizationWalk
from partners.importing.domain.people_index import NAME_FIELDS
from partners.importing.domain.people_rows import Walk as PeopleWalk
from partners.importing.domain.position_rows import POST_FIELDS
from partners.importing.domain.preview import Decided
from partners.models import Alias, Organization, Person, PersonEmail, Position, User
from stemnet.plain_names import plain_name


class Unchanged:
    """Answers for every part of one import; ``made`` are the keys that the import wrote so far."""

    def __init__(self, decided: Decided, made: Collection[int]) -> None:
        self._walk, self._made = decided.walk, made
        if isinstance(self._walk, PeopleWalk):
            read = self._walk.everyone
            self._people = {row[0]: row for row in read.people}
            self._addresses, self._logins = set(read.addresses), set(read.logins)
            self._posts = set(self._walk.held.rows)
        self._listed = {row[0]: row for row in self._walk.listed.organizations}

    def holds(self, part: list[Decision]) -> bool:
        """Say whether nobody changed what this part stands on."""
        if isinstance(self._walk, OrganizationWalk):
            return self._organizations_stand(part)
        return self._people_stand(part)

    def _organizations_stand(self, part: list[Decision]) -> bool:
        known = [one.writes.known for one in part]
        targets = {one.pk for one in known if one.pk}
        names = {plain_name(one.name) for one in known} | {name for one in known for name in one.others}
        codes = {one.fields["state_org_code"] for one in known} - {""}
        numbers = {one.fields["nces_id"] for one in known} - {""}
        others = Alias.objects.filter(plain_name__in=names).values("organization")
        rows = Organization.objects.current().filter(
            Q(pk__in=targets)
            | Q(plain_name__in=names)
            | Q(state_org_code__in=codes)
            | Q(nces_id__in=numbers)
            | Q(pk__in=others)
        )
        now = list(rows.values_list("pk", "part_of", *PLAIN_FIELDS))
        same = all(row[0] in self._made or self._listed.get(row[0]) == row for row in now)
        return same and targets <= {row[0] for row in now}

    def _people_stand(self, part: list[Decision]) -> bool:
        people = [one.writes.someone for one in part]
        targets = {one.pk for one in people if one.pk} - set(self._made)
        return (
            self._persons_stand(targets, {_plain(one.names) for one in people})
            and self._addresses_stand(targets, {address for one in people for address in one.addresses})
            and self._posts_stand(targets)
            and self._places_stand({one.writes.post.known.pk for one in part if _is_listed(one)})
        )

    def _persons_stand(self, targets: set[int], names: set[tuple[str, str]]) -> bool:
        alike = Q(plain_first_name__in={name[0] for name in names})
        alike &= Q(plain_last_name__in={name[1] for name in names})
        rows = Person.objects.current().filter(Q(pk__in=targets) | alike)
        now = list(rows.values_list("pk", "uid", *NAME_FIELDS))
        asked = [
            row
            for row in now
            if row[0] not in self._made
            and (row[0] in targets or (plain_name(row[2]), plain_name(row[3])) in names)
        ]
        return all(self._people.get(row[0]) == row for row in asked) and targets <= {row[0] for row in now}

    def _addresses_stand(self, targets: set[int], addresses: set[str]) -> bool:
        emails = PersonEmail.objects.filter(Q(address__in=addresses) | Q(person__in=targets))
        logins = User.objects.filter(person__in=targets).values_list("person", "email")
        held = emails.values_list("person", "address", "verified_at")
        return set(logins) <= self._logins and all(
            row in self._addresses for row in held if row[0] not in self._made
        )

    def _posts_stand(self, targets: set[int]) -> bool:
        names = ("pk", "person", "organization", "organization_words", *POST_FIELDS)
        return set(Position.objects.filter(person__in=targets).values_list(*names)) <= self._posts

    def _places_stand(self, places: set[int]) -> bool:
        return Organization.objects.current().filter(pk__in=places).count() == len(places)


def _plain(names: dict[str, str]) -> tuple[str, str]:
    return plain_name(names["first_name"]), plain_name(names["last_name"])


def _is_listed(one: Decision) -> bool:
    """Say whether a row names an organization that is listed."""
    return one.writes.post is not None and one.writes.post.known is not None
