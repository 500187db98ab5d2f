"""A coordinator's day, done in the tables alone: a partner, a network, a person."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Portal, served, sign_in

pytestmark = pytest.mark.browser
COUNCIL = "Boston Private Industry Council"
THE_DAY_AFTER = """
from datetime import timedelta
from django.db.models import F
from partners.models import MouRole
MouRole.objects.update(asked_at=F("asked_at") - timedelta(days=1))
"""


@pytest.fixture
def own(tmp_path, demo):
    with served(tmp_path / "portal", demo) as one:
        yield one


@pytest.fixture
def tables(browser, own):
    """The tables in a window 1280 px wide, as a coordinator sees them."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=own.url)
    context.set_default_timeout(15_000)
    sign_in(context, own, "coordinator")
    page = context.new_page()
    page.goto("/admin/")
    yield page
    context.close()


def choose(page: Page, row: str, act: str) -> None:
    """Check the row of a list and press the button of an act."""
    page.get_by_role("row", name=row).get_by_role("checkbox").check()
    page.get_by_role("button", name=act).click()


def from_suggestion_to_reminded_part(page: Page, own: Portal) -> None:
    page.get_by_role("link", name="Organizations").first.click()
    page.goto("/admin/partners/organization/?stage__exact=suggested")
    choose(page, COUNCIL, "Move the stage")
    page.get_by_label("Move to:").select_option(label="Came to a session")
    page.get_by_role("button", name="Show what will happen").click()
    expect(page.get_by_text("can't go from “Suggested” to “Came to a session”")).to_be_visible()
    page.get_by_label("Move to:").select_option(label="Invited")
    page.get_by_role("button", name="Show what will happen").click()
    page.get_by_role("button", name="Move 1 organization").click()
    page.goto("/admin/partners/organization/?q=boston+private")
    choose(page, COUNCIL, "Ask for the part")
    expect(page.get_by_text("office@boston-private-industry-council.example.org")).to_be_visible()
    page.get_by_role("button", name="Ask 1 organization").click()
    expect(page.get_by_role("row", name=COUNCIL)).to_contain_text("Drafting")
    page.goto("/admin/partners/organization/?only=missing")
    choose(page, COUNCIL, "Remind of the part")
    expect(page.get_by_text("Already got an e-mail today")).to_be_visible()
    own.manage("shell", "-v0", "-c", THE_DAY_AFTER)
    page.goto("/admin/partners/organization/?only=missing")
    choose(page, COUNCIL, "Remind of the part")
    page.get_by_label("A line of your own:").fill("We look forward to it.")
    page.get_by_role("button", name="Remind 1 organization").click()
    expect(page.get_by_role("row", name=COUNCIL)).to_be_visible()


def a_network(page: Page) -> None:
    page.goto("/admin/meetings/network/add/")
    page.get_by_label("Title:").first.fill("Data Science Teachers Network")
    page.get_by_label("School year:").fill("2026-27")
    page.get_by_label("Paste the dates:").fill("January 14, 2027; February 11, 2027; and March 11, 2027")
    page.get_by_label("Begins:").fill("16:00")
    page.get_by_label("Ends:").fill("18:00")
    page.get_by_label("How:").select_option(label="Online")
    page.get_by_label("Seats:").fill("30")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/admin/meetings/meeting/?q=Data+Science")
    expect(page.locator("#result_list tbody tr")).to_have_count(3)


def a_person_is_corrected(page: Page) -> None:
    page.goto("/admin/partners/person/")
    page.locator("input[name=q]").first.fill("educator@")
    page.locator("input[name=q]").first.press("Enter")
    page.get_by_role("link", name=re.compile("^Dartmouth")).click()
    page.get_by_label("Last name:").fill("Núñez")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto("/admin/partners/person/?q=nunez")
    expect(page.get_by_role("link", name=re.compile("^Núñez"))).to_be_visible()
    page.goto("/admin/registrations/registration/?q=nunez")
    expect(page.locator("#result_list tbody tr")).to_have_count(2)


def test_a_coordinators_day_is_done_in_the_tables_alone(tables, own):
    from_suggestion_to_reminded_part(tables, own)
    a_network(tables)
    a_person_is_corrected(tables)
    said = own.manage(
        "shell", "-v0", "-c",
        "from stemnet.models import Mail\n"
        "about = Mail.objects.filter(address='office@boston-private-industry-council.example.org')\n"
        "print(about.filter(text__contains='We look forward to it.').count(), about.count())",
    )  # fmt: skip
    assert said.split() == ["1", "2"]
