"""Ticks on a bad line: kept on the device, sent once, in order, by whoever pressed them; nothing is lost."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect

from registrations.attendance.domain import attendance
from registrations.models import DeskAct, Evidence, Seen
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PHONE = {"width": 360, "height": 740}
MOST_PIXELS, SMALLEST_TICK = 2600, 44


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport=PHONE)
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def meeting(live_server, settings):
    settings.SITE_URL = live_server.url
    factories.a_partnership()
    network = factories.a_network(meetings=0)
    return factories.a_meeting(network, on=timezone.now().date() - timedelta(days=1))


@pytest.fixture
def people(meeting):
    names = [f"Abe{chr(65 + number // 10)}{number % 10}" for number in range(40)]
    return [
        factories.a_registration(meeting.network, factories.a_person(first_name="Kim", last_name=name))
        for name in names
    ]


def sign_in(page: Page, person) -> None:
    page.get_by_text("Use a password instead").click()
    page.fill("input[name=login]", person.primary_address)
    page.fill("input[name=password]", "network-demo")
    page.press("input[name=password]", "Enter")


def open_desk(context: BrowserContext, live_server, meeting, person) -> Page:
    page = context.new_page()
    desk = reverse("staff_meeting", args=[meeting.uid])
    page.goto(f"{live_server.url}{reverse('account_login')}?next={desk}")
    sign_in(page, person)
    page.wait_for_url(f"**{desk}")
    return page


def tick(page: Page, *people) -> None:
    for one in people:
        page.click(f"#tick-{one.uid}")


def bar(page: Page):
    return page.locator("[data-desk-queue]")


def here(page: Page, number: int) -> None:
    expect(page.locator("#desk-progress strong")).to_have_text(re.compile(rf"^{number} of 40 here"))


def lose_the_answer(route: Route) -> None:
    """The server hears what is sent, and the device hears nothing."""
    route.fetch()
    route.abort()


def test_forty_ticks_survive_a_lost_line_an_ended_session_and_another_device(
    context, live_server, meeting, people
):
    staff, other = factories.a_staff_member(), factories.a_staff_member()
    page = open_desk(context, live_server, meeting, staff)
    assert page.evaluate("document.documentElement.scrollHeight") <= MOST_PIXELS
    box = page.locator("#roster .desk-tick").first.bounding_box()
    assert min(box["width"], box["height"]) >= SMALLEST_TICK
    tick(page, *people[:10])
    here(page, 10)
    page.route("**/queue/", lose_the_answer)
    tick(page, people[10])
    expect(bar(page)).to_contain_text("No connection, 1 not sent yet")
    assert Evidence.objects.count() == 11
    page.unroute("**/queue/")
    context.set_offline(True)
    tick(page, *people[11:25])
    expect(bar(page)).to_contain_text("No connection, 15 not sent yet")
    expect(page.locator(f"#row-{people[24].uid}")).to_contain_text("here, not sent yet")
    here(page, 10)
    page.fill("#q", "kim abec9")
    expect(page.locator("#roster [data-row]:visible")).to_have_count(1)
    page.fill("#q", "")
    attendance.mark_attendance(
        registration=people[24], meeting=meeting, seen=Seen.ABSENT, by=other, at=timezone.now()
    )
    Session.objects.all().delete()
    context.set_offline(False)
    expect(bar(page)).to_contain_text("You're signed out. 15 marks are waiting on this device.")
    tick(page, *people[25:])
    page.get_by_role("link", name="Sign in again to send 30 marks").click()
    sign_in(page, staff)
    here(page, 39)
    expect(bar(page)).to_contain_text("1 needs your answer")
    assert DeskAct.objects.count() == 39
    page.get_by_role("link", name="Show").click()
    row = page.locator(f"#row-{people[24].uid}")
    expect(row).to_contain_text(f"{other} marked this person")
    row.get_by_label("Reason for the change").fill("came in late")
    row.get_by_role("button", name="Change to here").click()
    here(page, 40)
    expect(bar(page).locator(".desk-unsent")).to_be_hidden()
    assert (Evidence.objects.standing().count(), Evidence.objects.count()) == (40, 41)
    assert DeskAct.objects.count() == 40


def test_marks_of_one_account_wait_for_it_and_are_not_shown_to_another(context, live_server, meeting, people):
    staff, other = factories.a_staff_member(), factories.a_staff_member()
    page = open_desk(context, live_server, meeting, staff)
    page.route("**/queue/", lambda route: route.abort())
    tick(page, people[0])
    expect(bar(page)).to_contain_text("1 not sent yet")
    context.clear_cookies()
    page.close()
    page = open_desk(context, live_server, meeting, other)
    expect(bar(page)).to_contain_text("Another account has 1 mark waiting on this device")
    expect(page.locator(f"#row-{people[0].uid}")).not_to_contain_text("not sent yet")
    assert not Evidence.objects.exists()


def test_undo_times_and_a_walk_in_wait_in_the_queue_too(context, live_server, meeting, people):
    page = open_desk(context, live_server, meeting, factories.a_staff_member())
    page.route("**/queue/", lambda route: route.abort())
    tick(page, people[0])
    page.locator("#desk-snack").get_by_role("button", name="Undo").click(delay=600)
    row = page.locator(f"#row-{people[1].uid}")
    row.locator(".desk-more").click()
    row.get_by_label("Left").fill("10:45")
    row.get_by_role("button", name="Here, with these times").click()
    page.get_by_role("link", name="Walk-in").click()
    for name, words in {"First name": "Ana", "Last name": "Abe", "E-mail": "ana@example.org"}.items():
        page.get_by_label(name).fill(words)
    page.get_by_label("Organization").fill("Somewhere")
    page.get_by_role("button", name="Add and mark as here").click()
    expect(page.locator("#desk-waiting")).to_contain_text("Ana Abe")
    expect(bar(page)).to_contain_text("4 not sent yet")
    page.unroute("**/queue/")
    page.get_by_role("button", name="Try now").click()
    expect(row).to_contain_text("left at 10:45 a.m.; counts 1.75 of 3 hours")
    expect(page.locator("#desk-rows > li").first).to_contain_text("Ana Abe")
    assert [one.seen for one in Evidence.objects.standing()] == ["present", "present"]


def test_try_now_while_a_sending_that_fails_runs_sends_once_more_as_soon_as_it_failed(
    context, live_server, meeting, people
):
    page = open_desk(context, live_server, meeting, factories.a_staff_member())
    held: list[Route] = []
    page.route("**/queue/", lambda route: route.continue_() if held else held.append(route))
    page.clock.install()
    page.clock.pause_at(timezone.now() + timedelta(minutes=1))
    tick(page, people[0])
    page.clock.run_for(3_000)
    page.get_by_role("button", name="Try now").click()
    held[0].abort()
    here(page, 1)  # the clock stands, so that nothing is sent again by itself
