#!/usr/bin/env bash
# Told by their content, slides, spreadsheets and plain archives are Word documents; some Word documents are archives.
#
# Guess: a library that tells types by their bytes tells Word, Excel, PowerPoint, OpenDocument and ZIP apart, or
#        says that it can't; in which order an archive holds its parts makes no difference.
# Seen:  puremagic 1.30 (from_string) answers .docx for files that python-pptx, openpyxl and odfpy wrote, and for a ZIP
#        with one text in it; the three Office types get the same confidence, 0.4. filetype 1.2.0 tells these apart, but
#        a document of python-docx whose parts were written in alphabetical order, as it lies in a folder, is zip to it.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" &&
    timeout 100 "$box/venv/bin/pip" install -qq 'puremagic==1.30' 'filetype==1.2.0' 'python-docx==1.2.0' \
      'python-pptx==1.0.2' 'openpyxl==3.1.5' 'odfpy==1.4.1'
} || { echo "Not checked: a package could not be installed." >&2; exit 2; }

cat >"$box/kinds.py" <<'PYTHON'
"""Files that teachers share, written by four libraries, and what two libraries take them for."""

import io
import sys
import zipfile

import docx
import filetype
import openpyxl
import pptx
import puremagic
from odf.opendocument import OpenDocumentText


def written(file):
    """The bytes of what something that has save() holds."""
    place = io.BytesIO()
    file.save(place)
    return place.getvalue()


def archive(parts):
    """A ZIP with these parts, in their order."""
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts:
            made.writestr(name, content)
    return place.getvalue()


def in_order(content):
    """The same document with its parts in the order of their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return archive([(name, made.read(name)) for name in sorted(made.namelist(), key=str.lower)])


words = docx.Document()
words.add_paragraph("Agenda of October 14")
words = written(words)
CASES = [
    ("Word, python-docx", words, ".docx", "docx"),
    ("Word, parts in order", in_order(words), ".docx", "zip"),
    ("PowerPoint, python-pptx", written(pptx.Presentation()), ".docx", "pptx"),
    ("Excel, openpyxl", written(openpyxl.Workbook()), ".docx", "xlsx"),
    ("OpenDocument, odfpy", written(OpenDocumentText()), ".docx", "odt"),
    ("ZIP with a text", archive([("notes.txt", "Bring one unit.")]), ".docx", "zip"),
]
assert docx.Document(io.BytesIO(in_order(words))).paragraphs[0].text == "Agenda of October 14"

changed = False
for what, content, *expected in CASES:
    found = filetype.guess(content)
    now = [puremagic.from_string(content), found and found.extension]
    print(f"{what}: puremagic {now[0]}, filetype {now[1]}")
    if now != expected:
        print(f"CHANGED: was {expected}", file=sys.stderr)
        changed = True
if changed:
    sys.exit("These files are no longer taken for what this finding says.")
print("Still so.")
PYTHON

timeout 60 "$box/venv/bin/python" "$box/kinds.py"
