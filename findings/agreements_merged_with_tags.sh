#!/usr/bin/env bash
# Two accessible agreements in one file: the second has the headings and lists of the first, or none, and the file
# still says that it is accessible.
#
# Guess: a merge of two tagged PDFs keeps the tags of both; or it loses tags, and with them the file's word that it
#        is PDF/UA.
# Seen:  pikepdf 10.18.0, pages.extend(), keeps on each added page the number under which its own document listed the
#        page's tags. In the file it is added to, that number leads to the tags of the first document: pdfjs-dist
#        5.6.205, the reader of Firefox, gives the second agreement, a heading and a table, the heading, paragraph and
#        list of the first, all of them empty. PdfWriter(clone_from=...) and append() of pypdf 7.1.0 take the number
#        off: the second agreement has no tags at all. Both files name themselves PDF/UA-1 and PDF/A-2a and Marked,
#        and have the language of the first. append() to an empty PdfWriter leaves no tags and no such claim.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "Not checked: this finding needs Node.js with npm, and they are not installed." >&2
  exit 2
fi
{
  python3 -m venv "$box/venv" &&
    timeout 80 "$box/venv/bin/pip" install -qq 'typst==0.15.2' 'pypdf==7.1.0' 'pikepdf==10.18.0' &&
    timeout 60 npm install --silent --no-audit --no-fund --prefix "$box" pdfjs-dist@5.6.205
} || { echo "Not checked: the packages could not be installed." >&2; exit 2; }

cat >"$box/merge.py" <<'PYTHON'
"""Typeset two agreements, merge them in three ways, and print what each file says of itself."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdf
import typst

AGREEMENT = "= Agreement\nBoth sign.\n\n- Rooms\n- Hours"
ACUERDO = "= Acuerdo\n#table(columns: 2, table.header([Nombre], [Horas]), [Sala], [12])"


def typeset(text, language):
    source = f'#set document(title: "Agreement")\n#set text(lang: "{language}")\n{text}'
    return typst.Compiler(ignore_system_fonts=True).compile(
        {"main.typ": source.encode()}, format="pdf", pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime(2026, 10, 1, tzinfo=UTC),
    )


def merge(first, second, box):
    with pikepdf.open(first) as merged, pikepdf.open(second) as other:
        merged.pages.extend(other.pages)
        merged.save(box / "pikepdf.pdf")
    for name, writer in {"clone": pypdf.PdfWriter(clone_from=first), "append": pypdf.PdfWriter()}.items():
        if name == "append":
            writer.append(first)
        writer.append(second)
        writer.write(box / f"{name}.pdf")


def claims(path):
    catalog = pypdf.PdfReader(path).root_object
    said = catalog["/Metadata"].get_data().decode() if "/Metadata" in catalog else ""
    parts = {name: re.search(rf'{name}:part[>="]+(\d)', said) for name in ("pdfuaid", "pdfaid")}
    marked = bool(catalog.get("/MarkInfo", {}).get("/Marked"))
    found = [f"{name} {part[1]}" for name, part in parts.items() if part]
    return ", ".join([*found, *(["marked"] if marked else []), str(catalog.get("/Lang", "no language"))])


box = Path(sys.argv[1])
first, second = box / "first.pdf", box / "second.pdf"
first.write_bytes(typeset(AGREEMENT, "en"))
second.write_bytes(typeset(ACUERDO, "es"))
merge(first, second, box)
for name in ("second", "pikepdf", "clone", "append"):
    (box / f"{name}.claims").write_text(claims(box / f"{name}.pdf"))
PYTHON

cat >"$box/tags_of_last_page.mjs" <<'NODE'
import { readFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const data = new Uint8Array(readFileSync(process.argv[2]));
const file = await getDocument({ data, verbosity: 0 }).promise;
const page = await file.getPage(file.numPages);
const { items } = await page.getTextContent({ includeMarkedContent: true });
const texts = new Map();
let part = null;
for (const item of items) {
  if (item.type?.startsWith("begin")) part = item.id ?? part;
  else if (item.str?.trim()) texts.set(part, (texts.get(part) ?? "") + item.str.trim());
}
const shown = (node) =>
  node.type ? (texts.get(node.id) ?? "") : `${node.role}(${node.children.map(shown).join(" ")})`;
const tree = await page.getStructTree();
process.stdout.write(tree ? shown(tree) : "no tags");
NODE

python="$box/venv/bin/python"
timeout 40 "$python" "$box/merge.py" "$box"

changed=0
look() { # which file, what it was said to be, its tags as they were seen
  said=$(cat "$box/$1.claims")
  tags=$(timeout 30 node "$box/tags_of_last_page.mjs" "$box/$1.pdf")
  echo "$1: $said; tags of the second agreement: $tags"
  if [ "$said; $tags" != "$2; $3" ]; then
    echo "CHANGED: was $2; $3" >&2
    changed=1
  fi
}

look second "pdfuaid 1, pdfaid 2, marked, es" \
  "Root(Document(H1(Acuerdo) Table(THead(TR(TH(Nombre) TH(Horas))) TBody(TR(TD(Sala) TD(12))))))"
look pikepdf "pdfuaid 1, pdfaid 2, marked, en" "Root(Document(H1() P() L(LI(Lbl() LBody()) LI(Lbl() LBody()))))"
look clone "pdfuaid 1, pdfaid 2, marked, en" "Root()"
look append "no language" "no tags"

if [ "$changed" = 1 ]; then
  echo "The tags of merged agreements are no longer as this finding says." >&2
  exit 1
fi
echo "Still so."
