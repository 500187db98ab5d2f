"""What people write in Markdown, as HTML that can do no harm.

Raw HTML, images and any address that is not http, https or mailto are never let through: the text is read
without HTML, then cleaned against a list of what may stay (issue of the partners, bad input).
"""

import re
from collections.abc import Iterable, Iterator

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "strong", "ul"}
SCHEMES = {"http", "https", "mailto"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

SCHEME = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)

READER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["html_block", "html_inline", "image", "code", "fence"]
)


def render_markdown(words: str, *, top: int = 3, on_paper: bool = False) -> SafeString:
    """Return ``words`` as HTML; its largest heading becomes one of level ``top`` (3 to 6).

    ``on_paper`` spells the address of a link out behind it.
    """
    tokens = READER.parse(words.replace("\x00", ""))
    for token in tokens:
        if token.tag in HEADINGS:
            token.tag = f"h{min(int(token.tag[1]) - 1 + top, 6)}"
        if on_paper and token.children:
            token.children = list(with_addresses(token.children))
    dirty = READER.renderer.render(tokens, READER.options, {})
    clean = nh3.clean(
        dirty, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener nofollow"
    )
    return mark_safe(clean)  # noqa: S308 - cleaned just now


def with_addresses(inlines: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens of a line, with the address of each link in brackets behind it.

    A link that is its own address is not spelled twice, nor is one of a kind that we don't let through.
    """
    address, shown = "", ""
    for token in inlines:
        yield token
        if token.type == "link_open":
            address, shown = address_of(token), ""
        elif token.type == "link_close" and address and _bare(address) != _bare(shown):
            yield Token("text", "", 0, content=f" ({address.removeprefix('mailto:')})")
        else:
            shown += token.content


def address_of(link: Token) -> str:
    """Return the address of a link of a kind that we let through, else nothing."""
    href = str(link.attrGet("href") or "")
    return href if href.partition(":")[0].lower() in SCHEMES else ""


def _bare(address: str) -> str:
    """Return an address without its scheme and the slash at its end, to be compared."""
    return SCHEME.sub("", address.strip()).rstrip("/").casefold()
