"""What binds a partner on a day: which document, from when to when, its notice, and what it is asked for.

Term, reminders, boards, notice, stage, the exchange and the pages ask `bonds` and nothing else
(docs/rules.md 8.4). The days that count are those in the documents that were signed. A newer signature takes
the place of an older one on the first day of its own document; until then the older one binds. A partner that
has left, by its own notice or by a merge, is bound no more; nor is one whose term is over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from partners.models.memorandum.document import MouDocument
from partners.models.memorandum.memorandum import Mou
from partners.models.memorandum.role import MouRole
from partners.models.memorandum.signature import Signature
from partners.models.people.local_time import local_day, zone_of_partnership

Status = Signature.Status


@dataclass(frozen=True)
class Term:
    """What a document says of its first and last day, and of the days of notice."""

    first: date
    last: date | None
    notice_days: int


@dataclass(frozen=True)
class Bond:
    """What one part of a memorandum comes to on the day ``on``.

    ``signature`` is the one that counts on the day or, where nothing binds, the last that did; ``ahead`` one
    that was given for a term that has not begun. ``begins`` is the first day on which the partner is bound by
    ``signature``, ``given_on`` the day on which the newest of the two was given. ``latest`` is what became of
    the newest request among the documents that stand, ``asked`` that request while an answer is waited for.
    """

    role: MouRole
    on: date
    signature: Signature | None = None
    term: Term | None = None
    begins: date | None = None
    ahead: Signature | None = None
    ahead_term: Term | None = None
    given_on: date | None = None
    latest: Signature | None = None
    asked: Signature | None = None

    @property
    def has_left(self) -> bool:
        """Return whether the partner has left the memorandum by the day."""
        return has_left(self.role, on=self.on)

    @property
    def last(self) -> date | None:
        """Return the last day of all that was signed, whether or not the partner leaves before it."""
        term = self.ahead_term or self.term
        return term.last if term is not None else None

    @property
    def ends(self) -> date | None:
        """Return the last day on which the partner is bound; None where there is none."""
        if self.signature is None or self.role.withdrawn_on is None:
            return self.last
        leaves = self.role.withdrawn_on - timedelta(days=1)
        return leaves if self.last is None else min(leaves, self.last)

    @property
    def is_over(self) -> bool:
        """Return whether something was signed, and its term is past or its memorandum ended without one."""
        if self.signature is None:
            return False
        return self.ended if self.last is None else self.last < self.on

    @property
    def ended(self) -> bool:
        """Return whether the memorandum has ended."""
        return self.role.mou.status == Mou.Status.ENDED

    @property
    def binds(self) -> bool:
        """Return whether what was signed binds; it does before its term has begun, too: it was given."""
        return self.signature is not None and not self.has_left and not self.is_over

    @property
    def is_current(self) -> bool:
        """Return whether what binds is the newest that the partner was asked for."""
        return self.binds and self.signature == self.latest

    @property
    def runs(self) -> bool:
        """Return whether it binds, and the first day of its document has come."""
        return self.binds and self.term is not None and self.term.first <= self.on

    @property
    def document(self) -> MouDocument | None:
        """Return the document that counts; None where nothing was signed."""
        return self.signature.document if self.signature is not None else None

    @property
    def notice_days(self) -> int | None:
        """Return the days of notice that the partner signed; None where it signed nothing."""
        return self.term.notice_days if self.term is not None else None


def bond(role: MouRole, *, on: date) -> Bond:
    """Return what one part comes to on a day."""
    return bonds([role], on=on)[role.pk]


def bonds_of(mou: Mou, *, on: date) -> list[Bond]:
    """Return what each part of a memorandum comes to on a day, by the organizations' names."""
    roles = mou.roles.select_related("mou", "organization", "lead_contact", "drafter")
    found = list(roles.order_by("organization__plain_name", "pk"))
    return list(bonds(found, on=on).values())


def bonds(roles: Iterable[MouRole], *, on: date) -> dict[int, Bond]:
    """Return what each of ``roles`` comes to on a day, by their keys, in three queries for however many.

    The bodies of documents and parts are not read: whoever needs them asks for them.
    """
    known = list(roles)
    if not known:
        return {}
    rows = Signature.objects.filter(part__role__in=known, document__unlocked_at=None)
    rows = rows.filter(Q(status=Status.SIGNED) | Q(document__replaced_by=None))
    rows = rows.select_related("document__mou", "part").order_by("pk")
    rows = rows.defer("document__html", "document__words", "part__words")
    by_role: dict[int, list[Signature]] = {}
    for row in rows:
        by_role.setdefault(row.part.role_id, []).append(row)
    terms = terms_of({row.document_id for found in by_role.values() for row in found})
    zone = zone_of_partnership()
    return {role.pk: _bond(role, by_role.get(role.pk, []), terms, zone=zone, on=on) for role in known}


def terms_of(documents: set[int]) -> dict[int, Term]:
    """Return the terms of documents as they were signed, by their keys."""
    names = ("pk", "words__effective_on", "words__ends_on", "words__notice_days")
    rows = MouDocument.objects.filter(pk__in=documents).order_by().values_list(*names) if documents else []
    return {
        pk: Term(date.fromisoformat(first), date.fromisoformat(last) if last else None, int(days))
        for pk, first, last, days in rows
    }


