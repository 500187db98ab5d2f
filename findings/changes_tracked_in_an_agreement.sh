#!/usr/bin/env bash
# An agreement that came back from a partner with tracked changes and filled-in fields: one reader gives a text that
# neither side has written, and says nothing.
#
# Guess: a reader of .docx gives the text with the changes (what was put in stands there, what was taken out does not),
#        or the text before them; what was typed into a field of the form is text as any other.
# Seen:  paragraphs and paragraph.text of python-docx 1.2.0 leave out what was taken out and what was put in: "gives ten
#        seats" changed to "gives four seats" is "gives  seats". A field that was filled in within a line is missing
#        from its line; one that holds a whole paragraph is missing with its paragraph. Mammoth 1.13.0 and docx2python
#        3.7.1 give the new text with both fields.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" &&
    timeout 100 "$box/venv/bin/pip" install -qq 'python-docx==1.2.0' 'mammoth==1.13.0' 'docx2python==3.7.1'
} || { echo "Not checked: the packages could not be installed." >&2; exit 2; }

cat >"$box/read.py" <<'PYTHON'
"""Write an agreement with a tracked change and two filled-in fields, and print what each reader finds in it."""

import sys
from pathlib import Path

import docx
import docx2python
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NAMES = nsdecls("w")
BY = 'w:id="{id}" w:author="Drafter" w:date="2026-10-01T09:00:00Z"'
TAKEN_OUT = f'<w:del {NAMES} {BY.format(id=1)}><w:r><w:delText>ten</w:delText></w:r></w:del>'
PUT_IN = f'<w:ins {NAMES} {BY.format(id=2)}><w:r><w:t>four</w:t></w:r></w:ins>'
RUN = "<w:r><w:t>{}</w:t></w:r>"
FIELD = f"<w:sdt {NAMES}><w:sdtPr/><w:sdtContent>{{}}</w:sdtContent></w:sdt>"


def agreement(path):
    document = docx.Document()
    changed = document.add_paragraph("The partner gives ")
    changed._p.append(parse_xml(TAKEN_OUT))
    changed._p.append(parse_xml(PUT_IN))
    changed.add_run(" seats.")
    within = document.add_paragraph("Partner: ")
    within._p.append(parse_xml(FIELD.format(RUN.format("Wareham Public Schools"))))
    whole = f"<w:p>{RUN.format('We bring a laboratory.')}</w:p>"
    within._p.addnext(parse_xml(FIELD.format(whole)))
    document.save(path)


def shown(lines):
    return " / ".join(line.strip() for line in lines if line.strip())


path = Path(sys.argv[1]) / "agreement.docx"
agreement(path)
print("python-docx:", shown(one.text for one in docx.Document(path).paragraphs))
with path.open("rb") as file:
    print("mammoth:", shown(mammoth.extract_raw_text(file).value.split("\n")))
with docx2python.docx2python(path) as read:
    print("docx2python:", shown(read.text.split("\n")))
PYTHON

timeout 60 "$box/venv/bin/python" "$box/read.py" "$box" >"$box/seen"
cat "$box/seen"
diff - "$box/seen" <<'SEEN' || { echo "A changed agreement is no longer read as this finding says." >&2; exit 1; }
python-docx: The partner gives  seats. / Partner:
mammoth: The partner gives four seats. / Partner: Wareham Public Schools / We bring a laboratory.
docx2python: The partner gives four seats. / Partner: Wareham Public Schools / We bring a laboratory.
SEEN
echo "Still so."
