"""axe on every page of the partners' stories in every state, and on what every form says to empty fields."""

import pytest

from tests.browser.conftest import served, sign_in
from tests.browser.walking import Walk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WALKS = [
    ("south-metro-salem", "coordinator"),
    ("south-metro-salem", "partner"),
    ("mtep", "coordinator"),
    ("mtep", ""),
    ("south-king-county", "partner"),
]


@pytest.mark.parametrize(("story", "who"), WALKS)
def test_every_state_is_accessible_and_every_form_answers(tmp_path, migrated, browser, story, who):
    with served(tmp_path, migrated, "--story", story) as portal:
        context = browser.new_context(viewport={"width": 320, "height": 800})
        if who:
            sign_in(context, portal, who)
        walk = Walk(context.new_page(), portal.url)
        paths = list(walk.everywhere())
        walk.send_every_form_empty(paths)
        context.close()
    assert len(paths) > 10
    assert walk.trouble == {}
