"""An agenda is written in the browser: lines are added, moved by each way, and counted up."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
ASK = """
from meetings.models import Meeting, Network
coming = Network.objects.get(slug="ste-district-leaders-network-2020-21").clones.get()
print(coming.meetings.own()[3].uid)
"""


@pytest.fixture
def page(portal, context) -> Iterator[Page]:
    """The agenda of a coming meeting of 180 minutes, which are all planned."""
    uid = portal.manage("shell", "-c", ASK).split()[-1]
    sign_in(context, portal, "staff")
    page = context.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{portal.url}/meetings/{uid}/agenda/")
    return page


def lines(page: Page) -> list[tuple[str, str]]:
    """Each line: when it begins, and what it is."""
    read = page.locator("[data-line]").all()
    return [
        (one.locator("time").inner_text(), one.locator("div").first.inner_text().split("\n")[0])
        for one in read
    ]


def add(page: Page, kind: str, minutes: int, title: str = "") -> None:
    page.select_option("#id_kind", label=kind)
    page.fill("#id_minutes", str(minutes))
    page.fill("#id_title", title)
    with page.expect_navigation():
        page.click('button:has-text("Add at the end")')


def test_an_agenda_is_written_moved_and_counted_up(page):
    before = lines(page)
    assert before[0] == ("9:00 a.m.", "What worked, from four districts")
    add(page, "Talk", 25, "What a first step costs")
    assert lines(page)[-1] == ("12 noon", "What a first step costs")
    warning = "This agenda is 25 minutes longer than the meeting."
    assert warning in page.locator("main").inner_text()
    assert faults(page) == []

    with page.expect_navigation():
        page.locator("[data-line]").last.locator("[data-up]").focus()
        page.keyboard.press("Enter")
    assert [words for _clock, words in lines(page)][-2:] == ["What a first step costs", before[-1][1]]

    grip = page.locator("[data-line]", has_text="What a first step costs").locator("[data-grip]")
    for _press in range(3):
        expect(grip).to_be_focused()
        with page.expect_navigation():
            page.keyboard.press("ArrowUp")
    assert lines(page)[:2] == [("9:00 a.m.", "What a first step costs"), ("9:25 a.m.", before[0][1])]

    held, target = (
        page.locator("[data-line]").nth(number).locator("[data-grip]").bounding_box() for number in (0, 2)
    )
    page.mouse.move(held["x"] + 8, held["y"] + 10)
    page.mouse.down()
    page.mouse.move(target["x"] + 8, target["y"] + 2, steps=8)
    with page.expect_navigation():
        page.mouse.up()
    assert lines(page)[1] == ("9:40 a.m.", "What a first step costs")

    removed = page.locator("[data-line]", has_text="What a first step costs")
    with page.expect_navigation():
        removed.locator('button:has-text("Remove")').click()
    assert lines(page) == before
    assert warning not in page.locator("main").inner_text()


def test_the_pages_of_a_meeting_fit_a_phone_and_lead_to_its_calendars(page):
    page.set_viewport_size({"width": 320, "height": 780})
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.locator("nav.breadcrumbs a").last.click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    links = [
        page.locator(f'a:text-is("{name}")').get_attribute("href") for name in ("Google", "Outlook", "Apple")
    ]
    assert [re.split("[:/]+", link or "")[1] for link in links] == [
        "calendar.google.com",
        "outlook.office.com",
        "localhost",
    ]
    assert faults(page) == []
