"""An evaluation of a network's own in a browser: built, answered on a phone, closed, beside last year's."""

import io

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from partners.models import COORDINATOR
from partners.people.domain.appointing import appoint
from registrations.evaluation.domain import evaluating, questionnaires
from tests import factories
from tests.browser.test_accessibility import faults
from tests.browser.test_story import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
COORDINATING, PHONE = "coordinator@example.org", "educator@example.org"
SHORT = {"9": 2, "15": 2, "16": 5}


@pytest.fixture
def url(live_server, settings) -> str:
    settings.SITE_URL = live_server.url
    factories.a_partnership()
    return str(live_server.url)


@pytest.fixture
def network(url):
    """This year's network, which continues one whose evaluation five people answered."""
    now = timezone.now()
    before = factories.a_network(meetings=1, school_year="2019-20", slug="labs-2019-20", title="Labs")
    questionnaires.begin(before, "end", "short", by=factories.SWEEP, at=now)
    everyone_answers(before, 5, SHORT)
    close(before)
    network = factories.a_network(
        meetings=1, school_year="2020-21", slug="labs-2020-21", title="Labs", cloned_from=before
    )
    person = factories.a_user(address=COORDINATING).person
    appoint(person, group=COORDINATOR)
    return network


def came(network, person=None):
    registration = factories.a_registration(network, person)
    factories.an_attendance(registration, network.meetings.get())
    return registration


def everyone_answers(network, number, answers):
    people = [came(network) for _number in range(number)]
    factories.an_evaluation(network, at=timezone.now())
    for registration in people:
        evaluating.answer_evaluation(registration=registration, answers=answers, at=timezone.now())


def close(network):
    now = timezone.now()
    evaluating.close(evaluation=network.evaluation, by=factories.SWEEP, at=now)
    evaluating.close_and_publish(evaluation=network.evaluation, by=factories.SWEEP, at=now)


def add(page: Page, text: str, kind: str, **fields: str) -> None:
    """Add a question as a coordinator does."""
    page.get_by_role("link", name="Add a question").click()
    expect(page.locator("#id_rows")).to_be_hidden()  # a scale has no statements and no choices
    page.fill("#id_text", text)
    page.select_option("#id_kind", kind)
    for name, value in fields.items():
        page.fill(f"#id_{name}", value)


def save(page: Page) -> None:
    page.get_by_role("button", name="Add the question").click()
    expect(page.locator("#messages")).to_contain_text("The question is added.")


def build(page: Page, url: str, slug: str) -> None:
    """Keep last year's questions and add one of each kind that they lack."""
    page.goto(f"{url}/staff/networks/{slug}/evaluation/end/questions/")
    expect(page.locator("main")).to_contain_text("These are last year's questions.")
    add(page, "How far do you agree?", "matrix", rows="The room\nThe food", section="The place")
    page.check("#id_required")
    save(page)
    add(page, "What helped?", "many", choices="Files\nPeers", section="The place")
    save(page)
    add(page, "Which files?", "words", section="More")
    page.get_by_text("Ask only after this answer").click()
    page.get_by_label("Files", exact=True).check()
    save(page)
    expect(page.locator("main")).to_contain_text("Only if you chose “Files” for “What helped?”")
    page.get_by_role("link", name="See it as on a phone").click()
    expect(page.locator("[data-steps-words]")).to_contain_text("Step 1 of")
    assert faults(page) == []


def choose_first(page: Page) -> None:
    """Choose the first answer everywhere on this step, which does not scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for group in page.locator("fieldset.scale:has(input[type=radio]):visible").all():
        group.locator("input[type=radio]").first.check()


def answer(page: Page) -> None:
    """Answer step by step on a phone; the last step is there only because of an answer before."""
    ahead = page.get_by_role("button", name="Next")
    while ahead.is_visible():
        choose_first(page)
        ahead.click()
    choose_first(page)
    expect(page.get_by_label("Which files?")).to_be_hidden()
    page.get_by_label("Files", exact=True).check()
    ahead.click()
    page.get_by_label("Which files?").fill("The planning sheet")
    assert faults(page) == []
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator("main")).to_contain_text("Done, thank you")


def test_built_answered_on_a_phone_closed_and_compared(url, network, browser: Browser):
    staff = browser.new_page()
    sign_in(staff, url, COORDINATING)
    build(staff, url, network.slug)
    everyone_answers(network, 5, {**SHORT, "9": 5, "15": 4})
    came(network, factories.a_user(address=PHONE).person)

    phone = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True).new_page()
    sign_in(phone, url, PHONE)
    phone.goto(f"{url}/learning/{network.slug}/evaluation/")
    answer(phone)

    staff.goto(f"{url}/staff/networks/{network.slug}/evaluation/")
    staff.get_by_text("Close it now").click()
    staff.get_by_role("button", name="Close it for good").click()
    expect(staff.locator("main")).to_contain_text("Closed with 6 answers")
    staff.get_by_role("button", name="Publish the results to staff").click()
    staff.get_by_role("link", name="See the results").click()
    main = staff.locator("main")
    expect(main).to_contain_text("The narrow bars are 2019-20, with 5 answers.")
    expect(main).to_contain_text("Average 4.2, 6 answers")
    expect(main).to_contain_text("2019-20: average 2.0, 5 answers")
    expect(main.locator("#over-time")).to_be_visible()
    expect(main).not_to_contain_text("The planning sheet")
    assert main.locator("svg.bar rect.bar-before").count() > 10
    assert faults(staff) == []
    first, *_more = PdfReader(io.BytesIO(staff.pdf(format="Letter", prefer_css_page_size=True))).pages
    assert "Average" in first.extract_text()  # nothing keeps the first question from the page of the heading
    staff.set_viewport_size({"width": 360, "height": 740})
    assert staff.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(staff) == []
    staff.goto(f"{url}/staff/evaluations/")
    expect(staff.locator("main")).to_contain_text("6 answers")
    for width in (360, 1280):
        staff.set_viewport_size({"width": width, "height": 740})
        assert staff.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert faults(staff) == []
