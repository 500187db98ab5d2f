"""axe on every page, at 1280 and 320 px; the list of pages comes from the URL table."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.addresses import named_addresses
from tests.browser import pages
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # to describe what holds takes half of the time
}
# Of what axe finds only what is broken comes over: to write down all the rest took a third of the time more.
LOOK = "rules => axe.run(rules).then(found => found.violations)"
ROLES = sorted({who for who, _arguments in pages.PAGES.values()})
FORMS = [
    ("", "register"),
    ("", "account_login"),
    ("educator", "profile"),
    ("educator", "evaluation"),
    ("coordinator", "network_new"),
    ("staff", "staff_walk_in"),
    ("staff", "staff_change_meetings"),
]


@pytest.fixture(scope="module")
def addresses(portal):
    return pages.addresses(portal)


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page scrolls sideways.

    A bar that stays in sight may cover half of a target, to which one scrolls: then the whole page is shown.
    """
    found = violations(page)
    size = page.viewport_size
    if size and any(one.startswith("target-size") for one in found):
        whole = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": whole})
        found = violations(page)
        page.set_viewport_size(size)
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("scrolls sideways")
    return found


def violations(page: Page) -> list[str]:
    """The rules that axe finds broken, each with its first place."""
    page.evaluate(AXE_SCRIPT)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in page.evaluate(LOOK, RULES)]


def test_what_is_broken_is_found(browser):
    page = browser.new_page()
    page.set_content('<html lang="en"><title>A page</title><main><img src="wave.png"></main></html>')
    assert violations(page) == ['image-alt: <img src="wave.png">']
    page.close()


def test_every_address_is_a_page_or_said_to_be_none():
    names = {name for name, _route in named_addresses()}
    elsewhere = set().union(*pages.ELSEWHERE.values())
    assert names - set(pages.PAGES) - pages.NO_PAGE - elsewhere == set()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.slow), 320])
def test_every_page_is_accessible(portal, addresses, browser, width, role):
    found = {}
    context = browser.new_context(viewport={"width": width, "height": 900})
    if role:
        sign_in(context, portal, role)
    page = context.new_page()
    for name, (who, path) in addresses.items():
        if who != role:
            continue
        response = page.goto(portal.url + path)
        trouble = faults(page) if response.status == 200 else [f"answers {response.status}"]
        if trouble:
            found[name] = trouble
    context.close()
    assert found == {}, "\n".join(f"{name}: {trouble}" for name, trouble in found.items())


@pytest.mark.parametrize(("who", "name"), FORMS)
def test_forms_that_show_errors_are_accessible(portal, addresses, browser, who, name):
    context = browser.new_context(viewport={"width": 320, "height": 900})
    if who:
        sign_in(context, portal, who)
    page = context.new_page()
    page.goto(portal.url + addresses[name][1])
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    ahead = page.locator("[data-steps-next]:visible")
    if ahead.count():  # a form in steps says what is missing before it goes on
        ahead.click()
        expect(page.locator(".field-error").first).to_be_visible()
    else:
        with page.expect_navigation():  # a form that is kept asks first as whom one is signed in
            page.locator("main form[method=post] button[type=submit]:visible").last.click()
    trouble = faults(page)
    context.close()
    assert trouble == []
