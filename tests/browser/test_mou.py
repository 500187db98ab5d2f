"""The memorandum in a browser: two editors at once, saving while one types, and axe on every page."""

from datetime import date

import pytest
from model_bakery import baker
from playwright.sync_api import Browser, Page, expect

from partners.memorandum.domain import mou_texts, parts, proposals
from partners.models import MouRole
from tests import factories
from tests.browser.test_accessibility import faults
from tests.browser.test_story import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
SIGNATORY = {
    "signatory_name": "Superintendent",
    "signatory_title": "Superintendent",
    "signatory_email": "super@example.org",
}


@pytest.fixture
def role() -> MouRole:
    factories.a_partnership(name="South Metro-Salem STEM Partnership", zone="America/Los_Angeles")
    coordinator = factories.a_coordinator(address="coordinator@example.org")
    mou = factories.a_mou(title="Pact", by=coordinator, parts_due_on=date(2030, 10, 15))
    mou_texts.circulate(mou.texts.get(), note="", at=factories.NOW)
    drafter = factories.a_user(address="drafter@example.org", first_name="Ada").person
    lead = factories.a_user(address="lead@example.org", first_name="Grace").person
    organization = factories.an_organization(name="Salem-Keizer", slug="salem-keizer", stage="drafting")
    return factories.a_part(mou, organization=organization, drafter=drafter, lead_contact=lead)


def opened(browser: Browser, url: str, address: str, path: str, *, said: list[str]) -> Page:
    """A page of somebody's own browser; what it says on its console is kept."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.context.set_default_timeout(15_000)
    sign_in(page, url, address)
    page.goto(url + path)
    return page


def test_two_editors_and_the_coordinator(live_server, browser, role):
    path, said = role.get_absolute_url(), []
    ada = opened(browser, live_server.url, "drafter@example.org", path, said=said)
    grace = opened(browser, live_server.url, "lead@example.org", path, said=said)
    ada.get_by_label("What we do").fill("One school is the pilot.")
    expect(ada.locator("#saved")).to_contain_text("Saved by Ada")
    ada.get_by_label("What we need").fill("Mentors.")
    expect(ada.locator("#id_seen")).to_have_value("3")

    grace.get_by_label("What we do").fill("Robotics at nine schools.")
    expect(grace.locator("#saved")).to_contain_text("Someone else changed this")
    grace.get_by_role("button", name="Save", exact=True).click()
    expect(grace.get_by_role("alert")).to_contain_text("Ada")
    expect(grace.get_by_role("alert")).to_contain_text("One school is the pilot.")
    assert faults(grace) == []
    field = grace.get_by_label("What we do")
    expect(field).to_have_value("One school is the pilot.\nRobotics at nine schools.")
    grace.get_by_role("button", name="Save", exact=True).click()
    expect(grace.locator("#messages")).to_contain_text("Saved.")
    role.refresh_from_db()
    assert (role.does, role.needs_text) == (
        "One school is the pilot.\nRobotics at nine schools.",
        "Mentors.",
    )
    assert [line for line in said if "409" not in line] == []


def test_a_button_pressed_while_words_are_being_saved_meets_no_conflict(live_server, browser, role):
    said: list[str] = []
    page = opened(browser, live_server.url, "drafter@example.org", role.get_absolute_url(), said=said)
    for number in range(3):
        page.get_by_label("What we do").fill(f"Words {number}")
        page.wait_for_timeout(2000)  # as long as typing rests before it is saved
        with page.expect_navigation():
            page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
        role.refresh_from_db()
        assert role.does == f"Words {number}"
    assert said == []


def test_who_was_signed_out_is_told_and_keeps_the_words(live_server, browser, role):
    page = opened(browser, live_server.url, "drafter@example.org", role.get_absolute_url(), said=[])
    page.context.clear_cookies()
    page.get_by_label("What we do").fill("We teach.")
    expect(page.locator("#saved")).to_contain_text("Not saved. You're offline or were signed out.")
    expect(page.get_by_label("What we do")).to_have_value("We teach.")
    page.context.set_offline(True)
    page.get_by_label("What we do").fill("We teach more.")
    page.wait_for_timeout(3000)
    expect(page.locator("#saved")).to_contain_text("Not saved")
    page.context.close()


def test_it_is_written_without_a_script(live_server, browser, role):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url, "drafter@example.org")
    page.goto(live_server.url + role.get_absolute_url())
    page.get_by_label("What we do").fill("We teach.")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("alert")).to_contain_text("name, title and e-mail address")
    expect(page.get_by_label("What we do")).to_have_value("We teach.")
    page.get_by_label("Name").fill("Superintendent")
    page.get_by_label("Title").fill("Superintendent")
    page.get_by_label("E-mail").fill("super@example.org")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("main")).to_contain_text("Submitted")
    context.close()


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.slow), 320])
def test_every_page_and_state_is_accessible(live_server, browser, role, width):
    addresses = set_up_every_state(role)
    found = {}
    for who, paths in addresses.items():
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        sign_in(page, live_server.url, f"{who}@example.org")
        for path in paths:
            response = page.goto(live_server.url + path)
            trouble = faults(page) if response.status == 200 else [f"answers {response.status}"]
            if trouble:
                found[who, path] = trouble
        context.close()
    assert found == {}


def set_up_every_state(role: MouRole) -> dict[str, list[str]]:
    """A submitted and an empty part, a model, two proposals of which one conflicts, and a draft."""
    mou, now = role.mou, factories.NOW
    text, coordinator = mou.texts.get(), mou.texts.get().by
    empty = factories.a_part(mou, drafter=role.lead_contact, due_on=date(2020, 9, 1))
    role = parts.save_part(
        role, words={"does": "We **teach**.\n\n- a\n\n# B", **SIGNATORY}, seen=1, by=role.drafter, at=now
    )
    role = parts.save_part(role, words={"does": "We teach."}, seen=2, by=role.lead_contact, at=now)
    parts.submit_part(role, by=role.drafter, at=now)
    MouRole.objects.filter(pk=role.pk).update(model_title="school district, as in Salem-Keizer")
    section = text.sections.get(key="governance")
    given = {"organization": role.organization, "by": role.drafter, "why": "Because", "at": now}
    made = [
        proposals.propose_change(section, body=section.body.replace("four", word), **given)
        for word in ("six", "ten")
    ]
    proposals.accept_proposal(made[0], by=coordinator, at=now)
    known = {"contact_name": "Science Lead", "contact_email": "science@example.org"}
    organization = factories.an_organization(stage="interested")
    baker.make("partners.Suggestion", organization=organization, by=coordinator, at=now, **known)
    base = mou.get_absolute_url()
    shared = ["/mou/", base, f"{base}text/", f"{base}text/1/", f"{base}board/", f"{base}proposals/"]
    part = role.get_absolute_url()
    return {
        "coordinator": [
            *shared,
            "/mou/new/",
            *(made[number].get_absolute_url() for number in (0, 1)),
            *(f"{base}{rest}" for rest in ("edit/", "board/ask/", "board/ask-many/?all=1", "text/2/")),
            *(f"{base}text/{rest}" for rest in ("changes/", "2/circulate/", "2/new/", "2/goals/")),
            *(f"{part}{rest}" for rest in ("", "contacts/", "changes/", "needs/")),
        ],
        "lead": [
            *shared,
            empty.get_absolute_url(),
            f"{empty.get_absolute_url()}needs/",
            part,
            made[1].get_absolute_url(),
            f"{base}text/1/goals/propose/",
        ],
    }
