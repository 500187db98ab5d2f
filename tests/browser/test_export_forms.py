"""Forms of exports ask in a browser only what the choices before want."""

import pytest
from playwright.sync_api import expect

from tests.browser import pages
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("name", "field", "seen"),
    [
        (
            "export_new",
            "reach",
            {"all": [], "year": ["#id_school_year"], "chosen": ["summary:has-text('These networks')"]},
        ),
        (
            "export_schedule",
            "every",
            {"day": [], "week": ["#id_weekday"], "month": ["#id_month_day"]},
        ),
    ],
)
def test_what_a_choice_does_not_want_is_hidden(portal, browser, name, field, seen):
    role, path = pages.addresses(portal)[name]
    context = browser.new_context()
    sign_in(context, portal, role)
    page = context.new_page()
    page.goto(portal.url + path)
    for choice, wanted in seen.items():
        page.check(f"input[name={field}][value={choice}]")
        for part in {part for parts in seen.values() for part in parts}:
            expect(page.locator(part)).to_be_visible(visible=part in wanted)
    context.close()
