"""ZIP files that are no workbooks: what is inside, read in parts and never more than is allowed."""

import csv
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from partners.importing.exceptions import ImportRefused

MOST_UNPACKED_BYTES = 200 * 1024 * 1024  # of the files that are read
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError)
_BROKEN = (*_DAMAGED, NotImplementedError, OSError, ValueError)
Line = tuple[int, dict[str, str]]


class Packed:
    """The CSV files of an archive, by their names in lower case, without a folder that all of them are in."""

    def __init__(self, file: IO[bytes]) -> None:
        """Open the archive. Raises ImportRefused for one that is damaged."""
        try:
            self._archive = zipfile.ZipFile(file)
            every = self._archive.infolist()
        except _BROKEN:
            raise _damaged() from None
        parts = [part for part in every if not part.is_dir() and not part.filename.startswith("__MACOSX/")]
        self.parts = {
            part.filename.rpartition("/")[2].lower(): part
            for part in parts
            if part.filename.lower().endswith(".csv")
        }
        self.is_workbook = any(part.filename.startswith("xl/") for part in parts)

    def lines(self, name: str) -> Iterator[Line]:
        """Give the lines of one file, each with its number and its cells by the names of columns.

        Raises ImportRefused for a file that is locked, damaged, too large or not in UTF-8.
        """
        part = self.parts[name]
        if part.flag_bits & 1:
            raise ImportRefused(sentence=_("This ZIP file has a password. Make it again without one."))
        if part.file_size > MOST_UNPACKED_BYTES:
            raise _too_large(name)
        try:
            with self._archive.open(part) as file:
                yield from csv_lines(_Counted(file, name), name)
        except _BROKEN as error:
            if isinstance(error, UnicodeError):
                raise ImportRefused(
                    sentence=_("%(file)s isn't in UTF-8. Export it again as UTF-8.") % {"file": name}
                ) from None
            raise _damaged() from None


class _Counted(io.RawIOBase):
    """A file inside an archive that ends with a refusal where more comes out than it said."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name, self._left = file, name, MOST_UNPACKED_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        read = self._file.read(len(buffer))
        self._left -= len(read)
        if self._left < 0:
            raise _too_large(self._name)
        buffer[: len(read)] = read
        return len(read)


def csv_lines(file: io.RawIOBase, name: str, *, encoding: str = "utf-8-sig") -> Iterator[Line]:
    """Give the lines of a CSV file below its header. Raises ImportRefused where it is none."""
    text = io.TextIOWrapper(io.BufferedReader(file, 1 << 16), encoding=encoding, newline="")
    reader = csv.reader(text)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if "" in header[:1] or not header:
            raise ImportRefused(sentence=_("%(file)s is empty.") % {"file": name})
        for cells in reader:
            if any("\0" in cell for cell in cells):
                raise csv.Error
            if any(cells):
                padded = [*map(str.strip, cells), *[""] * len(header)]
                yield reader.line_num, dict(zip(header, padded, strict=False))
    except csv.Error:
        raise ImportRefused(sentence=_("%(file)s can't be read as CSV.") % {"file": name}) from None


def _damaged() -> ImportRefused:
    return ImportRefused(sentence=_("This ZIP file is damaged. Download or export it again."))


def _too_large(name: str) -> ImportRefused:
    return ImportRefused(
        sentence=_("%(file)s unpacks to more than 200 MB, which is more than we read.") % {"file": name}
    )
