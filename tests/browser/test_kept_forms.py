"""What somebody types belongs to the browser and the account that typed it, and is not lost."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect

from partners.models import KeptForm
from registrations.models import Hold, Registration
from stemnet.models import Mail
from tests import factories
from tests.browser.evaluation_steps import answer_steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WORDS = "We bring teachers of our three schools together."
ADDRESS = "lead@example.org"
ASKED = re.compile(r"/learning/typed/\?form=")


@pytest.fixture
def url(live_server, settings) -> str:
    settings.SITE_URL = live_server.url
    factories.a_partnership()
    return str(live_server.url)


@pytest.fixture
def role(url):
    person = factories.a_user(address=ADDRESS, first_name="Part", last_name="Drafter").person
    return factories.a_part(drafter=person)


def sign_in(page: Page, url: str, address: str = ADDRESS) -> None:
    if "/accounts/login" not in page.url:
        page.goto(f"{url}/accounts/login/")
    page.get_by_text("Use a password instead").click()
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", "network-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda where: "/accounts/login" not in where)


def opened(context: BrowserContext, where: str, *, by_hand: bool = True, until_asked: bool = False) -> Page:
    """Open a page; ``by_hand`` without its own autosave, where what one types stays until one saves it.

    ``until_asked`` waits until it has asked what is kept with the account.
    """
    page = context.new_page()
    if by_hand:
        page.route("**/vendor/htmx/*", lambda route: route.abort())
    if not until_asked:
        page.goto(where)
        return page
    with page.expect_response(ASKED):
        page.goto(where)
    return page


def typed_on(page: Page, words: str = WORDS) -> None:
    page.locator("#id_does").fill(words)
    wait_until_kept(page)


def wait_until_kept(page: Page, *, number: int = 1) -> None:
    """Wait until the device keeps so many forms; the page's policy lets no test wait in the page itself."""
    for _step in range(50):
        if len(kept_on(page)) == number:
            return
        page.wait_for_timeout(100)
    assert len(kept_on(page)) == number


def kept_on(page: Page) -> list[str]:
    """Return the names of the forms that the device keeps."""
    names: list[str] = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('kept:'))")
    return names


def offer_on(page: Page):
    return page.locator('[data-say="offer"]')


def said(page: Page, what: str):
    return page.locator(f'[data-say="{what}"]')


@pytest.fixture
def page(context, url, role) -> Page:
    sign_in(context.new_page(), url)
    return opened(context, f"{url}{role.get_absolute_url()}")


def test_a_closed_tab_and_a_restart_lose_nothing(browser: Browser, context, page, url, role):
    typed_on(page)
    page.close()
    restarted = browser.new_context(storage_state=context.storage_state())
    restarted.set_default_timeout(15_000)
    again = opened(restarted, f"{url}{role.get_absolute_url()}")
    expect(offer_on(again)).to_be_visible()
    expect(offer_on(again)).to_contain_text("You typed something else here on")
    again.get_by_role("button", name="Put it back").click()
    expect(again.locator("#id_does")).to_have_value(WORDS)
    expect(said(again, "back")).to_be_visible()
    again.get_by_role("button", name="Save", exact=True).click()
    expect(again.locator("#messages")).to_contain_text("Saved.")
    role.refresh_from_db()
    assert role.does == WORDS
    wait_until_kept(again, number=0)
    assert not KeptForm.objects.exists()
    again.reload()
    expect(offer_on(again)).to_be_hidden()
    restarted.close()


def test_what_is_typed_is_offered_on_another_device(browser: Browser, page, url, role):
    with page.expect_response(re.compile("/learning/typed/$")):
        page.locator("#id_does").fill(WORDS)
    other = browser.new_context()
    other.set_default_timeout(15_000)
    sign_in(other.new_page(), url)
    there = opened(other, f"{url}{role.get_absolute_url()}")
    expect(offer_on(there)).to_be_visible()
    there.get_by_role("button", name="Throw it away").click()
    expect(offer_on(there)).to_be_hidden()
    with there.expect_response(ASKED):
        there.reload()
    expect(offer_on(there)).to_be_hidden()
    other.close()


