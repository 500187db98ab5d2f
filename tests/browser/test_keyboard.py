"""With the keyboard alone: My learning, the desk, an act in the admin; the focus is always in sight."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Portal, sign_in
from tests.browser.test_desk import open_desk

pytestmark = pytest.mark.browser
MOST = 120  # presses of Tab to anything on these pages
STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return "the focus is nowhere";
  if ("stop" in one.dataset) return "the key leads nowhere";
  document.querySelectorAll("[data-stop]").forEach(other => delete other.dataset.stop);
  const shown = one.matches(".visually-hidden") ? one.parentElement : one;
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  const name = one.outerHTML.slice(0, 120);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return "no outline: " + name;
  const parts = [0.1, 0.5, 0.9], wide = box.width, high = box.height;
  const at = (x, y) => document.elementFromPoint(box.x + wide * x, box.y + high * y);
  const seen = parts.some(x => parts.some(y => shown.contains(at(x, y))));
  one.dataset.stop = "";
  return seen ? "" : "covered or out of sight: " + name;
}"""


def keyboard(browser: Browser, portal: Portal, name: str) -> Page:
    """A page of somebody who signed in; nothing on it is clicked."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    sign_in(context, portal, name)
    return context.new_page()


def looked_at(page: Page) -> None:
    """The element that has the focus shows it, is not covered, and was not the last one looked at."""
    assert page.evaluate(STOP) == ""


def walk_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press a key until ``target`` has the focus; every stop on the way is in sight, and none holds on."""
    page.evaluate("document.querySelectorAll('[data-stop]').forEach(one => delete one.dataset.stop)")
    for _press in range(MOST):
        if target.evaluate_all("all => all.includes(document.activeElement)"):
            return
        page.keyboard.press(key)
        looked_at(page)
    raise AssertionError(f"{target} is never reached")


def enter(page: Page, target: Locator) -> None:
    """Walk to a button or link and press it, which opens a page."""
    walk_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def skip(page: Page, link: str = ".skip-link") -> None:
    """Take the skip link, which is the first stop."""
    page.keyboard.press("Tab")
    expect(page.locator(link)).to_be_focused()
    looked_at(page)
    page.keyboard.press("Enter")


def test_one_says_not_to_come_and_to_come_after_all(browser: Browser, portal: Portal):
    page = keyboard(browser, portal, "educator")
    page.goto(f"{portal.url}/learning/")
    skip(page)
    enter(page, page.locator("main").get_by_role("button", name="I can't come"))
    back = page.locator("main").get_by_role("button", name=re.compile("I can come"))
    enter(page, back)
    expect(page.locator("main").get_by_role("button", name="I can't come").first).to_be_visible()
    page.context.close()


def test_somebody_is_found_marked_given_times_and_undone(browser: Browser, portal: Portal):
    page = keyboard(browser, portal, "staff")
    open_desk(page, portal)
    page.reload()
    row = page.locator(".desk-row", has=page.locator("button.desk-tick[value=present]")).first
    row, name = page.locator(f"#{row.get_attribute('id')}"), row.get_attribute("data-name")
    skip(page)
    walk_to(page, page.locator("#q"))
    page.keyboard.type(name)
    expect(page.locator(".desk-row:visible")).to_have_count(1)
    tick = row.locator(".desk-tick")
    walk_to(page, tick)
    page.keyboard.press("Space")
    expect(row.locator(".desk-tick.is-here")).to_be_focused()
    expect(row).not_to_contain_text("not sent yet")
    walk_to(page, row.locator(".desk-more"))
    page.keyboard.press("Enter")
    expect(row.get_by_label("Arrived")).to_be_focused()
    walk_to(page, row.get_by_label("Left"))
    page.keyboard.type("5:00")
    walk_to(page, row.locator("button.btn[value=present]"))
    page.keyboard.press("Enter")
    expect(row).to_contain_text("left at 5:00 p.m.")
    expect(row.locator(".desk-more")).to_be_focused()
    walk_to(page, row.locator(".desk-tick"), "Shift+Tab")
    page.wait_for_timeout(600)  # what is pressed again at once is a bounce
    page.keyboard.press("Enter")
    expect(row).not_to_contain_text("left at 5:00 p.m.")
    expect(row.locator(".desk-tick")).to_be_focused()
    page.context.close()


def test_rows_are_chosen_in_the_admin_and_an_act_is_done(browser: Browser, portal: Portal):
    page = keyboard(browser, portal, "coordinator")
    page.goto(f"{portal.url}/admin/partners/organization/?stage__exact=partner")
    skip(page, ".skip-to-content-link")
    boxes = page.locator("input.action-select")
    for box in (boxes.nth(0), boxes.nth(1)):
        walk_to(page, box)
        page.keyboard.press("Space")
        expect(box).to_be_checked()
    act = page.locator("button[name=action][value=describe]")
    walk_to(page, act, "Shift+Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    walk_to(page, page.locator("[name=region]"))
    page.keyboard.type("South Coast")
    enter(page, page.locator("button[name=look]"))
    enter(page, page.locator("button[name=confirmed]"))
    expect(page.locator("body")).to_contain_text("2 organizations")
    page.context.close()
