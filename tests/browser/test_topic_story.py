"""A topic from its proposal through a vote to a planned meeting."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Portal, served
from tests.browser.test_group_story import DESK, PHONE, page_of

pytestmark = pytest.mark.browser
TOPICS = """
from meetings.models import Network
print(Network.objects.get(slug__startswith="mathematics").slug)
"""
TITLE = "Sketching before calculating"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Iterator[Portal]:
    with served(tmp_path_factory.mktemp("topics"), demo) as one:
        yield one


def test_a_topic_is_proposed_voted_for_and_planned(browser: Browser, own: Portal):
    educator, coordinator = (
        page_of(browser, own, "educator", PHONE),
        page_of(browser, own, "coordinator", DESK),
    )
    slug = own.manage("shell", "-v0", "-c", TOPICS).strip()

    educator.goto(f"{own.url}/networks/{slug}/topics/")
    educator.get_by_role("link", name="Propose a topic").click()
    educator.get_by_label("In a few words").fill(TITLE)
    educator.get_by_role("button", name="Propose it").click()
    educator.get_by_role("button", name=re.compile(f"^Vote ?: {TITLE}")).click()
    expect(educator.locator("main")).to_contain_text("You have 2 of 3 votes left.")

    coordinator.goto(f"{own.url}/staff/networks/{slug}/topics/")
    coordinator.get_by_role("link", name=re.compile(f"^Plan a meeting ?: {TITLE}")).click()
    coordinator.get_by_label("Date").fill((date.today() + timedelta(days=9)).isoformat())
    coordinator.get_by_role("button", name="Plan it and tell people").click()
    expect(coordinator.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    coordinator.get_by_role("link", name=TITLE).click()
    expect(coordinator.locator("main")).to_contain_text("Planned")

    educator.goto(f"{own.url}/networks/{slug}/topics/?show=done")
    expect(educator.locator("main")).to_contain_text(TITLE)
