"""A file that came, whole, and is what its name says: by a form at once, or in parts."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from meetings.gathering.exceptions import UploadRefused
from meetings.models import Upload
from stemnet.exceptions import FileRefused
from stemnet.file_kinds import PIECE, Kind, check_content, clean_name, kind_of, pieces

IN_MEMORY = 1024 * 1024


@dataclass(frozen=True)
class Incoming:
    """A file that was checked; ``upload`` where it came in parts."""

    file: IO[bytes]
    name: str
    kind: Kind
    size: int
    sha256: str
    upload: Upload | None = None


def check_claims(name: str, size: int) -> str:
    """Return the clean name of a file that is announced with ``size`` bytes.

    Raises FileRefused where nobody may share such a file, before any of it was sent.
    """
    name = clean_name(name)
    kind_of(name)
    if size == 0:
        raise FileRefused(sentence=_("“%(name)s” is empty.") % {"name": name})
    if size > settings.FILE_BYTES:
        raise FileRefused(sentence=too_large(name, size))
    return name


def too_large(name: str, size: int) -> str:
    """Say that a file is too large, and what to do."""
    said = _(
        "“%(name)s” is %(size)s, and a file can be up to %(most)s. Make it smaller, or share a link to it."
    )
    return said % {"name": name, "size": filesizeformat(size), "most": most_words()}


def most_words() -> str:
    """Say how large a file can be."""
    return _("%(number)s MB") % {"number": settings.FILE_BYTES // 1024**2}


def from_form(file: UploadedFile[bytes]) -> Incoming:
    """Return a file that a form sent. Raises FileRefused."""
    content = cast("IO[bytes]", file)
    name = check_claims(file.name or "", file.size or 0)
    kind = check_content(content, name)
    return Incoming(content, name, kind, file.size or 0, digest(content))


@contextmanager
def joined(upload: Upload) -> Iterator[Incoming]:
    """Give the file of all parts of ``upload``, in a temporary place.

    Raises FileRefused where it is not what its name says, UploadRefused where it is not what was announced.
    """
    if not upload.is_here:
        raise UploadRefused(sentence=_("“%(name)s” isn't fully uploaded yet.") % {"name": upload.name})
    with SpooledTemporaryFile(max_size=IN_MEMORY) as place:
        file: Any = place
        for part, _size in upload.parts:
            with default_storage.open(part, "rb") as piece:
                for block in piece.chunks(PIECE):
                    file.write(block)
        if digest(file) != upload.sha256:
            said = _("“%(name)s” changed while it was being sent. Choose it again.")
            raise UploadRefused(sentence=said % {"name": upload.name})
        kind = check_content(file, upload.name)
        file.seek(0)
        yield Incoming(file, upload.name, kind, upload.size, upload.sha256, upload)


def digest(file: IO[bytes]) -> str:
    """Return the SHA-256 of a whole file, and go back to its beginning."""
    found = hashlib.sha256()
    file.seek(0)
    for block in pieces(file):
        found.update(block)
    file.seek(0)
    return found.hexdigest()


@contextmanager
def gathered(uploads: Iterable[Upload], files: Iterable[UploadedFile[bytes]]) -> Iterator[list[Incoming]]:
    """Give the files of ``uploads``, those that were used already left out, and of a form; all were checked.

    Raises FileRefused or UploadRefused for the first that can't be taken.
    """
    with ExitStack() as open_files:
        came = [open_files.enter_context(joined(one)) for one in uploads if one.version_id is None]
        yield [*came, *(from_form(file) for file in files)]
