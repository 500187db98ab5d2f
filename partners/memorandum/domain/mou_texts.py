"""The shared text: sections in numbered versions, from draft to circulated (docs/rules.md 8.2)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from partners.memorandum.domain import mous
from partners.memorandum.domain.standard_sections import PARTS
from partners.memorandum.domain.text_lengths import check_lengths
from partners.memorandum.emails import mou as letters
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.models import Mou, MouRole, MouSection, MouText, Person
from stemnet import differences, jobs
from stemnet.slugs import Shape, free_slug
from stemnet.telling import tell

Status = MouText.Status
KEY: Shape = {
    "longest": 34,
    "otherwise": "section",
    "reserved": {"new", "circulate"},
}  # beside those of sections


def mark(section: MouSection) -> str:
    """Return what a page carries to notice that somebody else changed the section."""
    return differences.mark(section.heading, section.body)


@transaction.atomic
def draft_of(mou: Mou, *, by: Person, at: datetime) -> MouText:
    """Return the version that is being written; where there is none, begin the next as a copy of the last.

    Raises MouRefused where the memorandum has ended.
    """
    mou = mous.lock_mou(mou)
    last = mou.texts.last()
    if last is not None and last.status == Status.DRAFT:
        return last
    if mou.status == Mou.Status.ENDED or last is None:
        raise MouRefused(sentence=_("This memorandum has ended, so its text can't change."))
    text = MouText.objects.create(
        mou=mou, number=last.number + 1, weight=MouText.Weight.EDITORIAL, by=by, written_at=at
    )
    MouSection.objects.bulk_create(
        MouSection(text=text, key=one.key, position=one.position, heading=one.heading, body=one.body)
        for one in last.sections.all()
    )
    return text


@transaction.atomic
def write_section(section: MouSection, *, heading: str, body: str, seen: str) -> MouSection:
    """Write one section of a draft; ``seen`` is its mark on the page that was opened.

    Raises ChangedMeanwhile where somebody else changed it since; MouRefused where its version was circulated.
    """
    text = lock_draft(section.text)
    section = MouSection.objects.select_for_update().get(pk=section.pk)
    if (section.heading, section.body) == (heading, body):
        return section
    if mark(section) != seen:
        raise ChangedMeanwhile
    section.heading, section.body = heading, body
    check_lengths(section, "heading", "body")
    section.save()
    raise_revision(text)
    return section


@transaction.atomic
def add_section(text: MouText, *, heading: str, body: str) -> MouSection:
    """Put a section at the end of a draft. Raises MouRefused."""
    text = lock_draft(text)
    last = text.sections.aggregate(last=Max("position"))["last"] or 0
    sections = MouSection.objects.filter(text__mou=text.mou_id)  # of any version
    key = free_slug(heading, among=[(sections, "key")], **KEY)
    section = MouSection(text=text, key=key, position=last + 1, heading=heading, body=body)
    check_lengths(section, "heading", "body")
    section.save()
    raise_revision(text)
    return section


@transaction.atomic
def remove_section(section: MouSection) -> None:
    """Take a section out of a draft; earlier versions keep it. Raises MouRefused."""
    text = lock_draft(section.text)
    if section.key == PARTS:
        raise MouRefused(sentence=_("This section holds the partners' parts, so it can't be removed."))
    section.delete()
    raise_revision(text)


@transaction.atomic
def move_section(section: MouSection, *, up: bool) -> None:
    """Change places with the section before or after. Raises MouRefused."""
    text = lock_draft(section.text)
    rows = list(text.sections.order_by("position", "pk"))
    here = next(index for index, row in enumerate(rows) if row.pk == section.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        for position, row in enumerate(rows, start=1):
            row.position = position
        MouSection.objects.bulk_update(rows, ["position"])
        raise_revision(text)


@jobs.finishing()
@transaction.atomic
def circulate(text: MouText, *, note: str, weight: str = "", at: datetime) -> MouText:
    """Let every partner of the memorandum read this version, and tell them. Raises MouRefused."""
    text = lock_draft(text)
    text.status, text.circulated_at, text.note = Status.CIRCULATED, at, note.strip()[:500]
    if text.number > 1 and weight in (MouText.Weight.EDITORIAL, MouText.Weight.MATERIAL):
        text.weight = weight
    text.save(update_fields=["status", "circulated_at", "note", "weight"])
    tell(letters.circulated, text, contacted(text.mou), at=at)
    return text


def contacted(mou: Mou) -> list[MouRole]:
    """Return the parts whose contacts are told of the shared text."""
    roles = mou.roles.standing()
    return list(
        roles.select_related("mou", "organization", "lead_contact", "drafter").prefetch_related(
            "lead_contact__emails", "drafter__emails"
        )
    )


def lock_draft(text: MouText) -> MouText:
    """Return a version that is still being written, with its memorandum's row held. Raises MouRefused."""
    mous.lock_mou(text.mou)
    text = MouText.objects.select_related("mou").get(pk=text.pk)
    if text.status != Status.DRAFT:
        raise MouRefused(
            sentence=_("Version %(number)s has already been circulated. Start the next version.")
            % {"number": text.number}
        )
    return text


def raise_revision(text: MouText) -> None:
    """Count one more save of a version."""
    MouText.objects.filter(pk=text.pk).update(revision=F("revision") + 1)
