"""The scan of a paper that was signed, as pictures that can stand in a PDF; bytes in, bytes out.

A scan comes from outside and may be broken, huge or made to harm: `scan_child` opens it in a process of its
own, with little memory and time. What can't be opened makes no picture.
"""

import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

KINDS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
SUFFIXES = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
CHILD = Path(__file__).with_name("scan_child.py")
PAGES = 6  # as pictures; the file itself is attached whole
SECONDS = 30


@dataclass(frozen=True)
class Scan:
    """A scan: the very file, its type (empty where unknown), its first pages as PNG; ``more`` follow."""

    content: bytes
    kind: str
    pictures: list[bytes]
    more: bool = False

    @property
    def name(self) -> str:
        """Return the name that the file gets where it is attached."""
        return f"scan.{SUFFIXES.get(self.kind, 'bin')}"


def kind_of(begin: bytes) -> str:
    """Return the type of a file by how it begins, or nothing for one that we don't take."""
    return next((kind for mark, kind in KINDS.items() if begin.startswith(mark)), "")


def read(content: bytes) -> Scan:
    """Return a scan with pictures of its first pages; with none where it can't be opened in time."""
    kind = kind_of(content[:16])
    if not kind:
        return Scan(content=content, kind="", pictures=[])
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / f"scan.{SUFFIXES[kind]}").write_bytes(content)
        command = [sys.executable, "-I", str(CHILD), place, f"scan.{SUFFIXES[kind]}", str(PAGES)]
        with suppress(subprocess.TimeoutExpired):  # the pages that were ready by then are shown
            subprocess.run(command, timeout=SECONDS, capture_output=True, check=False, cwd=place)  # noqa: S603 - our own
        found = [folder / f"page-{number}.png" for number in range(1, PAGES + 2)]
        pictures = [one.read_bytes() for one in found if one.exists()]
    return Scan(content=content, kind=kind, pictures=pictures[:PAGES], more=len(pictures) > PAGES)
