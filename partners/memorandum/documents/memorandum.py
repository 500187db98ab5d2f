"""The one document that is signed, out of its words: HTML and a tagged PDF. Equal words give equal bytes.

The words are a plain JSON object written by `domain.document_words`. The hash that everyone
signs is that of the HTML file; the PDF carries it, with the document's number, on every page.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.memorandum.documents.blocks import Block, blocks_of, bullets
from stemnet import wording
from stemnet.documents import typeset
from stemnet.markdown import render_markdown

Words = Mapping[str, Any]

FOLDER = Path(__file__).resolve().parent.parent / "typst"
BEGIN, END = "<main>\n", "</main>"


def sha256(content: str | bytes) -> str:
    """Return the SHA-256 of a file or text, as 64 hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def as_html(words: Words) -> str:
    """Return the document as one HTML file."""
    with translation.override(words["language"]):
        sections = [
            {**section, "html": render_markdown(section["body"], on_paper=True)}
            for section in words["sections"]
        ]
        parts = [{**part, "said": _said(part)} for part in words["parts"]]
        context = {"words": words, "facts": facts(words), "sections": sections, "parts": parts}
        return render_to_string("partners/memorandum/sign/document_file.html", context)


def _said(part: Mapping[str, Any]) -> list[tuple[str, SafeString]]:
    """Return the texts of a part as HTML, with their headings."""
    return [(head, render_markdown(part[key], top=5, on_paper=True)) for key, head in headings() if part[key]]


def inside(html: str) -> SafeString:
    """Return what stands between the head and the end of a document's file, for a page that shows it."""
    body = html.partition(BEGIN)[2].rpartition(END)[0]
    return mark_safe(body)  # noqa: S308 - rendered and cleaned by `as_html`


def as_pdf(words: Words, *, html_sha256: str) -> bytes:
    """Return the document as PDF. Raises Unprintable for characters that no font of ours has."""
    with translation.override(words["language"]):
        data = {
            **frame(words),
            "title": words["title"],
            "eyebrow": words["partnership"],
            "number": _("No. %(number)s") % {"number": words["number"]},
            "hash": _("SHA-256 of the text: %(hash)s") % {"hash": html_sha256},
            "facts": [{"label": label, "text": text} for label, text in facts(words)],
            "sections": [_section(section, words) for section in words["sections"]],
            "signatures": [_place(part) for part in words["parts"]],
            "signatures_heading": _("Signatures on paper"),
            "signatures_note": _(
                "By signing this paper, you sign the text whose number and hash are at the foot of each page."
            ),
        }
    at = datetime.combine(date.fromisoformat(words["locked_on"]), time(12), UTC)
    return typeset(FOLDER / "memorandum.typ", data, at=at)


def frame(words: Words) -> dict[str, Any]:
    """Return what every file of the memorandum is set in: language, and the words at the foot."""
    language, _sep, region = translation.to_locale(words["language"]).partition("_")
    return {
        "lang": language,
        "region": region or ("US" if language == "en" else None),
        "page": _("Page {page} of {pages}"),
        "issuer": words["partnership"],
    }


def headings() -> tuple[tuple[str, str], ...]:
    """Return the texts of a part with their headings."""
    return (
        ("does", _("What we do")),
        ("needs_text", _("What we need")),
        ("contributes_text", _("What we contribute")),
    )


def facts(words: Words) -> list[tuple[str, str]]:
    """Return the labelled facts at the head of the document."""
    notice = ngettext("%(days)s day", "%(days)s days", words["notice_days"]) % {"days": words["notice_days"]}
    said = [
        (_("Document"), _("No. %(number)s") % {"number": words["number"]}),
        (_("Shared text"), _("Version %(number)s") % {"number": words["text_number"]}),
        (_("In effect from"), _day(words["effective_on"])),
        (_("Ends"), _day(words["ends_on"]) if words["ends_on"] else _("No date set")),
        (_("Notice of withdrawal"), notice),
    ]
    if words["joins"]:
        joined = _("Document no. %(number)s, SHA-256 %(sha256)s") % words["joins"]
        said.insert(1, (_("Joins"), joined))
    return said


def _day(iso: str) -> str:
    return wording.day(date.fromisoformat(iso))


def _section(section: Mapping[str, str], words: Words) -> dict[str, Any]:
    """Return one section; that of the parts holds every part."""
    parts = [_part(part) for part in words["parts"]] if section["key"] == words["parts_in"] else []
    return {"heading": section["heading"], "blocks": blocks_of(section["body"]), "parts": parts}


def _part(part: Mapping[str, Any]) -> dict[str, Any]:
    """Return one partner's part for the typesetter."""
    texts: list[dict[str, Any]] = [
        {"heading": head, "blocks": blocks_of(part[key])} for key, head in headings() if part[key]
    ]
    rows: tuple[tuple[str, list[Block]], ...] = (
        (_("Needs"), bullets(part["needs"])),
        (_("Contributions"), bullets(part["contributions"])),
    )
    texts += [{"heading": head, "blocks": blocks} for head, blocks in rows if blocks]
    return {"organization": part["organization"], "texts": texts, "signs": signs(part)}


def signs(part: Mapping[str, Any]) -> str:
    """Return who signs for a part."""
    said = _("Signs for %(organization)s: %(signatory_name)s, %(signatory_title)s")
    return said % {key: part[key] for key in ("organization", "signatory_name", "signatory_title")}


def _place(part: Mapping[str, Any]) -> dict[str, str]:
    """Return the place for one signature on paper."""
    return {
        "organization": part["organization"],
        "signatory": f"{part['signatory_name']}, {part['signatory_title']}",
        "line": _("Signature"),
        "date": _("Date and place"),
    }
