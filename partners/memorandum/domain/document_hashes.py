"""Whether a file is the one that was signed, byte for byte."""

import re

from partners.memorandum.documents.memorandum import sha256
from partners.models import MouDocument

HASH = re.compile(r"[0-9a-f]{64}")


def hash_typed(words: str) -> str:
    """Return the hash that was pasted, or the hash of the text that was pasted."""
    bare = "".join(words.split()).lower()
    if HASH.fullmatch(bare):
        return bare
    return sha256(words.replace("\r\n", "\n"))


def document_with(digest: str) -> MouDocument | None:
    """Return the document whose HTML or PDF file has this hash."""
    found = MouDocument.objects.select_related("mou", "replaced_by")
    return found.filter(sha256=digest).first() or found.filter(pdf_sha256=digest).first()
