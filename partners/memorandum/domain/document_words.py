"""What would be locked for signature now: the shared text, and every part that is ready.

See docs/rules.md 8.2.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from partners.memorandum.documents.memorandum import sha256
from partners.memorandum.domain import sign_requests
from partners.memorandum.domain.standard_sections import PARTS
from partners.memorandum.exceptions import MouRefused
from partners.models import (
    Contribution,
    Mou,
    MouDocument,
    MouDocumentPart,
    MouRole,
    MouText,
    Need,
    Partnership,
    Signature,
)

Status = MouRole.Status


@dataclass(frozen=True)
class ReadyPart:
    """A part that goes into the document; ``fresh`` where its words are not those signed before.

    ``needs`` and ``contributions`` are the keys of the rows that its words say.
    """

    role: MouRole
    words: dict[str, Any]
    fresh: bool
    needs: tuple[int, ...] = ()
    contributions: tuple[int, ...] = ()

    @property
    def sha256(self) -> str:
        """Return the hash of the part alone."""
        return digest(self.words)


@dataclass(frozen=True)
class Gathered:
    """All that locking would take: ``current`` is the document signed or to be signed until now."""

    mou: Mou
    text: MouText
    current: MouDocument | None
    ready: list[ReadyPart]
    waiting: list[tuple[MouRole, str]] = field(default_factory=list)

    @property
    def joining(self) -> bool:
        """Return whether this version of the text is locked already, so that who comes now joins it."""
        return self.current is not None and self.current.text_id == self.text.pk

    @property
    def digest(self) -> str:
        """Return what a page carries to notice that anything changed since it was opened."""
        mou = self.mou
        known = [str(mou.effective_on), str(mou.ends_on), mou.notice_days, mou.title]
        current = self.current.sha256 if self.current else ""
        return digest(
            [known, current, self.text.pk, sections_of(self.text), [part.words for part in self.ready]]
        )


def digest(words: Any) -> str:
    """Return the SHA-256 of words as canonical JSON."""
    return sha256(json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def gather_for_freezing(mou: Mou, *, join: bool = False) -> Gathered:
    """Return what would be locked now, and who would wait or join later, each with the reason.

    With ``join`` it is the current version that they join, though a newer one was circulated already.
    Raises MouRefused where no version of the shared text was circulated.
    """
    text = mou.texts.exclude(status=MouText.Status.DRAFT).last()
    if text is None:
        raise MouRefused(
            sentence=_(
                "Circulate a version of the shared text first. You can lock only a text that "
                "partners could read."
            )
        )
    current = mou.documents.standing().whole().last()
    if join and current is not None:
        text = current.text
    gathered = Gathered(mou=mou, text=text, current=current, ready=[])
    signed, locked = last_parts(mou, signed=True), last_parts(mou)
    for role in roles_of(mou):
        before = locked if role.status == Status.LOCKED else signed
        _place(gathered, role, before.get(role.pk))
    return gathered


def roles_of(mou: Mou) -> list[MouRole]:
    """Return the parts of a memorandum with all that is printed of them."""
    roles = mou.roles.exclude(status=Status.WITHDRAWN).order_by("organization__plain_name", "pk")
    rows = roles.select_related("organization", "drafter", "lead_contact", "mou").prefetch_related(
        "drafter__emails", "needs__category", "needs__school", "contributions__category"
    )
    return list(rows)


def _place(gathered: Gathered, role: MouRole, before: MouDocumentPart | None) -> None:
    """Put one part among the ready or the waiting ones."""
    why = why_not(role)
    if not why:
        words = partner_words(role)
        fresh = before is None or before.words != words
        gathered.ready.append(ReadyPart(role, words, fresh, *map(keys, (role.needs, role.contributions))))
    elif before is not None and not gathered.joining:
        words = {**before.words, **names_now(role)}
        fresh = words != before.words
        gathered.ready.append(ReadyPart(role, words, fresh, *said_by(before)))
    elif role.status != Status.LOCKED:
        gathered.waiting.append((role, why))


def names_now(role: MouRole) -> dict[str, str]:
    """Return the names that a part which was locked before gets in a new document.

    The organization may be called otherwise by now, and somebody else may sign; a signatory who is named in a
    part that is being changed is not agreed yet.
    """
    names = {"organization": str(role.organization)}
    if role.status == Status.LOCKED:
        names["signatory_name"] = role.signatory_name.strip()
        names["signatory_title"] = role.signatory_title.strip()
    return names


def why_not(role: MouRole) -> str:
    """Return why the words of a part can't be locked now; nothing where they can."""
    if role.status != Status.ACCEPTED:
        return str(role.get_status_display())
    try:
        sign_requests.check_signatory(role, name=role.signatory_name, address=role.signatory_email)
    except MouRefused as refusal:
        return str(refusal)
    return ""


