"""The attendance desk on a phone: one row at a time, whole pages without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Portal, sign_in

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


def phone(browser: Browser, portal: Portal, *, javascript: bool) -> Page:
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(15_000)
    sign_in(context, portal, "staff")
    if javascript:
        return context.new_page()
    silent = browser.new_context(
        viewport=PHONE, java_script_enabled=False, storage_state=context.storage_state()
    )
    context.close()
    return silent.new_page()


def open_desk(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.url}/staff/")
    due = page.locator("#due li", has_text="Mathematics Coordinators Network")
    due.get_by_role("link", name="Take attendance").first.click()
    expect(page.get_by_role("button", name="Attendance is complete")).to_be_visible()
    page.wait_for_load_state()  # a key pressed before the scripts are there leads to another page


def here(page: Page) -> int:
    return int(page.locator("#desk-progress strong").inner_text().split()[0])


@pytest.mark.parametrize("javascript", [True, False])
def test_a_tick_times_and_a_correction(browser: Browser, portal: Portal, javascript: bool):
    page = phone(browser, portal, javascript=javascript)
    complaints: list[str] = []
    known = ("422",)
    page.on(
        "console",
        lambda said: None if any(one in said.text for one in known) else complaints.append(said.text),
    )
    open_desk(page, portal)
    before = here(page)
    row = page.locator(".desk-row", has=page.locator("button.desk-tick[value=present]")).first
    row = page.locator(f"#{row.get_attribute('id')}")
    row.locator("button.desk-tick").click()
    expect(row.locator(".desk-tick.is-here")).to_be_visible()
    expect(row).not_to_contain_text("not sent yet")
    expect(page.locator("#desk-progress strong")).to_have_text(re.compile(rf"^{before + 1}\b"))
    row.locator(".desk-more").click()
    row.get_by_label("Left").fill("quarter past")
    row.locator("button.btn[value=present]").click()
    expect(row).to_contain_text("Type a time like")
    expect(row.get_by_label("Left")).to_have_value("quarter past")
    row.get_by_label("Left").fill("5:00")
    row.locator("button.btn[value=present]").click()
    expect(row).to_contain_text("left at 5:00 p.m.; counts 1.5 of 2 hours")
    row.locator(".desk-more").click()
    if javascript:
        row.get_by_role("link", name="How we know").click()
    expect(row).to_contain_text("Corrected later")
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"] if javascript else True
    page.context.close()


def test_the_focus_stays_on_the_row_that_was_ticked(browser: Browser, portal: Portal):
    page = phone(browser, portal, javascript=True)
    open_desk(page, portal)
    tick = page.locator("button.desk-tick[value=present]").first
    name = tick.get_attribute("id")
    tick.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#{name}[value=undo]")).to_be_focused()
    page.context.close()


def test_search_narrows_the_list_while_typing(browser: Browser, portal: Portal):
    page = phone(browser, portal, javascript=True)
    open_desk(page, portal)
    page.get_by_label("Find a name").press_sequentially("nobody of this name")
    expect(page.locator("#desk-nobody")).to_contain_text("Nobody with that name")
    expect(page.get_by_label("Find a name")).to_be_focused()
    page.context.close()
