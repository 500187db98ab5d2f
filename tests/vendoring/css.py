"""A minified style sheet without the rules, variables and animations that nobody uses."""

import re
from collections.abc import Iterator

from tests.vendoring.used import styled

COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
VARIABLE = re.compile(r"(?<=[{;])(--[\w-]+):[^;{}]*;?")
EMPTY = re.compile(r"(?<=[{}/])[^{}/]+\{\}")


def subset(css: str, *, classes: set[str], others: str) -> str:
    """Return ``css`` with only what elements of ``classes`` can match.

    ``others`` are the sheets beside it, whose use of a variable keeps it. A theme that is switched on by an
    attribute (`data-bs-…`) goes too, since no page sets one.
    """
    kept = "".join(kept_rules(COMMENT.sub("", css).strip(), classes))
    while (shorter := without_unused(kept, others)) != kept:
        kept = shorter
    return kept


def kept_rules(css: str, classes: set[str]) -> Iterator[str]:
    """Yield each rule of ``css`` with the selectors that can match, if any."""
    for head, body in rules(css):
        if body is None or head.startswith("@keyframes"):
            yield head if body is None else f"{head}{{{body}}}"
        elif head.startswith("@"):
            if inside := "".join(kept_rules(body, classes)):
                yield f"{head}{{{inside}}}"
        elif chosen := [one for one in selectors(head) if matches(one, classes)]:
            yield f"{','.join(chosen)}{{{body}}}"


def rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Yield head and body of each rule; the body is None for what has none, as a comment or `@charset`."""
    at = 0
    while at < len(css):
        if css.startswith("/*", at):
            end = css.index("*/", at) + 2
        else:
            end = re.compile("[{;]").search(css, at).end()  # type: ignore[union-attr]
        if css[end - 1] != "{":
            yield css[at:end], None
        else:
            close = closing(css, end)
            yield css[at : end - 1].strip(), css[end:close]
            end = close + 1
        at = end


def closing(css: str, at: int) -> int:
    """Return where the block that is open at ``at`` ends."""
    depth = 1
    while depth:
        depth += {"{": 1, "}": -1}.get(css[at], 0)
        at += 1
    return at - 1


def selectors(head: str) -> list[str]:
    """Split a list of selectors at the commas that are in no brackets."""
    return re.split(r",(?![^()]*\))(?![^\[\]]*\])", head)


def matches(selector: str, classes: set[str]) -> bool:
    """Return whether a page can have what the selector asks for; what it excludes does not matter."""
    return "[data-bs-" not in selector and styled(selector) <= classes


def without_unused(css: str, others: str) -> str:
    """Return ``css`` without variables that nothing reads, without animations nobody asks for, and tidied."""
    read = set(re.findall(r"var\((--[\w-]+)", css + others))
    css = VARIABLE.sub(lambda found: found[0] if found[1] in read else "", css)
    animated = " ".join(re.findall(r"animation(?:-name)?:([^;}]*)", css))
    frames = re.compile(r"@keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}")
    css = frames.sub(lambda found: found[0] if found[1] in animated.split() else "", css)
    return EMPTY.sub("", css).replace(";}", "}")
