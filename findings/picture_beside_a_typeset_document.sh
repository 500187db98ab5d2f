#!/usr/bin/env bash
# A logo beside a typeset certificate is refused in memory, and taken from the disk.
#
# Guess: typst-py takes the files of a document as a dict of names and bytes; a PNG is bytes, so `image("logo.png")`
#        finds it there as it finds it in a folder.
# Seen:  typst 0.15.2 (Python) wants every file of the dict to be UTF-8 and ends with RuntimeError "file is not valid
#        UTF-8", also where the document never names the picture. An SVG, which is text, is taken. The same PNG is
#        taken from a folder, and in memory as a JSON array of numbers that the document turns into bytes; both give
#        the same PDF/A-2a and PDF/UA-1, byte for byte.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" && timeout 80 "$box/venv/bin/pip" install -qq 'typst==0.15.2'
} || { echo "Not checked: the packages could not be installed." >&2; exit 2; }

cat >"$box/typeset.py" <<'PYTHON'
"""Typeset a certificate with a logo that reaches the typesetter in four ways."""

import json
import struct
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path

import typst

BOX = Path(sys.argv[1])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"\x00" + b"\x0b\x4f\x6c" * 2 + b"\x00" + b"\x0b\x4f\x6c" * 2))
    + chunk(b"IEND", b"")
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><rect width="2" height="2" fill="#0b4f6c"/></svg>'
HEAD = '#set document(title: "Certificate")\n#set text(lang: "en")\nCertificate\n'
NAMED = HEAD + '#image("logo.{}", alt: "Logo")'
NUMBERS = HEAD + '#image(bytes(json("logo.json")), alt: "Logo")'


def made(source, **files):
    folder = BOX / "empty"
    folder.mkdir(exist_ok=True)
    texts = {"main.typ": source.encode(), **{name.replace("_", "."): data for name, data in files.items()}}
    try:
        return compiled(texts, folder)
    except RuntimeError as error:
        return str(error)


def compiled(given, folder):
    return typst.Compiler(ignore_system_fonts=True).compile(
        given, root=folder, format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=datetime(2026, 10, 1, tzinfo=UTC)
    )


def from_disk():
    folder = BOX / "disk"
    folder.mkdir()
    (folder / "logo.png").write_bytes(PNG)
    (folder / "main.typ").write_text(NAMED.format("png"))
    return compiled(str(folder / "main.typ"), folder)


disk = from_disk()
now = {
    "PNG in memory": made(NAMED.format("png"), logo_png=PNG),
    "PNG in memory that nothing names": made(HEAD, logo_png=PNG),
    "SVG in memory": made(NAMED.format("svg"), logo_svg=SVG)[:5],
    "PNG as numbers": made(NUMBERS, logo_json=json.dumps(list(PNG)).encode()) == disk,
    "PNG from the disk": disk[:5],
}
seen = {
    "PNG in memory": "file is not valid UTF-8",
    "PNG in memory that nothing names": "file is not valid UTF-8",
    "SVG in memory": b"%PDF-",
    "PNG as numbers": True,
    "PNG from the disk": b"%PDF-",
}
for name, value in now.items():
    print(f"{name}: {value!r}")
if now != seen:
    sys.exit(f"CHANGED: was {seen!r}")
print("Still so.")
PYTHON

timeout 60 "$box/venv/bin/python" "$box/typeset.py" "$box"
