"""My learning on a phone: short, and it begins with what is missing."""

import pytest

from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser
AT_MOST = 1_800


def test_my_learning_is_short_on_a_phone_and_begins_with_what_is_missing(portal, browser):
    context = browser.new_context(viewport={"width": 360, "height": 780})
    sign_in(context, portal, "educator")
    page = context.new_page()
    page.goto(f"{portal.url}/learning/")
    height = page.evaluate("document.documentElement.scrollHeight")
    button = page.locator("main a.btn-primary").first
    first = (button.inner_text(), button.bounding_box()["y"] + button.bounding_box()["height"])
    address_seen = page.locator("#subscription").is_visible()
    context.close()
    assert height <= AT_MOST
    assert (first[0], first[1] <= 780) == ("Answer the network evaluation", True)
    assert not address_seen
