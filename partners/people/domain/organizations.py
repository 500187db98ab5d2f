"""Finding an organization by what people type."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Case, CharField, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from partners.models import Alias, OldSlug, Organization, Person, User
from stemnet import slugs
from stemnet.history import update_with_history
from stemnet.one_line import one_line
from stemnet.plain_names import plain_name

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
    """Return ``words`` as one line without what nobody sees, at most 200 characters."""
    return one_line(words)[:200]


def is_acronym(name: str) -> bool:
    """Return whether a name is a few capital letters, which several bodies may share (docs/rules.md 9.4)."""
    letters = name.replace(".", "").replace("-", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= LONGEST_ACRONYM


def search(words: str) -> list[Organization]:
    """Return at most 10 organizations that have every one of ``words`` in name, other name or town."""
    words = tidy(words)
    plain = plain_name(words)
    if not any(letter.isalnum() for letter in plain):
        return []
    found = Organization.objects.current().found_by(words)
    first = Case(
        When(plain_name=plain, then=0),
        When(_alias(plain), then=1),
        When(plain_name__startswith=plain.split()[0], then=2),
        default=3,
        output_field=IntegerField(),
    )
    return list(found.order_by(first, "plain_name", "pk").prefetch_related("aliases")[:AT_MOST])


def named(words: str) -> Organization | None:
    """Return the one organization that ``words`` name fully, by name, "name, town", other name or code.

    An acronym that is another name of it finds it and is no key: somebody has to choose it.
    """
    words = tidy(words)
    two = list(called(words).prefetch_related("aliases")[:2]) if words else []
    return two[0] if len(two) == 1 and not _by_acronym(two[0], words) else None


def called(words: str) -> QuerySet[Organization]:
    """Return those that ``words`` name fully, by name, "name, town", other name or code."""
    plain = plain_name(words)
    town = Concat("plain_name", Value(" "), "plain_city", output_field=CharField())
    rows = Organization.objects.current().annotate(with_town=town)
    return rows.filter(
        Q(plain_name=plain) | Q(with_town=plain) | Q(state_org_code=words.strip()) | _alias(plain)
    )


def _by_acronym(organization: Organization, words: str) -> bool:
    """Return whether nothing but an acronym among its other names says that ``words`` mean it."""
    plain = plain_name(words)
    others = [alias.name for alias in organization.aliases.all() if alias.plain_name == plain]
    name = organization.plain_name
    own = plain in (name, f"{name} {organization.plain_city}") or words == organization.state_org_code
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


@transaction.atomic
def describe(organization: Organization, *, sector: str, region: str, by: Person, at: datetime) -> None:
    """Give an organization a sector and a region, each where one is said; its history says who did."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    organization.sector = sector or organization.sector
    organization.region = one_line(region) or organization.region
    said = {"default_user": User.objects.filter(person=by).first(), "default_date": at}
    update_with_history([organization], Organization, ["sector", "region"], batch_size=1, **said)


def free_slug(name: str) -> str:
    """Return an address for a new organization that no other has or had; it is given once."""
    return slugs.free_slug(name, among=_addresses(), **ADDRESS)


def free_slugs(names: Iterable[str]) -> list[str]:
    """Return an address for each of several new organizations, in two queries."""
    return slugs.free_slugs(names, among=_addresses(), **ADDRESS)


def _addresses() -> list[slugs.Column]:
    """Return where the addresses of organizations stand, those they had before a merge as well."""
    return [(Organization.objects.all(), "slug"), (OldSlug.objects.all(), "slug")]


def _alias(plain: str) -> Exists:
    """Ask for another name of the organization that is ``plain`` in its plain form."""
    return Exists(Alias.objects.filter(organization=OuterRef("pk"), plain_name=plain))


@dataclass(frozen=True)
class Place:
    """A town or district of the region, as written, and the partner that it is."""

    words: str
    organization: Organization | None = None


def places(text: str) -> list[Place]:
    """Return the lines of ``text``, each with the partner of that name or other name, in two queries."""
    lines = [line for line in (tidy(line) for line in text.splitlines()) if line]
    wanted = {plain_name(line) for line in lines}
    known: dict[str, Organization] = {}
    partners = Organization.objects.public().prefetch_related("aliases") if lines else ()
    for one in partners:
        for name in (one.plain_name, *(alias.plain_name for alias in one.aliases.all())):
            if name in wanted:
                known.setdefault(name, one)
    return [Place(line, known.get(plain_name(line))) for line in lines]
