"""Which files people may share, told by what is in them: a name and what a browser says prove nothing.

The signatures are our own and few; why no library tells them is said in
docs/decisions/0017-files-in-parts-by-content.md.
"""

import codecs
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stemnet.exceptions import FileRefused
from stemnet.one_line import one_line

PIECE = 64 * 1024
BEGIN = 1024
ZIP, OLE = "zip", "ole"
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1a\x1b")


@dataclass(frozen=True)
class Kind:
    """A kind of file: the words for it, its media type, and what its content looks like."""

    words: str | Promise
    media_type: str
    family: str


def _office(words: str, format: str, family: str) -> Kind:
    return Kind(words, f"application/vnd.openxmlformats-officedocument.{format}", family)


def _open_document(words: str | Promise, format: str) -> Kind:
    media_type = f"application/vnd.oasis.opendocument.{format}"
    return Kind(words, media_type, media_type)


PICTURE, VIDEO, SOUND = gettext_lazy("picture"), gettext_lazy("video"), gettext_lazy("sound")
TEXT = gettext_lazy("text")
KINDS = {
    "pdf": Kind("PDF", "application/pdf", "pdf"),
    "docx": _office("Word", "wordprocessingml.document", "word"),
    "pptx": _office("PowerPoint", "presentationml.presentation", "ppt"),
    "xlsx": _office("Excel", "spreadsheetml.sheet", "xl"),
    "doc": Kind("Word", "application/msword", OLE),
    "ppt": Kind("PowerPoint", "application/vnd.ms-powerpoint", OLE),
    "xls": Kind("Excel", "application/vnd.ms-excel", OLE),
    "odt": _open_document(gettext_lazy("text"), "text"),
    "odp": _open_document(gettext_lazy("slides"), "presentation"),
    "ods": _open_document(gettext_lazy("table"), "spreadsheet"),
    "rtf": Kind(TEXT, "application/rtf", "rtf"),
    "epub": Kind("EPUB", "application/epub+zip", "application/epub+zip"),
    "png": Kind(PICTURE, "image/png", "png"),
    "jpg": Kind(PICTURE, "image/jpeg", "jpeg"),
    "jpeg": Kind(PICTURE, "image/jpeg", "jpeg"),
    "gif": Kind(PICTURE, "image/gif", "gif"),
    "webp": Kind(PICTURE, "image/webp", "webp"),
    "heic": Kind(PICTURE, "image/heic", "heic"),
    "mp4": Kind(VIDEO, "video/mp4", "iso"),
    "m4v": Kind(VIDEO, "video/mp4", "iso"),
    "mov": Kind(VIDEO, "video/quicktime", "iso"),
    "webm": Kind(VIDEO, "video/webm", "webm"),
    "mp3": Kind(SOUND, "audio/mpeg", "mp3"),
    "m4a": Kind(SOUND, "audio/mp4", "iso"),
    "wav": Kind(SOUND, "audio/wav", "wav"),
    "zip": Kind("ZIP", "application/zip", ZIP),
    "txt": Kind(TEXT, "text/plain", "text"),
    "csv": Kind(gettext_lazy("table"), "text/csv", "text"),
    "md": Kind(TEXT, "text/markdown", "text"),
}
WITH_SCRIPTS = {"htm", "html", "mht", "mhtml", "shtml", "svg", "svgz", "xht", "xhtml", "xml"}
MARKS = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"{\\rtf": "rtf",
    b"\x1aE\xdf\xa3": "webm",
    b"ID3": "mp3",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLE,
    b"PK\x03\x04": ZIP,
    b"PK\x05\x06": ZIP,  # one that is empty
}
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
AVIF = {b"avif", b"avis"}
BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


