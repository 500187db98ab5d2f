"""The story of a match in a browser, three people signed in: from a need that is typed to "delivered"."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from partners.models import Category, Match, Need, Organization
from stemnet.outbox import delivery
from tests import factories
from tests.browser.test_accessibility import faults
from tests.browser.test_mou import opened
from tests.partners.offers import a_need

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
CONTACTS = {"Wareham": "science.wareham@example.org", "University": "center@example.org"}
OFFICE = "coordinator@example.org"


@pytest.fixture
def partners() -> dict[str, Organization]:
    """Two districts that need mentors and a university that can send some; one need is written already."""
    factories.a_partnership(contact_email=OFFICE)
    factories.a_coordinator(address=OFFICE, first_name="Partnership")
    found = {
        name: factories.an_organization(name=name, slug=name.lower().replace(" ", "-"), region="SouthCoast")
        for name in (*CONTACTS, "Fall River")
    }
    for name, address in CONTACTS.items():
        factories.a_contact(found[name], factories.a_user(address=address, first_name=name).person)
    a_need(Category.objects.get(code="mentor"), found["Fall River"], detail="Mentors for two schools")
    return found


def test_from_a_need_to_delivered(live_server, browser, partners):
    said: list[str] = []
    district = opened(browser, live_server.url, CONTACTS["Wareham"], "/partners/needs/ours/", said=said)
    university = opened(browser, live_server.url, CONTACTS["University"], "/partners/needs/ours/", said=said)
    office = opened(browser, live_server.url, OFFICE, "/partners/needs/", said=said)
    district_needs_mentors(district)
    university_offers_them(university)
    the_system_proposes_it(district)
    the_coordinator_introduces_them(office, live_server.url)
    university.goto(f"{live_server.url}/partners/mine/university/")
    university.get_by_role("link", name="Wareham needs “Mentors").click()
    university.get_by_role("button", name="Confirm for Wareham").click()
    expect(university.locator("#messages")).to_contain_text("Confirmed. This partner")
    assert list(Need.objects.gaps()) == [Need.objects.get(organization=partners["Fall River"])]
    district.reload()
    district.get_by_role("button", name="Mark as delivered").click()
    expect(district.locator("#messages")).to_contain_text("Delivered")
    the_matrix_says_so(office, live_server.url)
    assert said == []


def district_needs_mentors(page: Page) -> None:
    page.get_by_role("link", name="Add a need").click()
    page.get_by_label("Category").select_option("mentor")
    page.get_by_label("Detail").fill("Two engineers for grade 8")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("gap")


def university_offers_them(page: Page) -> None:
    page.get_by_role("link", name="Add a contribution").click()
    page.get_by_label("Category").select_option("mentor")
    page.get_by_label("How much").fill("12 students")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Needed by Wareham")


def the_system_proposes_it(page: Page) -> None:
    page.reload()
    expect(page.locator(".fit")).to_contain_text("Possible match: University")
    page.get_by_role("button", name="Propose University").click()
    expect(page.locator("h1")).to_contain_text("Mentors")
    assert page.get_by_role("button", name="Confirm for").count() == 0  # only who gives confirms
    assert faults(page) == []


def the_coordinator_introduces_them(page: Page, url: str) -> None:
    page.goto(f"{url}/partners/needs/matches/")
    page.get_by_role("link", name="Mentors").first.click()
    page.get_by_role("button", name="Introduce them by e-mail").click()
    expect(page.locator("#messages")).to_contain_text("We e-mailed both partners")
    delivery.deliver(at=datetime.now(tz=UTC))
    letters = [one for one in mail.outbox if "12 students" in one.body]
    assert sorted(one.to[0] for one in letters) == sorted([*CONTACTS.values(), OFFICE])
    for letter in letters:
        assert all(address in letter.extra_headers["To"] for address in CONTACTS.values())
        assert letter.extra_headers["Cc"] == OFFICE


def the_matrix_says_so(page: Page, url: str) -> None:
    assert Match.objects.get().state == Match.State.DELIVERED
    page.goto(f"{url}/partners/needs/")
    rows = {name: page.get_by_role("row").filter(has_text=name).first for name in ("Wareham", "Fall River")}
    expect(rows["Wareham"]).to_contain_text("delivered")
    expect(rows["Fall River"]).to_contain_text("gap")
    assert faults(page) == []


def test_two_who_move_one_card_meet(live_server, browser: Browser):
    """The second of two is told who moved the card, and where it stands now."""
    factories.a_partnership()
    one, other = "one@example.org", "other@example.org"
    factories.a_coordinator(address=one, first_name="Office", last_name="East")
    factories.a_coordinator(address=other, first_name="Office", last_name="West")
    factories.an_organization(name="Ocean Explorium", slug="ocean", stage="interested")
    pages = [opened(browser, live_server.url, who, "/staff/partners/way/", said=[]) for who in (one, other)]
    move(pages[0], "came")
    expect(pages[0].locator('[data-stage="came"]')).to_contain_text("Ocean Explorium")
    move(pages[1], "declined", reason="No time")
    expect(pages[1].locator("body")).to_contain_text("Office East")
    expect(pages[1].locator('[data-stage="came"]')).to_contain_text("Ocean Explorium")
    assert Organization.objects.get(slug="ocean").stage == "came"


def move(page: Page, to: str, reason: str = "") -> None:
    """Move the only card by its form and button."""
    card = page.locator("[data-card]", has_text="Ocean Explorium")
    card.locator("summary").click()
    card.locator("select[name=to]").select_option(to)
    if reason:
        card.locator("[name=reason]").fill(reason)
    card.get_by_role("button", name="Move").click()
