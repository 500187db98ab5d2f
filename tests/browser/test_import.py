"""A coordinator imports people from a file: columns, a decision by hand, the outcome; axe at every step."""

import pytest

from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser
PEOPLE = """First name,Last name,E-mail,District,Notes
Science lead,Wareham WIDTH,science-lead-WIDTH@example.org,Wareham Public Schools,x
Principal,Nowhere WIDTH,principal-WIDTH@example.org,Nowhere School,
Coach,Acushnet,no address,Acushnet Public Schools,
"""


@pytest.mark.parametrize("width", [1280, 320])
def test_people_come_from_a_file(portal, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    sign_in(context, portal, "coordinator")
    page = context.new_page()
    page.goto(f"{portal.url}/staff/partners/import/")
    assert faults(page) == []
    bring(page, PEOPLE.replace("WIDTH", str(width)))
    assert page.get_by_label("District", exact=True).input_value() == "organization"
    page.get_by_label("Notes", exact=True).select_option("first_name")
    page.get_by_role("button", name="Check the rows").click()
    assert page.locator(".field-error", has_text="You also chose “First name” for the column").is_visible()
    assert faults(page) == []
    page.get_by_label("Notes", exact=True).select_option("")
    page.get_by_role("button", name="Check the rows").click()
    assert page.get_by_role("heading", name="2 rows need fixing").is_visible()
    assert faults(page) == []
    page.get_by_label("“Nowhere School” isn't on our list.").select_option("words")
    page.get_by_role("button", name="Save these decisions").click()
    page.get_by_label("Import the 2 that are ready and leave out 1").check()
    page.get_by_role("button", name="Import 2 rows").click()
    assert page.get_by_text("The rows were imported.").is_visible()
    assert faults(page) == []
    if width == 320:
        page.get_by_role("link", name="Import another file").click()
        assert faults_while_a_job_looks(page) == []
    context.close()


def bring(page, people):
    page.get_by_label("People", exact=True).check()
    page.locator("input[type=file]").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": people.encode()}
    )
    page.get_by_role("button", name="Match its columns").click()


def faults_while_a_job_looks(page):
    """What axe finds while the look at a long file waits for a worker, which this portal does not have."""
    rows = "".join(f"Coach,Number {number},coach-{number}@example.org\n" for number in range(201))
    bring(page, f"First name,Last name,E-mail\n{rows}")
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("progressbar").wait_for()
    return faults(page)
