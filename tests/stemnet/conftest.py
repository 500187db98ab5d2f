"""What the tests of the ground share: a few letters of their own."""

import copy
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def letters(settings):
    """Let the outbox find the letters that only tests write."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
