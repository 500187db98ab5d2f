"""Three questions are built, answered on a phone while registering, changed, and counted for a caterer."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from partners.models import COORDINATOR
from partners.people.domain.appointing import appoint
from registrations.management.demo import people
from registrations.models import Answer
from tests.browser.mailbox import newest_to, type_code
from tests.browser.someone import Someone, at
from tests.factories import NOW, a_meeting, a_network, a_partnership, an_organization

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
LUNCH, DIET = "Will you stay for lunch?", "Do you have any food allergies or dietary needs?"
COMES = "phone@example.org"


@pytest.fixture
def network(transactional_db):
    a_partnership(postal_address="285 Old Westport Road, Dartmouth, MA 02747")
    host = an_organization(name="Sea Lab")
    coordinator = people.role_account("coordinator", "Network coordinator", host, at=NOW)
    appoint(coordinator, group=COORDINATOR)
    network = a_network(title="Harbor Network", slug="harbor-2020-21", meetings=0)
    a_meeting(network, on=date(2020, 10, 14), modality="in_person", venue="Sea Lab")
    return network


def build(coordinator: Someone, slug: str) -> None:
    """Add lunch, diet after lunch, and a line of text; then move the last one up without a script."""
    page = coordinator.page
    coordinator.sign_in()
    coordinator.open(f"/staff/networks/{slug}/questions/")
    coordinator.press("Add a question")
    coordinator.fill(label=LUNCH, options="Yes\nNo")
    page.get_by_label("What's the answer?").select_option(label="One choice of several")
    page.get_by_label("Required", exact=True).check()
    page.get_by_label("The caterer: totals for one meeting, without names").check()
    coordinator.press("Add the question")
    coordinator.press("Ask about diet")
    page.get_by_text("Ask only after this answer").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Network coordinator").check()
    coordinator.press("Add the question")
    coordinator.press("Add a question")
    coordinator.fill(label="Which bus do you take?")
    coordinator.press("Add the question")
    coordinator.press("Move up", within=page.get_by_role("article", name="Which bus do you take?"))
    coordinator.press("See them as people do")
    coordinator.reads(LUNCH, "Which bus do you take?")


def register(phone: Someone, slug: str) -> None:
    """Register on a phone: diet is asked only once lunch is chosen."""
    page = phone.page
    phone.open(f"/networks/{slug}/register/")
    phone.fill(first_name="Ana", last_name="Reis", address=COMES, organization="Sea Lab")
    page.locator("[name=job]").select_option("coordinator")
    diet = page.get_by_label("Vegan", exact=True)
    expect(diet).to_be_hidden()
    page.get_by_label("Yes", exact=True).check()
    expect(diet).to_be_visible()
    diet.check()
    phone.reads("Who reads your answer: Network coordinator", "We delete it the day after the last meeting.")
    phone.press("Send me the code")
    type_code(page, newest_to(COMES).body)
    phone.reads("You're registered")


def change(phone: Someone, slug: str) -> None:
    """Halal instead of vegan, on one's own page."""
    page = phone.page
    phone.open(f"/learning/{slug}/")
    phone.press("Your answers")
    page.get_by_label("Vegan", exact=True).uncheck()
    page.get_by_label("Halal", exact=True).check()
    phone.press("Save")
    phone.told("Your answers are saved.")


def count(coordinator: Someone, caterer: Someone, slug: str) -> None:
    """The caterer opens the link that the coordinator made."""
    coordinator.open(f"/staff/networks/{slug}/answers/")
    coordinator.fill(name="Harbor Kitchen")
    coordinator.press("Make a link")
    link = coordinator.page.get_by_label("Link", exact=True).input_value()
    caterer.open(link)
    caterer.reads("1 person is expected in the room.", LUNCH, DIET)
    row = caterer.page.get_by_role("row", name=re.compile("Halal"))
    expect(row).to_contain_text("1")
    expect(caterer.main).not_to_contain_text("Reis")
    with caterer.page.expect_download() as download:
        caterer.page.get_by_role("link", name="Download for Excel").click()
    assert download.value.suggested_filename == "totals-2020-10-14.xlsx"


def test_from_three_questions_to_the_caterers_totals(meet, network):
    coordinator = meet("coordinator@example.org", password=True)
    phone, caterer = meet(COMES, phone=True), meet("kitchen@example.org", phone=True)
    with at(2020, 9, 8, 15):
        build(coordinator, network.slug)
        register(phone, network.slug)
        change(phone, network.slug)
        count(coordinator, caterer, network.slug)
    assert Answer.objects.get(question__about="diet").value == ["Halal"]
