"""A mail's subject and plain text, read out of its HTML, so that both forms say the same.

What people typed stands escaped in the HTML, so here it is words, whatever it looks like.
"""

import re
from html.parser import HTMLParser

BLOCKS = {"blockquote", "div", "footer", "li", "ol", "p", "pre", "table", "td", "tr", "ul"}
INDENTED = {"blockquote": "    ", "pre": "    ", "li": "  "}
EMPTY = {"br", "img", "meta"}  # these are never closed
SIGNATURE = "-- "  # what mail programs know as the end of a letter (RFC 3676 4.3)

_BLANK = re.compile(r"[ \t\r\n\f]+")


def read(html: str) -> tuple[str, str]:
    """Return the subject, which is the title, and the plain text of a mail.

    A link is its words, with its address on the next line. In an element of the class ``typed`` blanks and
    line breaks stay as they are, and a link is its address.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.title, "\n".join(reader.lines).strip("\n") + "\n"


class _Reader(HTMLParser):
    """Reads what our own templates write, where every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.lines: list[str] = []
        self._around: list[str] = []  # the open elements, from the outermost on
        self._paragraph: list[str] = []
        self._line = ""
        self._label_from = 0  # where the words of the open link begin in the line
        self._address = ""
        self._below: list[str] = []  # the addresses that go below the line
        self._label = ""  # the words of the last link
        self._bullet = False  # whether the next paragraph begins an item of a list
        self._follows = True  # whether the next paragraph stands right below the last one

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = dict(attrs)
        if tag in BLOCKS:
            self._end_paragraph()
        if tag == "br":
            self._end_line()
        elif tag == "a":
            self._label_from, self._address = len(self._line), given.get("href") or ""
        elif tag == "li":
            self._bullet = True
        elif tag == "footer":
            self.lines += ["", SIGNATURE]
            self._follows = True
        if tag not in EMPTY:
            self._around.append("typed" if given.get("class") == "typed" else tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag == "a":
            self._end_link()
        elif tag in BLOCKS:
            self._end_paragraph()
        self._around.pop()
        if tag in ("li", "ol", "ul"):
            self._follows = tag == "li"

    def handle_data(self, data: str) -> None:
        """Take words."""
        if "title" in self._around:
            self.title += data
        elif "header" not in self._around:  # which only the HTML shows
            self._line += data

    def _end_link(self) -> None:
        """Let the address of a link stand below its line, unless the words are the address."""
        words = self._line[self._label_from :]
        if "typed" in self._around:
            self._line = self._line[: self._label_from] + self._address
            return
        address = self._address.removeprefix("mailto:")
        if address != words.strip():
            self._below.append(address)
            before = self._line[: self._label_from].rstrip()
            self._label = "" if before.endswith(":") else _one_blank(words)

    def _end_line(self) -> None:
        """End a line; one that ends with a link leads on to the address by a colon."""
        line = self._line if "typed" in self._around else _one_blank(self._line)
        if self._below and self._label and line.endswith(self._label) and line[-1] not in ".:!?":
            line += ":"
        self._paragraph += [line, *self._below]
        self._line, self._below = "", []

    def _end_paragraph(self) -> None:
        """Write the paragraph, if there is one, below a blank line."""
        self._end_line()
        said = "\n".join(self._paragraph).strip("\n")
        self._paragraph = []
        if not said:
            return
        if not self._follows:
            self.lines.append("")
        self._follows = False
        margin = "".join(INDENTED.get(tag, "") for tag in self._around)
        lines = [f"{margin}{line}" if line else "" for line in said.split("\n")]
        if self._bullet:
            lines[0] = f"{margin[:-2]}- {lines[0].strip()}"
            self._bullet = False
        self.lines += lines


def _one_blank(words: str) -> str:
    """Return ``words`` as HTML shows them: blanks and line breaks are one blank."""
    return _BLANK.sub(" ", words).strip(" ")