def clean_name(name: str) -> str:
    """Return the name of a file as one line, without folders, hidden signs or dots in front of it.

    At most 150 letters, with its ending. Raises FileRefused where nothing is left.
    """
    last = one_line(name.replace("\\", "/").rpartition("/")[2]).lstrip(". ")
    if not last:
        raise FileRefused(sentence=_("This file has no name. Rename it and choose it again."))
    ending = PurePosixPath(last).suffix[:12]
    return last if len(last) <= 150 else last[: 150 - len(ending)] + ending


def kind_of(name: str) -> Kind:
    """Return the kind that the ending of ``name`` claims. Raises FileRefused for one that we can't take."""
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if ending in KINDS:
        return KINDS[ending]
    if not ending:
        sentence = _("“%(name)s” has no ending, such as .pdf or .docx. Rename it and choose it again.")
    elif ending in WITH_SCRIPTS:
        sentence = _(
            "“%(name)s” is a web page or drawing that can run scripts. Save it as PDF and share that."
        )
    else:
        sentence = _(
            "We can't take “%(name)s”. Share a PDF, an Office file, a picture, a "
            "video, an audio file or a ZIP file."
        )
    raise FileRefused(sentence=sentence % {"name": name})


def check_content(file: IO[bytes], name: str) -> Kind:
    """Return the kind of ``file``, which is what ``name`` claims. Raises FileRefused where it is not."""
    kind = kind_of(name)
    family = family_of(file)
    file.seek(0)
    if family == kind.family or (kind.family == ZIP and is_zip(file)):
        return kind
    if family == OLE and kind.media_type.startswith("application/vnd.openxml"):
        sentence = _(
            "“%(name)s” is protected by a password, or was renamed. Save it without one and try again."
        )
    else:
        sentence = _(
            "What's inside “%(name)s” doesn't match its name. Open it, save it again, and share that."
        )
    raise FileRefused(sentence=sentence % {"name": name})


def is_zip(file: IO[bytes]) -> bool:
    """Return whether a file is an archive, whatever it holds."""
    begin = file.read(4)
    file.seek(0)
    return begin[:2] == b"PK" and zipfile.is_zipfile(file)


def family_of(file: IO[bytes]) -> str:
    """Return what the content of ``file`` looks like; nothing for what we don't know."""
    file.seek(0)
    begin = file.read(BEGIN)
    marked = next((family for mark, family in MARKS.items() if begin.startswith(mark)), "")
    if marked == ZIP:
        return _in_archive(file)
    return marked or _by_place(begin) or ("text" if _is_text(file) else "")


def _by_place(begin: bytes) -> str:
    """Return the family of what is marked behind its first byte."""
    if b"%PDF-" in begin:
        return "pdf"
    if begin[:4] == b"RIFF":
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(begin[8:12], "")
    if begin[4:8] in BOXES:
        brand = begin[8:12] if begin[4:8] == b"ftyp" else b""
        return "heic" if brand in HEIC else "avif" if brand in AVIF else "iso"
    # A frame of MPEG sound, layer III: eleven bits of one, and 01.
    return "mp3" if len(begin) > 1 and begin[0] == 0xFF and begin[1] & 0xE6 == 0xE2 else ""


def _in_archive(file: IO[bytes]) -> str:
    """Return what an archive is by what it holds; nothing is unpacked but a line that says its type."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                folders = {name.partition("/")[0] for name in names}
                return next((one for one in ("word", "ppt", "xl") if one in folders), ZIP)
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                return archive.read("mimetype").decode("ascii", "replace").strip()
    except DAMAGED:
        return ""
    return ZIP


def _is_text(file: IO[bytes]) -> bool:
    """Return whether a file is text: UTF-16 with its mark, or one without signs of control."""
    file.seek(0)
    begin = file.read(2)
    file.seek(0)
    if begin in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return _is_utf_16(file)
    return bool(begin) and all(CONTROLS.isdisjoint(piece) for piece in pieces(file))


def _is_utf_16(file: IO[bytes]) -> bool:
    """Return whether all of a file is UTF-16."""
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        for piece in pieces(file):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Give a file from where it stands, a piece at a time."""
    while piece := file.read(PIECE):
        yield piece
