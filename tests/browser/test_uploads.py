"""Files that are sent on a bad line: how far they are, on from where it broke, whole in the end."""

import hashlib
import random
import re
import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from meetings.models import Material, MaterialVersion, Upload
from tests import factories
from tests.meetings.gathering import contents

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SIZE = 6_000_000


@pytest.fixture
def meeting():
    factories.a_partnership()
    return factories.a_meeting(factories.a_network(meetings=0))


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "Recording – утро.mp4"
    path.write_bytes(b"\0\0\0\x18ftypisom" + random.Random(7).randbytes(SIZE))
    return path


@pytest.fixture
def staff(meet, meeting):
    person = factories.a_staff_member()
    one = meet(person.primary_address, password=True)
    one.sign_in()
    one.open(f"{meeting.get_absolute_url()}materials/new/")
    return one


def choose(one, *paths):
    one.page.locator("input[type=file]").set_input_files([str(path) for path in paths])


def slow_down(one):
    """Let each part take a while, so that the line can break in the middle."""

    def wait(route):
        time.sleep(0.15)
        route.continue_()

    one.page.route("**/uploads/*/", wait)


def reach(one, percent):
    """Wait until so much is sent."""
    for _look in range(300):
        if one.main.locator("progress").evaluate("bar => bar.value") >= percent:
            return
        one.page.wait_for_timeout(50)
    raise AssertionError("nothing is sent")


def row(one, name):
    return one.main.get_by_role("listitem").filter(has_text=name)


def reads(one, name, words):
    """The row of a file says so, visibly."""
    expect(row(one, name).get_by_text(words)).to_be_visible(timeout=30_000)


def saved(one):
    one.main.get_by_role("button", name="Put on the page").click()
    expect(one.page).to_have_url(re.compile(r"/meetings/[^/]+/$"))


def test_a_file_goes_on_where_the_connection_broke_and_is_whole(staff, film, meeting):
    slow_down(staff)
    choose(staff, film)
    bar = row(staff, film.name).locator("progress")
    reach(staff, 20)
    staff.page.context.set_offline(True)
    reads(staff, film.name, "The connection is lost. The upload continues automatically")
    came = Upload.objects.get().received
    assert 0 < came < film.stat().st_size
    assert int(bar.get_attribute("value")) < 100
    staff.main.get_by_role("button", name="Put on the page").click()  # nobody has to wait for it
    staff.told("We'll save this as soon as all files are here.")
    with staff.page.expect_navigation(url="**/meetings/*/"):
        staff.page.context.set_offline(False)
    staff.reads(film.stem, "Video, 5.7")
    version = MaterialVersion.objects.get()
    sum_of_film = hashlib.sha256(film.read_bytes()).hexdigest()
    assert (version.name, version.sha256) == (film.name, sum_of_film)
    with staff.page.expect_download() as got:
        staff.main.get_by_role("link", name=film.stem, exact=True).click()
    assert hashlib.sha256(got.value.path().read_bytes()).hexdigest() == sum_of_film
    assert got.value.suggested_filename == film.name
    staff.said.clear()  # the browser writes down what was lost


def test_a_file_that_is_chosen_again_on_another_page_is_not_sent_again(staff, film):
    slow_down(staff)
    choose(staff, film)
    reach(staff, 40)
    came = Upload.objects.get().received
    staff.page.on("dialog", lambda leaving: leaving.accept())
    staff.page.reload()
    sent = []
    staff.page.on("request", lambda one: sent.append(one.headers.get("upload-offset")))
    choose(staff, film)
    reads(staff, film.name, "All here")
    assert min(int(offset) for offset in sent if offset) >= came > 0


def test_what_is_too_large_empty_or_lies_is_said_beside_the_others_and_keeps_none_of_them_out(
    staff, tmp_path
):
    files = {
        "large.mp4": None,
        "empty.pdf": b"",
        "lie.png": b"<svg onload='alert(1)'/>",
        "page.html": b"<p>",
        "plan.pdf": contents.PDF,
    }
    for name, content in files.items():
        with (tmp_path / name).open("wb") as file:
            file.truncate(200 * 1024 * 1024) if content is None else file.write(content)
    choose(staff, *(tmp_path / name for name in files))
    said = {
        "large.mp4": "This file is too large: a file can be up to 50 MB.",
        "empty.pdf": "This file is empty.",
        "lie.png": "doesn't match its name",
        "page.html": "is a web page or drawing that can run scripts",
        "plan.pdf": "All here",
    }
    for name, words in said.items():
        reads(staff, name, words)
    saved(staff)
    assert [one.title for one in Material.objects.all()] == ["plan"]
    assert staff.said == []


def test_whoever_is_signed_out_meanwhile_goes_on_after_signing_in(staff, film):
    slow_down(staff)
    choose(staff, film)
    reach(staff, 20)
    Session.objects.all().delete()
    reads(staff, film.name, "You're signed out.")
    again = staff.page.context.new_page()
    again.goto(f"{staff.url}/accounts/login/")
    again.get_by_text("Use a password instead").click()
    again.fill("input[name=login]", staff.address)
    again.fill("input[name=password]", "network-demo")
    again.press("input[name=password]", "Enter")
    again.wait_for_url(lambda url: "/accounts/" not in url)
    row(staff, film.name).get_by_role("button", name="Go on").click()
    reads(staff, film.name, "All here")
    saved(staff)
    assert MaterialVersion.objects.get().size == film.stat().st_size


def test_what_was_pressed_too_early_for_a_bad_file_is_asked_once_more(staff, tmp_path):
    for name, content in (("lie.png", b"<svg/>"), ("plan.pdf", contents.PDF)):
        (tmp_path / name).write_bytes(content)
    slow_down(staff)
    choose(staff, tmp_path / "plan.pdf", tmp_path / "lie.png")
    staff.main.get_by_role("button", name="Put on the page").click()
    staff.told("Not all of these files could be sent.")
    saved(staff)
    assert [one.title for one in Material.objects.all()] == ["plan"]


def test_without_scripts_the_form_sends_the_files(browser, live_server, meeting, film, settings):
    settings.SITE_URL = live_server.url
    context = browser.new_context(java_script_enabled=False)
    page, person = context.new_page(), factories.a_staff_member()
    page.goto(f"{live_server.url}/accounts/login/?next={meeting.get_absolute_url()}materials/new/")
    page.click('summary:has-text("password")')
    page.fill("input[name=login]", person.primary_address)
    page.fill("input[name=password]", "network-demo")
    page.press("input[name=password]", "Enter")
    page.locator("input[type=file]").set_input_files(str(film))
    page.get_by_role("button", name="Put on the page").click()
    expect(page.get_by_role("link", name=film.stem, exact=True)).to_be_visible()
    assert MaterialVersion.objects.get().sha256 == hashlib.sha256(film.read_bytes()).hexdigest()
    context.close()
