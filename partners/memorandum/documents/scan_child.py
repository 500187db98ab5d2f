"""Opens one scan in a process of its own and writes its pages beside it: page-1.png, page-2.png and so on.

Run as ``python -I scan_child.py FOLDER NAME PAGES``; it writes one more, so that who called knows whether
more follow. It may use a gigabyte and 20 seconds; a picture has its own size, whatever the scan says of its.
"""

import resource
import sys
from pathlib import Path

import typst

MEMORY = 1024**3
CPU_SECONDS = 20
DOTS = 130.0  # an inch
PAGE = """#set page(width: 7.2in, height: 9.2in, margin: 0pt)
#image("{name}", {page}width: 100%, height: 100%, fit: "contain")"""


def main(folder: Path, name: str, pages: int) -> None:
    """Write the pages of a scan, at most one more than ``pages``."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    last = pages + 1 if name.endswith(".pdf") else 1
    for number in range(1, last + 1):
        page = f"page: {number}, " if name.endswith(".pdf") else ""
        (folder / "scan.typ").write_text(PAGE.format(name=name, page=page))
        picture = typst.compile(
            folder / "scan.typ", root=folder, format="png", ppi=DOTS, ignore_system_fonts=True
        )
        if isinstance(picture, bytes):
            (folder / f"page-{number}.png").write_bytes(picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