def test_save_after_the_session_ended_leads_through_sign_in_and_keeps_the_text(page, url, role):
    typed_on(page)
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/accounts/login/**")
    sign_in(page, url)
    expect(page).to_have_url(f"{url}{role.get_absolute_url()}")
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Saved.")
    role.refresh_from_db()
    assert role.does == WORDS


def test_signing_in_again_in_another_tab_lets_save_work(context, page, url, role):
    typed_on(page)
    Session.objects.all().delete()
    page.locator("#id_does").fill(f"{WORDS} More.")
    expect(said(page, "over")).to_be_visible()
    sign_in(context.new_page(), url)
    page.bring_to_front()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Saved.")
    role.refresh_from_db()
    assert role.does == f"{WORDS} More."


def test_nothing_is_sent_or_shown_to_another_account(context, page, url, role):
    typed_on(page)
    factories.a_coordinator(address="coordinator@example.org")
    other = context.new_page()
    other.goto(url)
    other.locator("summary:has(.account-name)").click()
    other.get_by_role("button", name="Sign out").click()
    sign_in(other, url, "coordinator@example.org")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(said(page, "other")).to_be_visible()
    expect(said(page, "other")).to_contain_text("kept on this device until Part Drafter signs in again")
    role.refresh_from_db()
    assert role.does == ""
    theirs = opened(context, f"{url}{role.get_absolute_url()}", until_asked=True)
    expect(theirs.locator("#id_does")).to_have_value("")
    expect(offer_on(theirs)).to_be_hidden()


def test_save_without_a_connection_says_so_and_works_later(context, page, role):
    typed_on(page)
    context.set_offline(True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(said(page, "offline")).to_be_visible()
    context.set_offline(False)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Saved.")
    role.refresh_from_db()
    assert role.does == WORDS


def test_what_autosave_saved_is_not_offered(context, page, url, role):
    page.close()
    page = opened(context, f"{url}{role.get_absolute_url()}", by_hand=False)
    page.locator("#id_does").fill(WORDS)
    expect(page.locator("#saved")).to_contain_text("Saved by")
    page.close(run_before_unload=False)
    again = opened(context, f"{url}{role.get_absolute_url()}", until_asked=True)
    expect(again.locator("#id_does")).to_have_value(WORDS)
    expect(offer_on(again)).to_be_hidden()


@pytest.fixture
def evaluation(url, context):
    network = factories.a_network(slug="ste-2020-21")
    person = factories.a_user(address=ADDRESS).person
    registration = factories.a_registration(network, person)
    factories.an_attendance(registration, network.meetings.get())
    factories.an_evaluation(network, at=datetime.now(tz=UTC))
    sign_in(context.new_page(), url)
    return opened(context, f"{url}/learning/ste-2020-21/evaluation/")


def test_answers_to_an_evaluation_stay_on_the_device_and_go_when_they_are_sent(context, evaluation, url):
    page = evaluation
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".field-error")).to_have_count(4)
    answer_steps(page, words=WORDS)
    wait_until_kept(page)
    page.close()
    again = opened(context, f"{url}/learning/ste-2020-21/evaluation/")
    again.get_by_role("button", name="Put it back").click()
    expect(again.locator("textarea").first).to_have_value(WORDS)
    assert not KeptForm.objects.exists()
    assert not any("kept_form" in session.get_decoded() for session in Session.objects.all())
    expect(again.get_by_text("Step 1 of 6")).to_be_visible()
    answer_steps(again)
    again.get_by_role("button", name="Send my answers").click()
    expect(again.locator("#messages")).to_contain_text("Thank you")
    wait_until_kept(again, number=0)


def test_the_rows_of_a_network_are_put_back(context, url):
    factories.a_coordinator(address="coordinator@example.org")
    sign_in(context.new_page(), url, "coordinator@example.org")
    page = opened(context, f"{url}/staff/networks/new/", by_hand=False)
    page.get_by_label("School year*", exact=True).fill("2020-21")
    page.get_by_label("Paste the dates", exact=True).fill("Held on October 14, 2020; and December 8, 2020.")
    page.get_by_role("button", name="Add these dates").click()
    expect(page.get_by_label("Date*", exact=True)).to_have_count(2)
    page.get_by_label("Summary", exact=True).fill(WORDS)
    page.wait_for_timeout(600)
    page.close()
    again = opened(context, f"{url}/staff/networks/new/", by_hand=False)
    again.get_by_role("button", name="Put it back").click()
    expect(again.get_by_label("Date*", exact=True)).to_have_count(2)
    expect(again.get_by_label("Summary", exact=True)).to_have_value(WORDS)


def register(page: Page, url: str, first_name: str) -> None:
    page.goto(f"{url}/networks/two-2026-27/register/")
    page.locator("#id_first_name").fill(first_name)
    page.locator("#id_last_name").fill("Educator")
    page.locator("#id_address").fill("educator@example.org")
    page.locator("#id_organization").fill("Wareham Public Schools")
    page.locator("#id_job").select_option("coordinator")
    page.get_by_role("button", name="Send me the code").click()
    expect(page.locator("input[name=code]")).to_be_visible()


def code_of(page: Page) -> str:
    hold = Hold.objects.get(uid=page.url.rstrip("/").rsplit("/", 1)[1])
    found = re.search(r"^    (\d{6})$", Mail.objects.get(object=f"hold:{hold.uid}").text, re.MULTILINE)
    assert found
    return found[1]


def test_two_browsers_on_one_address(browser: Browser, url):
    soon = datetime.now(tz=UTC).date() + timedelta(days=30)
    network = factories.a_network(slug="two-2026-27", school_year="2026-27", meetings=0)
    factories.a_meeting(network, on=date(soon.year, soon.month, soon.day))
    owner, other = (browser.new_context().new_page() for _each in range(2))
    register(owner, url, "Ofelia")
    register(other, url, "Otto")
    assert owner.url != other.url
    for page, mine, theirs in ((owner, "Ofelia", "Otto"), (other, "Otto", "Ofelia")):
        code_page = page.url
        page.get_by_role("link", name="Correct what I typed").click()
        expect(page.locator("#id_first_name")).to_have_value(mine)
        expect(page.locator("main")).not_to_contain_text(theirs)
        page.goto(code_page)
    for _try in range(5):
        other.locator("input[name=code]").fill("000000" if code_of(other) != "000000" else "000001")
        other.get_by_role("button", name="Confirm and register").click()
    expect(other.locator("main")).to_contain_text("no longer works")
    owner.locator("input[name=code]").fill(code_of(owner))
    owner.get_by_role("button", name="Confirm and register").click()
    expect(owner.locator("main")).to_contain_text("You're registered")
    assert Registration.objects.get().person.first_name == "Ofelia"
    for page in (owner, other):
        page.context.close()
