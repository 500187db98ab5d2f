"""One tagged PDF with a table and a QR code."""

import io
import json
from functools import cache

import segno
import typst

TEMPLATE = b"""
#let data = json("data.json")
#set document(title: "Confirmation")
#set text(lang: "en", font: "Inter")
= Confirmation
#data.name took part in these meetings.
#table(columns: 4, table.header[Date][Meeting][From][Minutes],
  ..data.rows.map(row => (row.at(0), row.at(1), row.at(2), row.at(3))).flatten())
#image("code.svg", width: 3cm, alt: "Code to check this document")
"""


@cache
def compiler() -> typst.Compiler:
    """Return the one typesetter of the process."""
    from stemnet.documents import FONTS

    return typst.Compiler(font_paths=[FONTS], ignore_system_fonts=True)


def typeset(name: str) -> bytes:
    """Return the document for somebody."""
    code = io.BytesIO()
    segno.make("https://bench.example.org/verify/ABCD-EFGH-JKLM-NPQR").save(code, kind="svg")
    rows = [[f"2026-10-{day:02d}", f"Meeting {day}", "9:00 AM", "180"] for day in range(1, 6)]
    texts = {
        "main.typ": TEMPLATE,
        "data.json": json.dumps({"name": name, "rows": rows}).encode(),
        "code.svg": code.getvalue(),
    }
    return bytes(compiler().compile(texts, root="/", format="pdf", pdf_standards=["ua-1", "a-2a"]))
