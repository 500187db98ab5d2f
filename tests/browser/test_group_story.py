"""A group lives: its lead plans a meeting, somebody joins and sees it, is marked, and the hours count."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Portal, served, sign_in

pytestmark = pytest.mark.browser
ZONES = ["America/New_York", "Pacific/Honolulu", "Asia/Tokyo"]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
ADDRESS = """
from meetings.models import WorkingGroup
group = WorkingGroup.objects.get(title="High quality materials")
print(group.get_absolute_url(), group.network.slug)
"""
EARLIER = """
from datetime import timedelta
from meetings.models import Meeting
meeting = Meeting.objects.get(title="Waves and tides")
meeting.starts_at -= timedelta(hours=4)
meeting.ends_at -= timedelta(hours=4)
meeting.save()
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Iterator[Portal]:
    with served(tmp_path_factory.mktemp("groups"), demo) as one:
        yield one


def page_of(browser: Browser, portal: Portal, who: str, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size)
    context.set_default_timeout(15_000)
    sign_in(context, portal, who)
    return context.new_page()


def local_now() -> tuple[str, datetime]:
    """A zone where it is day now, and the wall clock there, so that the meeting is on this day."""
    zone = next(one for one in ZONES if 5 <= datetime.now(ZoneInfo(one)).hour < 19)
    return zone, datetime.now(ZoneInfo(zone))


def test_a_planned_meeting_is_joined_marked_and_counted(browser: Browser, own: Portal):
    lead, member = page_of(browser, own, "group-lead", DESK), page_of(browser, own, "educator", PHONE)
    address, slug = own.manage("shell", "-v0", "-c", ADDRESS).split()

    zone, now = local_now()
    lead.goto(f"{own.url}{address}")
    lead.get_by_role("link", name="Plan a meeting").click()
    lead.get_by_label("Title").fill("Waves and tides")
    lead.get_by_label("Date").fill(now.date().isoformat())
    lead.get_by_label("Begins").fill((now + timedelta(hours=2)).strftime("%H:%M"))
    lead.get_by_label("Ends").fill((now + timedelta(hours=1)).strftime("%H:%M"))
    lead.get_by_label("Time zone").select_option(zone)
    lead.get_by_role("button", name="Plan it and tell the group").click()
    expect(lead.locator("body")).to_contain_text("A meeting can't end before it starts.")
    expect(lead.get_by_label("Title")).to_have_value("Waves and tides")
    lead.get_by_label("Ends").fill((now + timedelta(hours=3)).strftime("%H:%M"))
    lead.get_by_role("button", name="Plan it and tell the group").click()
    expect(lead.get_by_role("heading", name="Waves and tides")).to_be_visible()

    member.goto(f"{own.url}{address}")
    expect(member.locator("body")).not_to_contain_text("What we make")
    member.get_by_label("Why you'd like to join").fill("We try it in grade 7.")
    member.get_by_role("button", name="Ask to join").click()
    expect(member.locator("body")).to_contain_text("You've asked to join")

    lead.reload()
    asked = lead.locator("li", has_text="We try it in grade 7.")
    asked.get_by_role("button", name="Let them in").click()
    expect(lead.locator("body")).to_contain_text("District science lead Dartmouth is in the group now.")

    member.reload()
    expect(member.get_by_role("heading", name="What we make")).to_be_visible()
    expect(member.get_by_role("link", name="Waves and tides")).to_be_visible()
    assert member.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    own.manage("shell", "-v0", "-c", EARLIER)
    lead.goto(f"{own.url}{address}")
    lead.get_by_role("link", name=re.compile("Take attendance.*Waves and tides", re.DOTALL)).click()
    row = lead.locator(".desk-row", has_text="District science lead Dartmouth")
    row.locator("button.desk-tick").click()
    expect(row.locator(".desk-tick.is-here")).to_be_visible()
    expect(row).not_to_contain_text("not sent yet")

    member.goto(f"{own.url}/learning/{slug}/")
    counted = member.locator("tr", has_text="Waves and tides")
    expect(counted).to_contain_text("1.00")
    expect(counted).to_contain_text("marked by the group lead")
