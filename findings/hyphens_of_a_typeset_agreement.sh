#!/usr/bin/env bash
# A word broken at the end of a line takes the hyphens out of the phone numbers and codes below it.
#
# Guess: a tagged PDF says of each sign which character it is: a hyphen that the typesetter put in is a soft one
#        (U+00AD), a hyphen of a phone number stays "-", wherever the two stand.
# Seen:  typst 0.15.2 draws both with one glyph of Libertinus Serif, the font that it brings. The font's table gives a
#        glyph one character, that of its first use in the document; later uses for another one are set right by an
#        ActualText around them, as PDF 1.7 (14.9.4) has it. pypdf 7.1.0 and pdfminer.six 20260107 pass over
#        ActualText: below a broken word, "508-555-0100" has soft hyphens, which nobody sees and a search for the number
#        misses. pdfjs-dist 5.6.205, the reader of Firefox, gives "508 555 0100". With the number above the broken word
#        all three read it right, and give the broken word a hyphen that its author never typed. pypdfium2 5.15.2, the
#        reader of Chrome, is right in both orders. Set ragged, where typst breaks no word, all are right.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "Not checked: this finding needs Node.js with npm, and they are not installed." >&2
  exit 2
fi
{
  python3 -m venv "$box/venv" &&
    timeout 80 "$box/venv/bin/pip" install -qq \
      'typst==0.15.2' 'pypdf==7.1.0' 'pdfminer.six==20260107' 'pypdfium2==5.15.2' &&
    timeout 60 npm install --silent --no-audit --no-fund --prefix "$box" pdfjs-dist@5.6.205
} || { echo "Not checked: the packages could not be installed." >&2; exit 2; }

cat >"$box/firefox_reads.mjs" <<'NODE'
import { readFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

const data = new Uint8Array(readFileSync(process.argv[2]));
const page = await (await getDocument({ data, verbosity: 0 }).promise).getPage(1);
const { items } = await page.getTextContent();
process.stdout.write(items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join(""));
NODE

cat >"$box/read.py" <<'PYTHON'
"""Typeset an agreement with a phone number, and say how each reader reads the number."""

import io
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pypdfium2
import typst
from pdfminer.high_level import extract_text

BOX = Path(sys.argv[1])
PROMISE = "The partner offers professional development for elementary educators. "
PHONE = "Questions go to 508-555-0100. "
NUMBER = re.compile("508.555.0100")
BROKEN = re.compile("[a-z]-\n[a-z]")
DASH, SOFT, SPACE = "508-555-0100", "508\u00ad555\u00ad0100", "508 555 0100"
READERS = ["pypdf", "pdfminer.six", "pdfjs-dist", "pypdfium2"]
SEEN = {  # the number to each reader, and those to whom a broken word has a hyphen of its own
    ("number below a broken word", PROMISE + PHONE, "true"): ([SOFT, SOFT, SPACE, DASH], []),
    ("number above a broken word", PHONE + PROMISE, "true"): ([DASH, DASH, DASH, DASH], READERS[:3]),
    ("set ragged, nothing broken", PROMISE + PHONE, "false"): ([DASH, DASH, DASH, DASH], []),
}


def typeset(text, justified):
    source = (
        '#set document(title: "Agreement")\n#set text(lang: "en")\n'
        f"#set page(width: 200pt, height: 300pt)\n#set par(justify: {justified})\n{text}"
    )
    return typst.Compiler(ignore_system_fonts=True).compile(
        {"main.typ": source.encode()}, format="pdf", pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime(2026, 10, 1, tzinfo=UTC),
    )


def firefox(path):
    command = ["node", str(BOX / "firefox_reads.mjs"), str(path)]
    return subprocess.run(command, capture_output=True, check=True, timeout=30).stdout.decode()


def read(document):
    path = BOX / "agreement.pdf"
    path.write_bytes(document)
    texts = [
        pypdf.PdfReader(io.BytesIO(document)).pages[0].extract_text(),
        extract_text(io.BytesIO(document)),
        firefox(path),
        pypdfium2.PdfDocument(document)[0].get_textpage().get_text_range(),
    ]
    numbers = [found[0] if (found := NUMBER.search(text)) else text for text in texts]
    return numbers, [reader for reader, text in zip(READERS, texts, strict=True) if BROKEN.search(text)]


changed = False
for (name, text, justified), seen in SEEN.items():
    now = read(typeset(text, justified))
    print(f"{name}: " + ", ".join(f"{reader} {ascii(number)}" for reader, number in zip(READERS, now[0], strict=True)))
    if now[1]:
        print(f"  the broken word has a hyphen to {', '.join(now[1])}")
    if now != seen:
        print(f"CHANGED: was {ascii(seen)}", file=sys.stderr)
        changed = True
if changed:
    sys.exit("The hyphens are no longer written, or no longer read, as this finding says.")
print("Still so.")
PYTHON

timeout 60 "$box/venv/bin/python" "$box/read.py" "$box"
