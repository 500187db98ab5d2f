"""Panels: what an upper app adds to a page of a lower one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from stemnet import panels
from tests.stemnet.letters import MONDAY

ON_PAGE = re.compile(r"""panels\.of\(\s*["'](\w+)["']""")


@pytest.fixture
def ours(monkeypatch):
    """Begin with no panel at all."""
    monkeypatch.setattr(panels, "_panels", {"home": {}})


def said(words):
    return lambda about, *, person, at: {"words": f"{words} of {about}"}


def add(template, words, place):
    panels.add("home", template=template, read=said(words), place=place)


def shown(page="home"):
    return [(one.template, one.content["words"]) for one in panels.of(page, "Mill", person=None, at=MONDAY)]


def test_panels_come_in_order_and_read_about_the_object(ours):
    add("b.html", "People", 20)
    add("a.html", "Hours", 30)
    add("c.html", "News", 10)
    assert shown() == [("c.html", "News of Mill"), ("b.html", "People of Mill"), ("a.html", "Hours of Mill")]


def test_the_same_template_stands_on_a_page_once(ours):
    add("a.html", "Hours", 10)
    add("a.html", "People", 20)
    assert shown() == [("a.html", "People of Mill")]


def test_a_panel_that_reads_nothing_is_left_out(ours):
    panels.add("home", template="a.html", read=lambda about, *, person, at: None, place=10)
    assert shown() == []


def test_a_page_without_panels_shows_none(ours):
    assert shown("elsewhere") == []


def test_each_panel_finds_what_was_read_for_it():
    filled = [panels.Filled("panels/said.html", {"words": words}) for words in ("Hours", "People")]
    page = render_to_string("components/_panels.html", {"panels": filled})
    assert page.split() == ["<p>Hours</p>", "<p>People</p>"]


def test_every_page_that_has_panels_shows_them():
    apps = [Path(settings.BASE_DIR) / app for app in ("partners", "meetings", "registrations")]
    sources = [
        path.read_text()
        for app in apps
        for folder in ("views", "admin", "pages")
        for path in app.rglob(f"{folder}/*.py")
    ]
    assert panels.pages() == {page for source in sources for page in ON_PAGE.findall(source)}
