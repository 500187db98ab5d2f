"""The code for the room on a screen and on a phone: the connection is cut and comes back, nothing is lost."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from meetings.planning.domain import planning
from registrations.attendance.domain import room_codes
from registrations.models import Evidence
from stemnet.models import Mail
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def meeting(live_server, settings):
    """A meeting that began ten minutes ago, wherever the day stands."""
    settings.SITE_URL = live_server.url
    factories.a_partnership()
    zone = next(
        one for one in ("America/New_York", "Asia/Tokyo") if 2 < datetime.now(ZoneInfo(one)).hour < 20
    )
    network = factories.a_network(meetings=0, zone=zone)
    meeting = factories.a_meeting(network, title="Equity-based assessment")
    began = datetime.now(ZoneInfo(zone)).replace(second=0, microsecond=0) - timedelta(minutes=10)
    ends = began + timedelta(hours=3)
    planning.set_time(meeting, on=began.date(), start_time=began.time(), end_time=ends.time(), zone=zone)
    meeting.save()
    return meeting


def sign_in(page: Page, person) -> None:
    page.get_by_text("Use a password instead").click()
    page.fill("input[name=login]", person.primary_address)
    page.fill("input[name=password]", "network-demo")
    page.press("input[name=password]", "Enter")


def asked_until(page: Page, is_so) -> None:
    """Let the screen ask again for a while: an answer comes in its own time."""
    for _ in range(20):
        page.clock.run_for(11_000)
        page.wait_for_timeout(250)
        if is_so():
            return
    pytest.fail("The screen never showed it.")


def code_of(meeting, later: timedelta = timedelta(0)) -> str:
    return room_codes.codes_ahead(meeting, at=timezone.now() + later)[0].words


def test_the_code_goes_through_signing_in_by_mail_and_what_is_pressed_survives_a_cut_line(
    context: BrowserContext, live_server, meeting
):
    person = factories.a_user().person
    factories.a_registration(meeting.network, person)
    page = context.new_page()
    page.goto(f"{live_server.url}/in/")
    page.get_by_label("Code on the wall").fill("zzz zz")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading")).to_have_text("No room shows this code")
    page.get_by_label("Code on the wall").fill(code_of(meeting).lower())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="Sign in and check in").click()
    page.get_by_label("E-mail address").fill(person.primary_address)
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url("**/confirm/**")
    page.locator("input[name=code]").fill(re.search(r"^    (\d{6})$", Mail.objects.get().text, re.M)[1])
    page.locator("input[name=code]").press("Enter")
    expect(page.get_by_role("heading", name="Equity-based assessment")).to_be_visible()
    context.set_offline(True)
    page.get_by_role("button", name="I am here").click()
    expect(page.get_by_role("heading", name="Kept on this phone")).to_be_visible()
    assert not Evidence.objects.exists()
    context.set_offline(False)
    expect(page.get_by_text("You've been here since")).to_be_visible()
    assert Evidence.objects.get().registration.person == person
    page.get_by_role("link", name="I have to leave early").click()
    page.get_by_role("button", name="I leave now").click()
    expect(page.get_by_text("We've saved that you left")).to_be_visible()


def test_the_screen_goes_on_without_a_connection_and_after_it(context: BrowserContext, live_server, meeting):
    staff = factories.a_staff_member()
    page = context.new_page()
    page.clock.install(time=datetime.now())
    screen = reverse("staff_room_code", args=[meeting.uid])
    page.goto(f"{live_server.url}{reverse('account_login')}?next={screen}")
    sign_in(page, staff)
    page.wait_for_url(f"**{screen}")
    expect(page.locator("#wall-words")).to_contain_text("A new code in")
    context.set_offline(True)
    page.clock.run_for(45_000)
    code = page.locator("#wall-code")
    ahead = {code_of(meeting, timedelta(seconds=second)) for second in (15, 30, 45, 60)}
    assert code.inner_text() in ahead
    expect(page.locator("#wall-offline")).to_be_visible()
    page.clock.run_for(11 * 60_000)
    expect(page.get_by_text("Tell the desk at the door that you're here.")).to_be_visible()
    context.set_offline(False)
    asked_until(page, lambda: code.is_visible() and page.locator("#wall-offline").is_hidden())
    shown = code.inner_text()
    room_codes.renew(meeting, at=timezone.now())
    asked_until(page, lambda: code.inner_text() != shown)
