"""What people write in Markdown, as HTML that can do no harm.

Raw HTML, images and any address that is not http, https or mailto are never let through: the text is read
without HTML, then cleaned against a list of what may stay (issue of the partners, bad input).
"""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "strong", "ul"}
SCHEMES = {"http", "https", "mailto"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

READER = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["html_block", "html_inline", "image", "code", "fence"]
)


def render_markdown(words: str, *, top: int = 3) -> SafeString:
    """Return ``words`` as HTML; its largest heading becomes one of level ``top`` (3 to 6)."""
    tokens = READER.parse(words.replace("\x00", ""))
    for token in tokens:
        if token.tag in HEADINGS:
            token.tag = f"h{min(int(token.tag[1]) - 1 + top, 6)}"
    dirty = READER.renderer.render(tokens, READER.options, {})
    clean = nh3.clean(
        dirty, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener nofollow"
    )
    return mark_safe(clean)  # noqa: S308 - cleaned just now