def _bond(role: MouRole, rows: list[Signature], terms: dict[int, Term], *, zone: ZoneInfo, on: date) -> Bond:
    """Return what one part comes to, from all that was signed for it and asked of it."""
    given = sorted((one for one in rows if one.status == Status.SIGNED), key=_given_at)
    counts, ahead = _counting(given, terms, on=on)
    standing = [one for one in rows if one.document.replaced_by_id is None]
    latest = max(standing, key=lambda one: (one.document.number, one.pk), default=None)
    return Bond(
        role=role,
        on=on,
        signature=counts,
        term=terms[counts.document_id] if counts else None,
        begins=_begins(counts, {one.pk: one for one in given}, terms, zone=zone) if counts else None,
        ahead=ahead,
        ahead_term=terms[ahead.document_id] if ahead else None,
        given_on=given_on(given[-1], zone=zone) if given else None,
        latest=latest,
        asked=latest if latest is not None and _waits(latest, role, terms, on=on) else None,
    )


def _given_at(signature: Signature) -> tuple[float, int]:
    """Return what signatures are ordered by: when each was given."""
    return signature.signed_at.timestamp() if signature.signed_at else 0, signature.pk


def _counting(
    given: list[Signature], terms: dict[int, Term], *, on: date
) -> tuple[Signature | None, Signature | None]:
    """Return which of the signatures of a part counts on a day, and which one will after it."""
    if not given:
        return None, None
    newest = given[-1]
    begun = [one for one in given if terms[one.document_id].first <= on]
    if not begun or begun[-1] is newest:
        return newest, None
    last = terms[begun[-1].document_id].last
    return (newest, None) if last is not None and last < on else (begun[-1], newest)


def _begins(
    signature: Signature, given: dict[int, Signature], terms: dict[int, Term], *, zone: ZoneInfo
) -> date | None:
    """Return the first day of a signature; of one that was carried over, that of the one behind it counts."""
    first = signature
    while first.carried_from_id is not None and first.carried_from_id in given:
        first = given[first.carried_from_id]
    day = given_on(first, zone=zone)
    return max(day, terms[signature.document_id].first) if day is not None else None


def given_on(signature: Signature, *, zone: ZoneInfo) -> date | None:
    """Return the day on which a signature was given: on paper, or in the partnership's ``zone``."""
    if signature.signed_at is None:
        return None
    return signature.signed_on or local_day(signature.signed_at, zone)


def _waits(signature: Signature, role: MouRole, terms: dict[int, Term], *, on: date) -> bool:
    """Return whether an answer is waited for: somebody is asked, and it is not too late to sign."""
    last = terms[signature.document_id].last
    over = role.mou.status == Mou.Status.ENDED or (last is not None and last < on)
    return signature.status == Status.ASKED and not over and not has_left(role, on=on)


def binds(role: MouRole, *, on: date) -> bool:
    """Return whether what was signed for this part binds on a day."""
    return bond(role, on=on).binds


def bound_beside(role: MouRole, *, on: date) -> bool:
    """Return whether something else that the same organization signed binds it on a day."""
    others = MouRole.objects.filter(organization=role.organization_id).exclude(pk=role.pk)
    return any(one.binds for one in bonds(others.select_related("mou"), on=on).values())


def has_left(role: MouRole, *, on: date) -> bool:
    """Return whether a partner has left the memorandum by the day."""
    given_notice = role.withdrawn_on is not None and role.withdrawn_on <= on
    return role.status == MouRole.Status.WITHDRAWN or given_notice


def in_force_from(signature: Signature, *, zone: ZoneInfo) -> date | None:
    """Return the day from which the memorandum binds whoever signed; None where nothing is signed.

    It is the day in the document, or that of the signature, for those who join later; of one that was carried
    over, that of the signature behind it. ``zone`` is the partnership's.
    """
    first, behind = signature, [signature]
    while first.carried_from is not None:
        first = first.carried_from
        behind.append(first)
    return first_days(behind, zone=zone)[signature.pk]


def first_days(signatures: list[Signature], *, zone: ZoneInfo) -> dict[int, date | None]:
    """Return `in_force_from` of each, by their keys, in one query; those behind one are among them."""
    terms, given = terms_of({one.document_id for one in signatures}), {one.pk: one for one in signatures}
    return {one.pk: _begins(one, given, terms, zone=zone) for one in signatures}


def is_over(document: MouDocument, *, on: date) -> bool:
    """Return whether the last day of a document, as it was signed, is past, or it ended without one."""
    last = last_day(document)
    return document.mou.status == Mou.Status.ENDED if last is None else last < on


def runs(document: MouDocument, *, on: date) -> bool:
    """Return whether a day is within the term of a document."""
    return first_day(document) <= on and not is_over(document, on=on)


def first_day(document: MouDocument) -> date:
    """Return the first day of a document's term as it was signed."""
    return date.fromisoformat(document.words["effective_on"])


def last_day(document: MouDocument) -> date | None:
    """Return the last day of a document's term as it was signed, or None where it says none."""
    said = document.words["ends_on"]
    return date.fromisoformat(said) if said else None
