"""Cards of the way to partner move by pointer and by keyboard, and the page says what came of it."""

import pytest
from playwright.sync_api import Page

from tests.browser import pages
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser


def names(page: Page, stage: str) -> list[str]:
    return page.locator(f'[data-stage="{stage}"] [data-card] h3').all_inner_texts()


def test_a_card_moves_by_pointer_and_by_keyboard(portal, context):
    sign_in(context, portal, "coordinator")
    page = context.new_page()
    page.goto(f"{portal.url}/staff/partners/way/")
    card = page.locator('[data-stage="suggested"] [data-card]').first
    name = card.locator("h3").inner_text()
    grip = card.locator("[data-grip]").bounding_box()
    target = page.locator('[data-stage="invited"]').bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 90, steps=8)
    with page.expect_navigation():
        page.mouse.up()
    assert f"{name} is now at “Invited”." in page.locator("body").inner_text()
    assert name in names(page, "invited") and name not in names(page, "suggested")

    summary = page.locator('[data-stage="invited"] [data-card]', has_text=name).locator("summary")
    summary.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("Int")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert name in names(page, "interested")


def test_a_step_that_wants_a_reason_asks_for_it(portal, context):
    sign_in(context, portal, "coordinator")
    page = context.new_page()
    page.goto(f"{portal.url}/staff/partners/way/")
    card = page.locator('[data-stage="interested"] [data-card]').first
    name = card.locator("h3").inner_text()
    grip = card.locator("[data-grip]").bounding_box()
    target = page.locator('[data-stage="invited"]').bounding_box()
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + 60, steps=8)
    page.mouse.up()
    assert page.evaluate("document.activeElement.name") == "reason"
    assert faults(page) == []
    page.keyboard.type("They answered by mistake")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert name in names(page, "invited")


def test_the_invited_answer_without_a_login(portal, context):
    page = context.new_page()
    page.goto(portal.url + pages.addresses(portal)["invitation"][1])
    assert "Where you are:" in page.locator("[data-own-time]").first.inner_text()
    page.get_by_label("We're coming to an information session").check()
    page.get_by_role("button", name="Send my answer").click()
    page.get_by_text("We need this to hold a seat for you.").first.wait_for()
    assert faults(page) == []
    page.get_by_label("First name").fill("Office")
    page.get_by_label("Last name").fill("for partnerships")
    page.get_by_role("button", name="Send my answer").click()
    page.locator("main", has_text="see you at").wait_for()
