"""What a file, a hash or a number is that somebody wants to check: open to everyone, and nothing is kept."""

import re
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _

from partners.memorandum.documents import evidence
from partners.memorandum.documents.memorandum import sha256
from partners.memorandum.exceptions import MouRefused
from partners.models import MouDocument, MouDocumentPart, Signature
from stemnet.exceptions import Unprintable

DIGITS = 64
PRINTED = 400  # characters; a hash or a number is shorter, with everything that is copied along
ALMOST = range(40, 90)  # characters, of what was meant as a hash
HEXADECIMAL = re.compile(r"[0-9a-f]+")
ALGORITHM = re.compile(r"sha[\W_]*256")
BETWEEN = re.compile(r"[\W_]+")
MISREAD = str.maketrans("oil", "011")  # no letters of a hash, but read for digits of one
LABELS = ("no", "nr", "number", "document", "memorandum", "mou")  # may stand before a number


@dataclass(frozen=True)
class Known:
    """What was found, the document that it belongs to, and the partner whose part or signature it is.

    ``kind`` is document, number, part, scan, evidence, or other_evidence for a file that names a signature of
    ours, but is not what we give out now.
    """

    kind: str
    document: MouDocument
    organization: str = ""


def hash_typed(words: str) -> str:
    """Return the hash that was typed or pasted, however it is spaced, or that of a whole file's text.

    It is empty for a few words that are no hash. Raises MouRefused for one with digits too few or too many.
    """
    if len(words) <= PRINTED:
        pieces = pieces_of(ALGORITHM.sub(" ", words.lower()))
        runs = ("".join(pieces[first:last]) for first, last in combinations(range(len(pieces) + 1), 2))
        hashes = (run.translate(MISREAD) for run in runs if len(run) == DIGITS)
        if found := next(filter(HEXADECIMAL.fullmatch, hashes), ""):
            return found
        bare = "".join(pieces)
        if len(bare) in ALMOST and HEXADECIMAL.fullmatch(bare):
            said = _(
                "A hash has %(most)s letters and digits, and this one has %(number)s. Compare them again."
            )
            raise MouRefused(sentence=said % {"most": DIGITS, "number": len(bare)})
        return ""
    return sha256(words.replace("\r\n", "\n"))


def pieces_of(words: str) -> list[str]:
    """Return the runs of letters and digits in ``words``."""
    return [piece for piece in BETWEEN.split(words) if piece]


def known_by(digest: str) -> Known | None:
    """Return what has this hash: a document's HTML or PDF file, a part in one, or the scan of a paper."""
    if not digest:
        return None
    documents = MouDocument.objects.select_related("mou", "replaced_by")
    document = documents.filter(sha256=digest).first() or documents.filter(pdf_sha256=digest).first()
    if document is not None:
        return Known("document", document)
    owned = "document__mou", "document__replaced_by"
    part = MouDocumentPart.objects.filter(sha256=digest).select_related(*owned).order_by("pk").last()
    if part is not None:
        return Known("part", part.document, part.organization_name)
    scan = Signature.objects.filter(scan_sha256=digest).select_related(*owned).order_by("pk").last()
    return Known("scan", scan.document, scan.organization_name) if scan else None


def known_as(words: str) -> Known | None:
    """Return the document with the number that was typed or pasted, however it is spaced."""
    pieces = pieces_of(words.lower()) if len(words) <= PRINTED else []
    while len(pieces) > 2 and pieces[0] in LABELS:
        pieces = pieces[1:]
    rows = MouDocument.objects.select_related("mou", "replaced_by")
    numbers = {document: pieces_of(document.printed_number) for document in rows if pieces}
    alike = [one for one, number in numbers.items() if "".join(number) == "".join(pieces)]
    same = [one for one in alike if numbers[one] == pieces] or alike
    return Known("number", same[0]) if len(same) == 1 else None


def known_evidence(content: bytes, *, digest: str, zone: str) -> Known | None:
    """Return whose evidence a PDF file says it is, and whether it is the very file that we give out."""
    named = evidence.REFERENCE.search(content)
    if named is None:
        return None
    signed = Signature.objects.signed().select_related("document__mou", "document__replaced_by")
    signature = signed.filter(uid=named[1].decode()).first()
    if signature is None:
        return None
    try:
        same = sha256(evidence.as_pdf(signature, zone=zone)) == digest
    except Unprintable:
        same = False
    kind = "evidence" if same else "other_evidence"
    return Known(kind, signature.document, signature.organization_name)
