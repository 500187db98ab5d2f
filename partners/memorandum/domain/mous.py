"""The memorandum itself: beginning one, and its dates."""

from datetime import datetime
from typing import Any

from django.db import transaction

from partners.memorandum.domain.standard_sections import STANDARD
from partners.models import Mou, MouSection, MouText, Partnership, Person
from stemnet.slugs import Shape, free_slug

ADDRESS: Shape = {
    "longest": 100,
    "otherwise": "mou",
    "reserved": {"new", "check"},
}  # beside those of memoranda


@transaction.atomic
def begin_mou(*, title: str, by: Person, at: datetime, **columns: Any) -> Mou:
    """Begin a memorandum with the standard sections as the draft of version 1 (docs/rules.md 8.1)."""
    slug = free_slug(title, among=[(Mou.objects.all(), "slug")], **ADDRESS)
    mou = Mou(title=title, slug=slug, **columns)
    mou.full_clean()
    mou.save()
    text = MouText.objects.create(mou=mou, number=1, by=by, written_at=at)
    MouSection.objects.bulk_create(standard_sections(text))
    return mou


def standard_sections(text: MouText) -> list[MouSection]:
    """Return the standard sections for ``text``, not saved yet."""
    partnership = Partnership.objects.first()
    said = {"partnership": str(partnership or text.mou.title)}
    return [
        MouSection(text=text, key=key, position=position, heading=str(heading), body=str(body) % said)
        for position, (key, heading, body) in enumerate(STANDARD, start=1)
    ]


def lock_mou(mou: Mou) -> Mou:
    """Return the memorandum with its row held: whoever makes or circulates a version holds it."""
    return Mou.objects.select_for_update().get(pk=mou.pk)
