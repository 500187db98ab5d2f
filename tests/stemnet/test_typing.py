"""What mypy is told to ignore."""

import re

import pytest

from tests.stemnet.test_rooms import ORDER, sources

IGNORED = re.compile(r"#\s*type:\s*ignore(?:\[([\w, -]*)\])?")


def ignored(app):
    """Return the codes that the files of an app tell mypy to ignore; None where no code is named."""
    found = {codes for path in sources(app) for codes in IGNORED.findall(path.read_text())}
    return {code.strip() or None for codes in found for code in codes.split(",")}


@pytest.mark.parametrize("app", ORDER)
def test_no_missing_attribute_is_ignored(app):
    assert ignored(app) & {"attr-defined", None} == set()
