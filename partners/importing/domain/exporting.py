"""Organizations and people as tables with the columns of an import: brought again, they change nothing."""

from collections.abc import Iterator, Mapping

from django.db.models import Prefetch, QuerySet
from django.utils import translation

from partners.importing.domain.organization_index import Book
from partners.importing.imports.fields import sheet
from partners.models import Organization, Person, Position, TableImport
from stemnet.tables.writing import Cell, Sheet

Kind = TableImport.Kind
Said = dict[str, Cell]
PART = 500


def table(kind: str) -> Sheet:
    """Return everyone, or every organization, as a sheet whose rows are read in parts."""
    return organizations(Organization.objects.all()) if kind == Kind.ORGANIZATIONS else people()


def organizations(chosen: QuerySet[Organization]) -> Sheet:
    """Return the organizations among ``chosen`` as a sheet, without those that were merged into another."""
    rows = chosen.filter(merged_into=None).order_by("plain_name", "pk").prefetch_related("aliases")
    book = Book()
    return sheet(Kind.ORGANIZATIONS, _as_now(_organization(book, one) for one in rows.iterator(PART)))


def people() -> Sheet:
    """Return everyone as a sheet, a row a position; who has none stands in one row.

    A position that says a title and no organization is left out: no import could tell whose it is.
    """
    held = Position.objects.order_by("pk")
    everyone = Person.objects.current()
    rows = everyone.prefetch_related("emails", Prefetch("positions", queryset=held)).iterator(PART)
    return sheet(Kind.PEOPLE, _as_now(_rows_of_people(rows)))


def _as_now(rows: Iterator[Said]) -> Iterator[Said]:
    """Give rows in the language of now, though a response reads them later."""
    language = translation.get_language() or "en"
    while True:
        with translation.override(language):
            row = next(rows, None)
        if row is None:
            return
        yield row


def _organization(book: Book, one: Organization) -> Said:
    """Return what one row says."""
    above = book.all.get(str(one.part_of_id))
    return {
        "name": one.name,
        "aliases": "; ".join(sorted(alias.name.replace(";", ",") for alias in one.aliases.all())),
        "city": one.city,
        "state": one.state,
        "sector": one.get_sector_display(),
        "level": one.get_level_display(),
        "website": one.website,
        "region": one.region,
        "state_org_code": one.state_org_code,
        "nces_id": one.nces_id,
        "part_of": book.words_for(above) if above else "",
    }


def _rows_of_people(people: Iterator[Person]) -> Iterator[Said]:
    """Give the rows of each person."""
    book = Book()
    for person in people:
        emails = sorted(person.emails.all(), key=lambda email: (not email.primary, email.pk))
        who: Said = {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "certificate_name": person.certificate_name,
            "address": emails[0].address if emails else "",
            "addresses": "; ".join(email.address for email in emails[1:]),
            "uid": str(person.uid),
        }
        held = [_position(book, one) for one in person.positions.all()]
        yield from ({**who, **said} for said in held if said["organization"])
        if not any(said["organization"] for said in held):
            yield who


def _position(book: Book, one: Position) -> Mapping[str, Cell]:
    """Return what a row says of a position."""
    known = book.all.get(str(one.organization_id))
    return {
        "organization": book.words_for(known) if known else one.organization_words,
        "job": one.get_job_display(),
        "title": one.title,
        "stakeholder_group": one.get_stakeholder_group_display(),
        "started_on": one.started_on,
        "ended_on": one.ended_on,
    }
