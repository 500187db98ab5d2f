"""The STELDN form (docs/rules.md 1.2), typed on one page and published."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Portal, sign_in

pytestmark = pytest.mark.browser

TITLE = "Science and Technology/Engineering District Leaders Network"
DESCRIPTION = """In partnership with MSELA, the network will support Pre-K-12 science district leaders
and coordinators to come together to engage in discussions relevant to their role in their districts.

Participants will connect with leaders from across the Commonwealth in order to share resources and
strategies for implementing the MA 2016 STE standards in districts."""
DATES = "October 14, 2020; December 8, 2020; February 10, 2021; April 13, 2021; and May 26, 2021"
WHO = "District leaders with oversight and responsibility for STE programming, or their designee"
KEYS_A_MINUTE = 180
SECONDS_A_FIELD = 6


@dataclass
class Typist:
    """Types and pastes at the pace of somebody who is not in a hurry, and keeps count."""

    page: Page
    keys: int = 0
    fields: int = 0

    def type(self, label: str, words: str, *, nth: int = 0) -> None:
        self.keys += len(words)
        self.paste(label, words, nth=nth)

    def paste(self, label: str, words: str, *, nth: int = 0) -> None:
        self.fields += 1
        self.page.get_by_label(label, exact=True).nth(nth).fill(words)

    def choose(self, label: str, option: str, *, nth: int = 0) -> None:
        self.fields += 1
        self.page.get_by_label(label, exact=True).nth(nth).select_option(label=option)

    def tick(self, label: str) -> None:
        self.fields += 1
        self.page.get_by_label(label, exact=True).check()

    def press(self, button: str) -> None:
        self.fields += 1
        self.page.get_by_role("button", name=button).first.click()
        self.page.wait_for_load_state()

    @property
    def minutes(self) -> float:
        return self.keys / KEYS_A_MINUTE + self.fields * SECONDS_A_FIELD / 60


def type_steldn(typist: Typist) -> None:
    typist.paste("Title*", TITLE)
    typist.type("School year*", "2020-21")
    typist.tick("District leaders")
    typist.paste("Who should attend", WHO)
    typist.type("Summary", "District leaders meet five times to share strategies for the STE standards.")
    typist.paste("Description", DESCRIPTION)
    typist.type("Co-hosts", "MSELA")
    typist.paste("Paste the dates", DATES)
    typist.choose("How", "Online")
    typist.type("Topic*", "Remote learning in science")
    typist.type("Where it meets", "Regionally or virtually, as needed")
    typist.type("From", "12:00", nth=1)
    typist.type("Until", "15:00", nth=1)
    typist.paste("I commit to*", "Attend sessions in the network series")
    typist.paste("I commit to*", "Join an optional working group focused on a specific STE topic", nth=1)
    typist.page.get_by_label("Required to register").nth(1).uncheck()
    typist.type("Contact", "Network coordinator")
    typist.type("Contact e-mail", "coordinator@example.org")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_steldn_form_goes_from_nothing_to_published_in_ten_minutes(browser, portal: Portal, javascript):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=javascript)
    context.set_default_timeout(15_000)
    sign_in(context, portal, "coordinator")
    page = context.new_page()
    page.goto(f"{portal.url}/staff/networks/new/")
    typist = Typist(page)
    type_steldn(typist)
    if not javascript:
        page.get_by_label("Title*", exact=True).fill(f"{TITLE}, again")
    typist.press("Add these dates")
    expect(page.get_by_label("Date*", exact=True)).to_have_count(5)
    expect(page.locator(".setup-figure")).to_have_text(
        ["15 hours in 5 meetings", "30 hours with a working group"], use_inner_text=True
    )
    typist.press("Preview")
    expect(page.get_by_role("heading", name="Five meetings")).to_be_visible()
    typist.press("Publish")
    expect(page.locator("#messages")).to_contain_text("is published")
    expect(page.locator(".meeting")).to_have_count(5)
    expect(page.locator("main")).to_contain_text("Wed, Oct 14, 2020, 9:00 a.m. to 12 noon ET")
    expect(page.locator("main")).to_contain_text("Working groups 12 noon to 3:00 p.m. ET, optional")
    assert typist.minutes < 10
    context.close()


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(context, portal: Portal):
    sign_in(context, portal, "coordinator")
    page = context.new_page()
    page.goto(f"{portal.url}/staff/networks/new/")
    page.get_by_label("Summary", exact=True).fill("Kept as typed")
    page.get_by_label("Paste the dates", exact=True).fill("someday")
    page.get_by_role("button", name="Publish").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("“someday” isn't a date")
    summary.get_by_role("link", name="Title").click()
    expect(page.get_by_label("Title*", exact=True)).to_be_focused()
    expect(page.get_by_label("Summary", exact=True)).to_have_value("Kept as typed")
