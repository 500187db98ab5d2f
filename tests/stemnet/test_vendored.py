"""The vendored files hold what the portal uses, and nothing else."""

import re

import pytest
from django.conf import settings

from tests.vendoring import used

VENDOR = settings.BASE_DIR / "static" / "vendor"
VERSIONS = {
    "bootstrap": ("bootstrap.min.css", r"Bootstrap +v([\d.]+)"),
    "bootstrap-icons": ("bootstrap-icons.min.css", r"Bootstrap Icons v([\d.]+)"),
    "htmx": ("htmx.min.js", r'version="([\d.]+)"'),
}
# What a row of the matrix is comes from its view; and htmx marks what it waits for.
NAMED_ELSEWHERE = {"need", "give", "gap", "htmx-request"}


def bootstrap():
    return used.styled((VENDOR / "bootstrap" / "bootstrap.min.css").read_text())


def own():
    return set().union(*[used.styled(path.read_text()) for path in used.sheets()])


def of_pages():
    return {name for name in used.classes(used.sources()) if re.fullmatch(r"[\w-]*\w", name)}


def test_the_font_of_icons_holds_those_that_are_named_and_no_other():
    css = (VENDOR / "bootstrap-icons" / "bootstrap-icons.min.css").read_text()
    assert used.icons() == set(re.findall(r"\.bi-([a-z0-9-]+)::before", css))


def test_every_class_that_a_page_names_has_a_rule():
    icons = {f"bi-{name}" for name in used.icons()} | {"bi"}
    assert of_pages() - bootstrap() - own() - icons == set()


def test_bootstrap_holds_no_class_that_nobody_names():
    assert bootstrap() - of_pages() - used.classes(used.crispy()) == set()


def test_the_own_sheets_hold_no_class_that_nobody_names():
    named = used.classes(used.sources()) | used.classes(used.crispy())
    beginnings = tuple(name for name in named if name.endswith("-"))
    left = {name for name in own() - named - NAMED_ELSEWHERE if not name.startswith(beginnings)}
    assert left == set()


def test_no_sheet_asks_for_a_weight_that_its_font_has_not():
    rules = re.findall(r"\{([^{}]*)\}", "".join(path.read_text() for path in used.sheets()))
    asked = [(int(weight), rule) for rule in rules for weight in re.findall(r"font-weight: (\d+)", rule)]
    assert [one for one in asked if not 400 <= one[0] <= 700 and "var(--font-heading)" not in one[1]] == []


@pytest.mark.parametrize("package", VERSIONS)
def test_the_file_is_of_the_version_that_is_written_beside_it(package):
    name, pattern = VERSIONS[package]
    found = re.search(pattern, (VENDOR / package / name).read_text())
    assert found and found[1] == (VENDOR / package / "VERSION").read_text().strip()


def test_the_list_of_packages_says_the_version_of_each():
    listed = dict(re.findall(r"^\| ([\w-]+) \| \S+ \| ([\d.]+) ", (VENDOR / "README.md").read_text(), re.M))
    assert listed == {path.parent.name: path.read_text().strip() for path in VENDOR.glob("*/VERSION")}
