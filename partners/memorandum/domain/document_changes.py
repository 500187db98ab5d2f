"""What differs between two documents for signature, section by section and part by part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partners.memorandum.documents.memorandum import facts, headings, signs
from partners.models import MouDocument, Signature
from stemnet.differences import Piece, pieces

Words = Mapping[str, Any]
TERM = ("title", "effective_on", "ends_on", "notice_days")


@dataclass(frozen=True)
class DocumentChange:
    """One place that differs."""

    heading: str
    pieces: list[Piece]


def headings_changed(before: Words, after: Words) -> tuple[str, ...]:
    """Return the headings of the places where the words of two documents differ, without comparing words."""
    old, new = places(before), places(after)
    if all(before[name] == after[name] for name in TERM):
        new["facts"] = old["facts"]  # number and day of every document differ
    else:
        new["facts"] = (_("Title, dates or notice"), new["facts"][1])
    order = [*new, *(key for key in old if key not in new)]
    return tuple((new.get(key) or old[key])[0] for key in order if old.get(key) != new.get(key))


def compare(before: MouDocument, after: MouDocument) -> list[DocumentChange]:
    """Return every place where two documents differ, in the order of the later one."""
    return compare_words(before.words, after.words)


def since_signed(signature: Signature) -> tuple[Signature, list[DocumentChange]] | None:
    """Return what this partner signed last before, and what is different now; None where it never signed."""
    given = Signature.objects.given().filter(part__role=signature.part.role_id)
    last = given.exclude(pk=signature.pk).select_related("document").order_by("signed_at", "pk").last()
    return (last, compare(last.document, signature.document)) if last is not None else None


def compare_words(before: Words, after: Words) -> list[DocumentChange]:
    """Return every place where the words of two documents differ."""
    old, new = places(before), places(after)
    order = [*new, *(key for key in old if key not in new)]
    found = []
    for key in order:
        (was_called, was), (called, now) = old.get(key, ("", "")), new.get(key, ("", ""))
        if was and now and called != was_called:
            was, now = f"{was_called}\n\n{was}", f"{called}\n\n{now}"
        if was != now:
            found.append(DocumentChange(heading=called or was_called, pieces=pieces(was, now)))
    return found


def places(words: Words) -> dict[str, tuple[str, str]]:
    """Return heading and text of each place of a document by a key that stays."""
    said = [f"{label}: {text}" for label, text in facts(words)[1:]]
    found = {"facts": (_("At the top"), "\n".join(said))}
    for section in words["sections"]:
        found[f"section {section['key']}"] = (section["heading"], section["body"])
    for part in words["parts"]:
        found[f"part {part['organization']}"] = (part["organization"], part_text(part))
    return found


def part_text(part: Mapping[str, Any]) -> str:
    """Return one partner's part as plain text."""
    said = [f"{head}\n{part[key]}" for key, head in headings() if part[key]]
    said += [f"{head}\n" + "\n".join(part[key]) for key, head in rows() if part[key]]
    return "\n\n".join([*said, signs(part)])


def rows() -> tuple[tuple[str, str], ...]:
    """Return the lists of a part with their headings."""
    return (("needs", _("Needs")), ("contributions", _("Contributions")))
