"""Markdown comes out as HTML that can do no harm."""

import html as html_lib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partners.memorandum.documents.blocks import blocks_of
from stemnet.markdown import TAGS, render_markdown


def test_lists_and_paragraphs_come_out():
    html = render_markdown("We **teach**.\n\n- one\n- two\n\n[site](https://example.org)")
    assert "<strong>teach</strong>" in html
    assert "<li>two</li>" in html
    assert '<a href="https://example.org" rel="noopener nofollow">site</a>' in html


def test_headings_stand_below_those_of_the_page():
    assert render_markdown("# A\n\n###### B") == "<h3>A</h3>\n<h6>B</h6>\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("[our *site*](https://example.org/a?b=1)", "our site (https://example.org/a?b=1)"),
        (
            "[one](https://e.org/1) and [two](https://e.org/2)",
            "one (https://e.org/1) and two (https://e.org/2)",
        ),
        ("[write](mailto:office@example.org)", "write (office@example.org)"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("[Example.org](https://example.org/)", "Example.org"),
        ("[x](javascript:alert%281%29)", "[x](javascript:alert%281%29)"),
    ],
)
def test_addresses_of_links_stand_on_paper(words, said):
    html = render_markdown(words, on_paper=True)
    assert html_lib.unescape(re.sub(r"<[^>]+>", "", html)).strip() == said
    assert shown(blocks_of(words)) == said


def shown(blocks):
    return "".join(
        shown(one.get("blocks", [])) + shown(one.get("inlines", [])) + one.get("text", "") for one in blocks
    )


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](https://example.org/x.png)",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg/onload=alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        '[x](https://e.org "onmouseover=alert(1)")',
        "<javascript:alert(1)>",
        "```html\n<script>alert(1)</script>\n```",
        "`<script>alert(1)</script>`",
    ],
)
def test_scripts_do_nothing(words):
    html = render_markdown(words)
    tags = re.findall(r"<(\w+)([^>]*)>", html)
    assert {name for name, _attributes in tags} <= TAGS
    assert [rest for name, rest in tags if rest and not rest.startswith(' href="https://e')] == []


@settings(deadline=None)
@given(st.text(alphabet="<>[]()!`*_#-&;:\"'/ \nascriptjvhef=", max_size=120))
def test_nothing_but_listed_tags_ever_comes_out(words):
    tags = re.findall(r"<([a-zA-Z][\w:-]*)([^>]*)>", render_markdown(words))
    assert {name for name, _attributes in tags} <= TAGS
    assert all(name == "a" or not rest.strip(" /") for name, rest in tags)


@pytest.mark.parametrize("words", ["[" * 60_000, "> " * 30_000, "*a_" * 20_000, "- " * 30_000, "`a" * 30_000])
def test_odd_long_texts_are_rendered_within_seconds(words):
    begun = time.monotonic()
    render_markdown(words)
    assert time.monotonic() - begun < 10
