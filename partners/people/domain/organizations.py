"""Finding an organization by what people type."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import Concat

from partners.models import Alias, OldSlug, Organization
from stemnet import slugs

AT_MOST = 10
LONGEST_ACRONYM = 8
ADDRESS: slugs.Shape = {
    "longest": 100,
    "otherwise": "organization",
    "reserved": {"mine", "needs", "suggest"},  # beside those of organizations
}


@dataclass(frozen=True)
class Workplace:
    """Where somebody works: an organization that is listed, or the words for one that is not."""

    organization: Organization | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return self.organization is not None or bool(self.words)

    def __str__(self) -> str:
        return label(self.organization) if self.organization else self.words


def label(organization: Organization) -> str:
    """Return the name with the town, which tells two of one name apart."""
    name, city = organization.name, organization.city
    return f"{name}, {city}" if city and city.lower() not in name.lower() else name


def tidy(words: str) -> str:
    """Return ``words`` with single spaces and without NUL, at most 200 characters."""
    return " ".join(words.replace("\x00", "").split())[:200]


def is_acronym(name: str) -> bool:
    """Return whether a name is a few capital letters, which several bodies may share (docs/rules.md 9.4)."""
    letters = name.replace(".", "").replace("-", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= LONGEST_ACRONYM


def search(words: str) -> list[Organization]:
    """Return at most 10 organizations that have every one of ``words`` in name, other name or town."""
    found = Organization.objects.current()
    parts = [part.strip(".,;()\"'") for part in tidy(words).split()]
    parts = [part for part in parts if part][:8]
    if not parts:
        return []
    for part in parts:
        found = found.filter(
            Q(name__icontains=part) | Q(city__icontains=part) | Q(state_org_code=part) | _alias(contains=part)
        )
    first = Case(
        When(name__iexact=words, then=0),
        When(_alias(exactly=words), then=1),
        When(name__istartswith=parts[0], then=2),
        default=3,
        output_field=IntegerField(),
    )
    return list(found.order_by(first, "name").prefetch_related("aliases")[:AT_MOST])


def named(words: str) -> Organization | None:
    """Return the one organization that ``words`` name fully, by name, "name, town", other name or code.

    An acronym that is another name of it finds it and is no key: somebody has to choose it.
    """
    words = tidy(words)
    found = (
        Organization.objects.current()
        .annotate(with_town=Concat("name", Value(", "), "city"))
        .filter(
            Q(name__iexact=words)
            | Q(with_town__iexact=words)
            | Q(state_org_code=words)
            | _alias(exactly=words)
        )
    )
    two = list(found.prefetch_related("aliases")[:2]) if words else []
    return two[0] if len(two) == 1 and not _by_acronym(two[0], words) else None


def _by_acronym(organization: Organization, words: str) -> bool:
    """Return whether nothing but an acronym among its other names says that ``words`` mean it."""
    others = [alias.name for alias in organization.aliases.all() if alias.name.lower() == words.lower()]
    name = organization.name.lower()
    own = words.lower() in (name, f"{name}, {organization.city.lower()}", organization.state_org_code)
    return not own and bool(others) and all(map(is_acronym, others))


def moved_to(slug: str) -> Organization | None:
    """Return the organization that an old address leads to now, or None where the address is no old one."""
    now = Organization.objects.current()
    merged = Organization.objects.filter(slug=slug, merged_into__isnull=False).values("merged_into")
    if found := now.filter(pk__in=merged).first():
        return found
    if Organization.objects.filter(slug=slug).exists():
        return None
    return now.filter(old_slugs__slug=slug).first()


def save_new(organization: Organization) -> None:
    """Save a new organization at an address that is free, also where another takes it at the same time."""
    while True:
        organization.slug = free_slug(organization.name)
        try:
            with transaction.atomic():
                organization.save(force_insert=True)
        except IntegrityError:
            if not Organization.objects.filter(slug=organization.slug).exists():
                raise
        else:
            return


def free_slug(name: str) -> str:
    """Return an address for a new organization that no other has or had; it is given once."""
    return slugs.free_slug(name, among=_addresses(), **ADDRESS)


def free_slugs(names: Iterable[str]) -> list[str]:
    """Return an address for each of several new organizations, in two queries."""
    return slugs.free_slugs(names, among=_addresses(), **ADDRESS)


def _addresses() -> list[slugs.Column]:
    """Return where the addresses of organizations stand, those they had before a merge as well."""
    return [(Organization.objects.all(), "slug"), (OldSlug.objects.all(), "slug")]


def _alias(*, exactly: str = "", contains: str = "") -> Exists:
    """Ask for another name of the organization."""
    aliases = Alias.objects.filter(organization=OuterRef("pk"))
    return Exists(
        aliases.filter(name__iexact=exactly) if exactly else aliases.filter(name__icontains=contains)
    )


@dataclass(frozen=True)
class Place:
    """A town or district of the region, as written, and the partner that it is."""

    words: str
    organization: Organization | None = None


def places(text: str) -> list[Place]:
    """Return the lines of ``text``, each with the partner of that name or other name, in two queries."""
    lines = [line for line in (tidy(line) for line in text.splitlines()) if line]
    wanted = {line.casefold() for line in lines}
    known: dict[str, Organization] = {}
    partners = Organization.objects.public().prefetch_related("aliases") if lines else ()
    for one in partners:
        for name in (one.name, *(alias.name for alias in one.aliases.all())):
            if name.casefold() in wanted:
                known.setdefault(name.casefold(), one)
    return [Place(line, known.get(line.casefold())) for line in lines]
