"""The one search of the staff pages: people, organizations, networks and documents, by any part of a name.

Any script, no accents needed, words in any order. Each kind is asked for one row more than is shown, never
counted, so that a search takes no longer in a large portal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from meetings.models import Network
from partners.models import Organization, Person, Position
from registrations.models import Document, Registration
from stemnet.plain_names import plain_name

AT_MOST = 10
CODE_LENGTH = 16
NUMBER_FROM = 3


@dataclass(frozen=True)
class Found:
    """The first rows of one kind, and whether there are more."""

    rows: list[Any] = field(default_factory=list)
    more: bool = False


def first_of(rows: Iterable[Any]) -> Found:
    """Return the first of ``rows``, and whether there are more."""
    found = list(islice(rows, AT_MOST + 1))
    return Found(found[:AT_MOST], len(found) > AT_MOST)


def people(words: str, *, by: Person) -> Found:
    """Return people with what one comes for: their networks that ``by`` works for, and valid documents."""
    staffed = Network.objects.staffed_by(by)
    found = Person.objects.current()
    if not by.is_staff_for_all:
        mine = Registration.objects.filter(person=OuterRef("pk"), network__in=staffed)
        found = found.filter(Exists(mine))
    registrations = Registration.objects.filter(network__in=staffed).select_related("network")
    documents = Document.objects.valid().filter(network__in=staffed)
    found = found.prefetch_related(
        "emails",
        Prefetch("positions", Position.objects.select_related("organization").order_by("-pk")),
        Prefetch("registrations", registrations.order_by("-network__school_year", "-pk"), to_attr="seats"),
        Prefetch("documents", documents.order_by("-issued_at"), to_attr="papers"),
    )
    return first_of(found.first_found(words, AT_MOST + 1))


def organizations(words: str, *, by: Person) -> Found:
    """Return organizations by any of their names, by town or code."""
    found = Organization.objects.current().visible_to(by).found_by(words)
    return first_of(found.order_by("plain_name", "pk")[: AT_MOST + 1])


def networks(words: str, *, by: Person) -> Found:
    """Return the networks that ``by`` works for whose title and year have each of ``words``, newest first."""
    asked = plain_name(words).split()
    every = Network.objects.staffed_by(by).only("title", "slug", "school_year")
    every = every.order_by("-school_year", "title", "pk")
    return first_of(one for one in every if all(word in plain_name(str(one)) for word in asked))


def documents(words: str, *, by: Person) -> Found:
    """Return documents by the beginning of their number, or by the whole code printed on them."""
    found: QuerySet[Document] = Document.objects.editable_by(by).select_related("person", "network")
    number = "".join(words.split()).upper()
    code = number.replace("-", "")
    if len(number) < NUMBER_FROM or not any(sign.isdigit() for sign in number):
        return Found()
    asked = Q(number__startswith=number)
    if len(code) == CODE_LENGTH:
        asked |= Q(code=code)
    return first_of(found.filter(asked).order_by("number")[: AT_MOST + 1])
