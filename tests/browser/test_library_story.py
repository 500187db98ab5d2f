"""What a meeting shared goes into the library, is found by its standard, and is tried in another district."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Portal, served
from tests.browser.test_group_story import DESK, PHONE, page_of

pytestmark = pytest.mark.browser
MEETING = """
from meetings.models import Material
print(Material.objects.filter(title="Planning sheet").latest("pk").meeting.get_absolute_url())
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Iterator[Portal]:
    with served(tmp_path_factory.mktemp("library"), demo) as one:
        yield one


def test_a_material_is_shared_found_by_its_standard_and_tried(browser: Browser, own: Portal):
    staff, educator = page_of(browser, own, "staff", DESK), page_of(browser, own, "educator", PHONE)

    staff.goto(own.url + own.manage("shell", "-v0", "-c", MEETING).strip())
    staff.get_by_role("button", name="Put “Planning sheet” into the library").click()
    staff.get_by_label("In one or two sentences").fill("One page to plan a unit together.")
    staff.get_by_label("Standards").fill("HS-PS3-2, PS3-3")
    staff.get_by_role("button", name="Share it").click()
    expect(staff.locator("main")).to_contain_text("“PS3-3” could be 4-PS3-3, 7.MS-PS3-3, HS-PS3-3.")
    staff.get_by_label("Standards").fill("HS-PS3-2")
    staff.get_by_role("button", name="Share it").click()
    expect(staff.locator("body")).to_contain_text("“Planning sheet” is in the library now.")

    educator.goto(f"{own.url}/library/")
    educator.get_by_label("Topic or standard").fill("hs-ps3-2")
    educator.get_by_role("button", name="Search").click()
    educator.get_by_role("link", name="Planning sheet").click()
    educator.get_by_role("link", name="I tried it").click()
    educator.get_by_label("What happened").fill("Two teams planned a unit in forty minutes.")
    educator.get_by_role("button", name="Share it").click()
    expect(educator.locator("#tried + ul")).to_contain_text("Two teams planned a unit in forty minutes.")

    staff.goto(f"{own.url}/library/?standard=HS-PS3-2")
    expect(staff.locator("article").first).to_contain_text("Tried at")