def last_parts(mou: Mou, *, signed: bool = False) -> dict[int, MouDocumentPart]:
    """Return the part of each partner as it stands in the newest of its documents, or that it signed."""
    rows = MouDocumentPart.objects.filter(document__mou=mou, document__unlocked_at=None)
    if signed:
        rows = rows.filter(signatures__status=Signature.Status.SIGNED)
    rows = rows.select_related("document").defer("document__html", "document__words")
    rows = rows.prefetch_related("needs", "contributions")
    return {row.role_id: row for row in rows.order_by("document__number")}


def partner_words(role: MouRole) -> dict[str, Any]:
    """Return all that the document says of one partner."""
    needs, contributions = rows_now(role.needs), rows_now(role.contributions)
    return {
        "organization": str(role.organization),
        "does": role.does,
        "needs_text": role.needs_text,
        "contributes_text": role.contributes_text,
        "needs": [need_line(need) for need in needs],
        "contributions": [contribution_line(one) for one in contributions],
        "signatory_name": role.signatory_name.strip(),
        "signatory_title": role.signatory_title.strip(),
    }


def rows_now(rows: Any) -> list[Any]:
    """Return the needs or contributions that a part says now, the first one written first."""
    standing = (one for one in rows.all() if one.withdrawn_at is None and one.taken_out_at is None)
    return sorted(standing, key=attrgetter("pk"))


def said_by(part: MouDocumentPart) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the keys of the needs and contributions that a part in a document says."""
    return tuple(one.pk for one in part.needs.all()), tuple(one.pk for one in part.contributions.all())


def keys(rows: Any) -> tuple[int, ...]:
    """Return the keys of the needs or contributions that a part says."""
    return tuple(one.pk for one in rows_now(rows))


def need_line(need: Need) -> str:
    """Return a need as one line."""
    said = [need.detail]
    if need.school:
        said.append(_("for %(school)s") % {"school": need.school})
    if need.grade_bands:
        said.append(_("grades %(grades)s") % {"grades": need.grades})
    if need.wanted_by:
        said.append(_("by %(day)s") % {"day": need.wanted_by.isoformat()})
    said.append(_("priority: %(priority)s") % {"priority": need.get_priority_display()})
    return f"{need.category}: {'; '.join(one for one in said if one)}"


def contribution_line(one: Contribution) -> str:
    """Return a contribution as one line."""
    said = [one.detail, one.quantity]
    if one.available_from:
        said.append(_("from %(day)s") % {"day": one.available_from.isoformat()})
    if one.available_until:
        said.append(_("until %(day)s") % {"day": one.available_until.isoformat()})
    said.append(one.conditions)
    told = "; ".join(words for words in said if words)
    return f"{one.category}: {told}" if told else str(one.category)


def sections_of(text: MouText) -> list[dict[str, str]]:
    """Return the sections of a version of the shared text."""
    sections = text.sections.order_by("position", "pk")
    return [{"key": one.key, "heading": one.heading, "body": one.body} for one in sections]


def document_words(
    gathered: Gathered, ready: list[ReadyPart], *, number: int, joins: MouDocument | None, on: date
) -> dict[str, Any]:
    """Return every word of a document with these parts."""
    partnership, term = Partnership.objects.first(), joins.words if joins else term_of(gathered.mou)
    sections = sections_of(gathered.text)
    keys = [section["key"] for section in sections]
    return {
        "language": settings.LANGUAGE_CODE,
        "partnership": str(partnership or ""),
        "title": title_of(term["title"], ready, joins),
        "number": f"{gathered.mou.slug}/{number}",
        "joins": {"number": joins.printed_number, "sha256": joins.sha256} if joins else None,
        "text_number": gathered.text.number,
        "locked_on": on.isoformat(),
        **{name: term[name] for name in ("effective_on", "ends_on", "notice_days")},
        "sections": sections,
        "parts_in": PARTS if PARTS in keys else keys[-1],
        "parts": [part.words for part in ready],
    }


def term_of(mou: Mou) -> dict[str, Any]:
    """Return title and term as a new document says them; a joinder keeps those of what it joins."""
    return {
        "title": mou.title,
        "effective_on": mou.effective_on.isoformat() if mou.effective_on else "",
        "ends_on": mou.ends_on.isoformat() if mou.ends_on else "",
        "notice_days": mou.notice_days,
    }


def title_of(title: str, ready: list[ReadyPart], joins: MouDocument | None) -> str:
    """Return the title of a document; a joinder names who joins."""
    if joins is None:
        return title
    names = ", ".join(part.words["organization"] for part in ready)
    return _("%(title)s: joinder of %(names)s") % {"title": title, "names": names}
