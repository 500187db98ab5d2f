"""Markdown as plain blocks for the typesetter: words only, so that nothing typed is read as its markup."""

from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from stemnet.markdown import READER, address_of, with_addresses

Block = dict[str, Any]
MARKS = {"strong_open": "strong", "em_open": "em", "link_open": "link"}
GROUPS = {"blockquote_open": "quote", "bullet_list_open": "bullets", "ordered_list_open": "numbers"}


def blocks_of(words: str) -> list[Block]:
    """Return what was written in Markdown as a list of blocks, each a dictionary with its ``kind``.

    Paper has no links, so the address of one stands behind it.
    """
    return _blocks(iter(READER.parse(words.replace("\x00", ""))))


def _blocks(tokens: Iterator[Token]) -> list[Block]:
    """Read blocks until the group that we are in closes."""
    found: list[Block] = []
    for token in tokens:
        if token.type == "inline":
            found.append({"kind": "paragraph", "inlines": _inlines(with_addresses(token.children or ()))})
        elif token.type == "heading_open":
            inline = next(tokens)
            found.append({"kind": "heading", "inlines": _inlines(with_addresses(inline.children or ()))})
            next(tokens)
        elif token.type in GROUPS:
            found.append({"kind": GROUPS[token.type], "blocks": _blocks(tokens), "start": _start(token)})
        elif token.type == "list_item_open":
            found.append({"kind": "item", "blocks": _blocks(tokens)})
        elif token.type == "hr":
            found.append({"kind": "rule"})
        elif token.nesting == -1 and token.type != "paragraph_close":
            break
    return found


def _inlines(tokens: Iterator[Token]) -> list[Block]:
    """Read the words of a line until the mark that we are in closes."""
    found: list[Block] = []
    for token in tokens:
        if token.type in MARKS:
            kind, inside = MARKS[token.type], _inlines(tokens)
            found.append({"kind": kind, "inlines": inside, "href": address_of(token)})
        elif token.nesting == -1:
            break
        elif token.type in ("softbreak", "hardbreak"):
            found.append({"kind": "break"})
        elif token.content:
            found.append({"kind": "text", "text": token.content})
    return found


def _start(token: Token) -> int:
    """Return the number that an ordered list begins with."""
    return int(token.attrGet("start") or 1)


def bullets(lines: Sequence[str]) -> list[Block]:
    """Return a list with a mark before each line, as one block."""
    items = [
        {"kind": "item", "blocks": [{"kind": "paragraph", "inlines": [{"kind": "text", "text": line}]}]}
        for line in lines
    ]
    return [{"kind": "bullets", "blocks": items, "start": 1}] if items else []
