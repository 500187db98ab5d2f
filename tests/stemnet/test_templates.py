"""No template holds what a strict Content-Security-Policy forbids."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDERS = [settings.BASE_DIR / "templates", *settings.BASE_DIR.glob("*/templates")]
PAGES = sorted(
    path for folder in FOLDERS for path in folder.rglob("*.html") if folder / "mail" not in path.parents
)
FORBIDDEN = re.compile(
    r"\sstyle=|<style|\son[a-z]+=\"|javascript:|<script(?![^>]*(src=|application/(ld\+)?json))",
    re.I,
)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: Path(path).relative_to(settings.BASE_DIR).as_posix())
def test_template_has_no_inline_script_or_style(path):
    assert FORBIDDEN.findall(path.read_text()) == []


def test_no_template_or_stylesheet_asks_another_site():
    sheets = [
        *(settings.BASE_DIR / "static").rglob("*.css"),
        *(settings.BASE_DIR / "static" / "js").rglob("*.js"),
    ]
    asked = re.compile(r"(?:src=\"|url\(|@import )['\"]?(?:https?:)?//")
    assert [path for path in [*PAGES, *sheets] if asked.search(path.read_text())] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: Path(path).relative_to(settings.BASE_DIR).as_posix())
def test_what_needs_fixing_is_said_once(path):
    """A form as a whole brings the list of its errors along."""
    page = path.read_text()
    listed = {name or "form" for name in re.findall(r"bootstrap5/errors\.html\"(?: with form=(\w+))?", page)}
    assert listed & set(re.findall(r"\{\{\s*(\w+)\|crispy", page)) == set()
