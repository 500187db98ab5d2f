"""The files of a meeting as one archive, written while it is sent."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from meetings.models import MaterialVersion
from stemnet.file_kinds import PIECE


class Sink:
    """What an archive is written into: bytes that wait to be sent."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, content: bytes, /) -> int:
        """Take a piece."""
        self.waiting += content
        return len(content)

    def flush(self) -> None:
        """Hold nothing back."""

    def close(self) -> None:
        """End it; what waits can still be taken."""

    def taken(self) -> bytes:
        """Return what waits, and forget it."""
        content, self.waiting = bytes(self.waiting), bytearray()
        return content


def zipped(versions: Iterable[MaterialVersion]) -> Iterator[bytes]:
    """Give an archive of ``versions`` piece by piece; nothing is compressed, as most files are already."""
    sink, used = Sink(), set[str]()
    with zipfile.ZipFile(sink, "w") as archive:
        for version in versions:
            name = free_name(version.name, used)
            used.add(name.casefold())
            info = zipfile.ZipInfo(name, date_time=version.added_at.timetuple()[:6])
            with version.file.open("rb") as file, archive.open(info, "w") as entry:
                for piece in file.chunks(PIECE):
                    entry.write(piece)
                    yield sink.taken()
    yield sink.taken()


def free_name(name: str, used: set[str]) -> str:
    """Return a name that no other file in the archive has."""
    path, number, free = PurePosixPath(name), 1, name
    while free.casefold() in used:
        number += 1
        free = f"{path.stem} ({number}){path.suffix}"
    return free
