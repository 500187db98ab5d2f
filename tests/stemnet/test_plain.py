"""Reading subject and plain text out of the HTML of a mail."""

import pytest

from stemnet.outbox.plain import read


def text(html):
    """Return the plain text of the body ``html``, without its last line break."""
    return read(f"<html><body>{html}</body></html>")[1].removesuffix("\n")


def test_the_title_is_the_subject_and_no_part_of_the_text():
    html = "<html><head><title>A &lt;b&gt; &amp; c</title></head><body><p>Dear Ada,</p></body></html>"
    assert read(html) == ("A <b> & c", "Dear Ada,\n")


def test_paragraphs_stand_apart_and_blanks_are_one():
    assert text("<p>one\n   and  <strong>two</strong>,</p>\n\n<p>three</p>") == "one and two,\n\nthree"


def test_a_line_break_ends_a_line():
    assert text("<p>one\n  <br>two</p>") == "one\ntwo"


def test_an_empty_paragraph_leaves_nothing():
    assert text("<p>one</p><p> </p><div></div><p>two</p>") == "one\n\ntwo"


def test_a_link_alone_leads_to_its_address_on_the_next_line():
    assert text('<p><a href="https://a.example/">Open it</a></p><p>end</p>') == (
        "Open it:\nhttps://a.example/\n\nend"
    )


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ('Free? <a href="/x">Choose one</a>', "Free? Choose one:"),
        ('About it: <a href="/x">Network 2020-21</a>', "About it: Network 2020-21"),
        ('See <a href="/x">the page</a> soon.', "See the page soon."),
        ('<a href="/x">Open it.</a>', "Open it."),
    ],
)
def test_a_line_with_a_link_has_the_address_below(said, line):
    assert text(f"<p>{said}</p>") == f"{line}\n/x"


@pytest.mark.parametrize(
    "link",
    ['<a href="mailto:a@example.org">a@example.org</a>', '<a href="https://a.example">https://a.example</a>'],
)
def test_a_link_whose_words_are_the_address_says_it_once(link):
    words = link.partition(">")[2].removesuffix("</a>")
    assert text(f"<p>Ask {link}.</p>") == f"Ask {words}."


def test_items_of_a_list_follow_each_other():
    assert text("<p>These:</p><ul><li>one<br>more</li> <li>two</li></ul><p>end</p>") == (
        "These:\n\n- one\n  more\n- two\n\nend"
    )


def test_a_link_in_an_item_has_its_address_below():
    assert text('<ul><li>one<br><a href="/x">Open</a></li></ul>') == "- one\n  Open:\n  /x"


def test_a_quote_is_set_off_line_by_line():
    assert text("<blockquote><p>one<br>two</p><p>three</p></blockquote>") == ("    one\n    two\n\n    three")


def test_a_code_is_set_off():
    assert text("<p>Your code:</p><pre>123456</pre><p>end</p>") == "Your code:\n\n    123456\n\nend"


def test_what_was_typed_keeps_blanks_and_lines_and_a_link_is_its_address():
    typed = 'Dear  Ada,<br><br><br>  come to <a href="https://a.example/">Answer</a> by noon.<br>'
    assert text(f'<div class="typed">{typed}</div><p>end</p>') == (
        "Dear  Ada,\n\n\n  come to https://a.example/ by noon.\n\nend"
    )


def test_a_header_is_left_out_and_a_footer_comes_below_the_signature():
    html = "<header>STEM Network</header><p>Hello</p><footer><p>why</p><p>where</p></footer>"
    assert text(html) == "Hello\n\n-- \nwhy\n\nwhere"


def test_what_people_typed_is_words_whatever_it_looks_like():
    assert text("<p>Hello &lt;a href=&quot;/x&quot;&gt;*you*&lt;/a&gt; &amp;amp; _me_,</p>") == (
        'Hello <a href="/x">*you*</a> &amp; _me_,'
    )
