"""The kiosk without a connection: a camera reads codes, the tablet is switched off, each counts once."""

import uuid
from contextlib import contextmanager
from datetime import time, timedelta
from time import monotonic, sleep

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from partners.models import local_day
from registrations.attendance.domain import kiosks
from registrations.models import DoorScan, Evidence
from registrations.seats.domain.door_codes import door_address
from tests import factories
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.kiosk_parts import Line, film_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
TABLET = {"width": 768, "height": 1024}
WITHIN = 15_000  # milliseconds
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def line(live_server, settings):
    line = Line(live_server.thread.port)
    settings.SITE_URL = line.url
    yield line
    line.close()


@pytest.fixture
def meeting(line):
    factories.a_partnership()
    network = factories.a_network(meetings=0)
    today = local_day(timezone.now(), network.zone)
    return factories.a_meeting(network, on=today, start_time=time(0, 0), end_time=time(23, 59))


@pytest.fixture
def people(meeting):
    names = [("Ana", "Reis"), ("Ben", "Silva"), ("Cora", "Vieira")]
    return [
        factories.a_registration(meeting.network, factories.a_person(first_name=first, last_name=last))
        for first, last in names
    ]


@contextmanager
def tablet(browser, folder, shown):
    """A tablet with a code of ``shown`` held up to its camera; what is in ``folder`` stays on it."""
    film = film_of(shown, folder.with_suffix(".y4m"))
    context = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=CHROMIUM,
        args=[*FLAGS, *CAMERA, f"--use-file-for-fake-video-capture={film}"],
        viewport=TABLET,
    )
    context.set_default_timeout(15_000)
    try:
        yield context.pages[0]
    finally:
        context.close()


def said(page, *words):
    for one in words:
        expect(page.locator("#kiosk-say")).to_contain_text(one, timeout=WITHIN)


def unsent(page, words):
    expect(page.locator('[data-say="unsent"]')).to_contain_text(words, timeout=WITHIN)


def try_now(page):
    """Press it, also where what waited went out a moment before."""
    page.locator('[data-say="unsent"] [data-try]').dispatch_event("click")


def heard(number):
    """Wait until the portal has so many scans."""
    until = monotonic() + 10
    while DoorScan.objects.count() < number and monotonic() < until:
        sleep(0.1)
    assert DoorScan.objects.count() == number


def find(page, letters, name):
    page.keyboard.press("Escape")
    page.fill("#kiosk-find", letters)
    page.click(f"#kiosk-found button:has-text('{name}')")


def open_kiosk(line, meeting):
    at = timezone.now() - timedelta(minutes=5)
    token = kiosks.open_kiosk(meeting=meeting, uid=uuid.uuid4(), by=factories.a_staff_member(), at=at)
    return f"{line.url}/kiosk/{token}/"


def test_a_day_without_a_connection_is_sent_once(browser, line, meeting, people, tmp_path):
    ana, _ben, cora = people
    address = open_kiosk(line, meeting)
    with tablet(browser, tmp_path / "tablet", door_address(ana)) as page:
        page.goto(address)
        expect(page.locator(".kiosk-settled")).to_be_visible(timeout=WITHIN)
        line.cut()
        page.click("text=Start the camera")
        said(page, "Welcome", "Ana Reis")
        unsent(page, "1 not sent yet")
        find(page, "be", "Ben Silva")
        page.click("text=Yes, check me in")
        said(page, "Welcome", "Ben Silva")
        unsent(page, "No connection. 2 not sent yet")
    with tablet(browser, tmp_path / "tablet", door_address(cora)) as page:
        page.goto(address)
        unsent(page, "2 not sent yet")
        page.click("text=Start the camera")
        said(page, "Welcome", "Cora Vieira")
        find(page, "rei", "Ana Reis")
        said(page, "Are you leaving now?")
        page.click("text=I'm leaving now")
        said(page, "Goodbye", "Ana Reis")
        unsent(page, "4 not sent yet")
        assert DoorScan.objects.count() == 0
        page.keyboard.press("Escape")
        line.mend(loses_answers=True)
        try_now(page)
        heard(4)
        unsent(page, "No connection. 4 not sent yet")
        line.mend()
        try_now(page)
        expect(page.locator('[data-say="unsent"]')).to_be_hidden(timeout=WITHIN)
        page.reload()
        expect(page.locator("#kiosk-find")).to_be_visible()
    assert (DoorScan.objects.count(), DoorScan.objects.filter(refusal="").count()) == (4, 4)
    of_ana = DoorScan.objects.filter(registration=ana).values_list("at", flat=True)
    minutes = {moment.replace(second=0, microsecond=0) for moment in of_ana}
    assert Evidence.objects.standing().count() == 1 + len(minutes)  # within one minute she was not there


def test_a_badge_from_elsewhere_is_answered(browser, line, meeting, tmp_path):
    """jsQR 1.4.0 reads no text in a code that isn't UTF-8, and segno 1.6.6 writes this name in Shift JIS.

    findings/name_on_a_badge_in_shift_jis.sh shows it.
    """
    with tablet(browser, tmp_path / "tablet", "Ana O\u2019Brien") as page:
        page.goto(open_kiosk(line, meeting))
        page.click("text=Start the camera")
        said(page, "This is not a code for the door.")
