"""From locking to the last signature in a browser, with axe on every page and state on the way."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from partners.memorandum.domain import mou_texts, signing
from partners.models import Signature, local_day
from tests import factories
from tests.browser.test_accessibility import faults
from tests.browser.test_story import sign_in
from tests.partners.conftest import files as files
from tests.partners.signing_rows import a_next_text, an_accepted_part, boss, code_for, link_of, locked, signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SALEM = "Salem-Keizer"


@pytest.fixture
def mou(files):
    factories.a_partnership(name="South Metro-Salem STEM Partnership", zone="America/Los_Angeles")
    coordinator = factories.a_coordinator(address="coordinator@example.org")
    made = factories.a_mou(title="Memorandum 2012", by=coordinator, effective_on=date(2012, 12, 14))
    mou_texts.circulate(made.texts.get(), note="", at=factories.NOW)
    for name in (SALEM, "Canby"):
        organization = factories.an_organization(name=name, slug=name.lower(), stage="interested")
        an_accepted_part(made, organization=organization, signatory_name=f"Chief of {name}")
    factories.a_part(made, organization=factories.an_organization(name="Xerox", slug="xerox"))
    return made


@pytest.fixture
def page(browser):
    context = browser.new_context(timezone_id="America/Denver", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def asked(name: str) -> Signature:
    return Signature.objects.asked().get(organization_name=name)


def code(signature: Signature) -> str:
    return code_for(signature, fresh=False)


def looked_at(page: Page, what: str) -> None:
    assert faults(page) == [], what


def test_from_locking_to_the_last_signature(live_server, page, mou, tmp_path):
    url = live_server.url
    sign_in(page, url, "coordinator@example.org")
    page.goto(url + reverse("mou_lock", args=[mou.slug]))
    expect(page.locator("main")).to_contain_text("Xerox")
    looked_at(page, "lock")
    page.get_by_role("button", name="Lock and ask the signatories").click()
    expect(page.get_by_role("heading", name="Signatures")).to_be_visible()
    looked_at(page, "signatures")

    page.goto(url + reverse("sign", args=[link_of(asked(SALEM))]))
    looked_at(page, "sign")
    page.get_by_label("I agree to sign electronically").check()
    page.get_by_role("button", name="Send me the code", exact=True).click()
    expect(page.get_by_label("Code").first).to_be_visible()
    page.get_by_label("Code").first.fill("000000")
    page.get_by_label("Your full name").fill(f"Chief of {SALEM}")
    page.get_by_label(signing.statement_words(asked(SALEM))).check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not the code")
    looked_at(page, "sign, refused")
    page.get_by_label("Code").first.fill(code(asked(SALEM)))
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("heading", name=f"Signed for {SALEM}")).to_be_visible()
    expect(page.locator("main")).to_contain_text("America/Denver")
    looked_at(page, "signed")

    canby = asked("Canby")
    page.goto(url + reverse("mou_paper", args=[mou.slug, canby.uid]))
    looked_at(page, "paper")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.7\n%by hand")
    page.get_by_label("Date on the paper").fill(local_day(timezone.now()).isoformat())
    page.get_by_label("Place").fill("Wilsonville")
    page.get_by_label("Scan").set_input_files(scan)
    page.get_by_label("I compared the number and the hash").check()
    page.get_by_role("button", name="Record the signature").click()
    expect(page.locator("main")).to_contain_text("Wilsonville")
    looked_at(page, "evidence")
    page.goto(url + reverse("mou_document", args=[mou.slug, 1]))
    looked_at(page, "document")
    assert Signature.objects.signed().count() == 2


def test_what_else_can_happen_behind_a_link(live_server, page, mou):
    url = live_server.url
    locked(mou, at=timezone.now())
    link = url + reverse("sign", args=[link_of(asked(SALEM))])
    page.goto(link)
    page.get_by_text("I decline", exact=True).click()
    page.get_by_label("Why are you declining?").fill("Our board meets in January")
    page.get_by_role("button", name="Send me a code to decline").click()
    looked_at(page, "code to decline")
    page.locator("#decline").get_by_label("Code").fill(code(asked(SALEM)))
    page.get_by_role("button", name="Decline", exact=True).click()
    expect(page.get_by_role("heading", name=f"Declined for {SALEM}")).to_be_visible()
    looked_at(page, "declined")

    canby = asked("Canby")
    link = url + reverse("sign", args=[link_of(canby)])
    page.goto(link)
    page.get_by_text("Somebody else will sign for us").click()
    looked_at(page, "somebody else")
    page.get_by_label("I agree to sign electronically").check()
    page.get_by_role("button", name="Send me the code", exact=True).click()
    a_next_text(mou, body="Every child learns to build.", at=timezone.now())
    locked(mou, at=timezone.now(), weight="material")
    page.get_by_label("Code").first.fill(code(canby))
    page.get_by_label("Your full name").fill("Chief of Canby")
    page.get_by_label(re.compile("I am authorized to sign this memorandum")).check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("signed anything")
    expect(page.locator("main")).to_contain_text("Every child learns to build")
    looked_at(page, "changed")
    page.goto(url + reverse("sign", args=["nowhere"]))
    looked_at(page, "void")


def test_a_small_change_to_what_was_signed(live_server, page, mou):
    now = timezone.now()
    locked(mou, at=now)
    signed(asked(SALEM), at=now)
    a_next_text(mou, body="Every child learns to build.", at=now)
    locked(mou, at=now, weight="editorial")
    signature = Signature.objects.signed().get()
    page.goto(live_server.url + reverse("sign", args=[link_of(signature, begins="sign_changed")]))
    expect(page.get_by_role("heading", name="A small change to what you signed")).to_be_visible()
    looked_at(page, "object")
    page.get_by_label("What do you object to?").fill("It is not small")
    page.get_by_role("button", name="Send me a code to object").click()
    looked_at(page, "code to object")
    sign_in(page, live_server.url, boss(mou).primary_address)
    page.goto(live_server.url + reverse("mou_document_changes", args=[mou.slug, 2]))
    expect(page.locator("main")).to_contain_text("Every child learns to build")
    looked_at(page, "document changes")


def test_the_other_pages(live_server, page, mou):
    now = timezone.now()
    locked(mou, at=now)
    sign_in(page, live_server.url, boss(mou).primary_address)
    signature = asked(SALEM)
    places = {
        "mou_signatory": [mou.slug, signature.uid],
        "mou_term": [mou.slug],
        "mou_withdraw": [mou.slug, signature.part.role.organization.slug],
        "mou_renewal": [mou.slug, signature.part.role.organization.slug],
        "check_mou": [],
    }
    for name, arguments in places.items():
        page.goto(live_server.url + reverse(name, args=arguments))
        looked_at(page, name)
    page.get_by_label("Or type the number or the hash").fill(signature.document_sha256)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_contain_text("Yes")
    looked_at(page, "checked")
