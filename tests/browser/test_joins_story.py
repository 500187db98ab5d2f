"""A prospective partner: from two suggestions and a letter to a partner, without an account until its part.

The edges: an organization that is listed twice with a wrong sector, a letter to somebody who left, letters
that are stopped while the mail of the session still comes, 12:00 CDT for a reader in the East, a vendor, and
one who never joins.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partners.memorandum.domain import mou_texts, terms
from partners.models import COORDINATOR, Invitation, Organization, Person, Stage
from partners.people.domain.appointing import appoint
from partners.prospects.domain import inviting
from registrations.management.demo import mtep, networks, people
from registrations.seats.domain import reminding
from stemnet.retention import sweeping
from tests.browser import mou_steps as mou
from tests.browser import partner_steps as way
from tests.browser import sign_steps as sign
from tests.browser.mailbox import mails_to, newest_to
from tests.browser.someone import Someone, arrive, at
from tests.factories import a_mou, a_part, a_suggestion, an_organization

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PHYSTEC, TWICE, VENDOR, SILENT = "PhysTEC", "Phys TEC Coalition", "Widget Sales", "Quiet Museum"
DIRECTOR = {"name": "Director, PhysTEC", "title": "Director", "email": "director.phystec@example.org"}
OFFICE = "office.phystec@example.org"


@pytest.fixture
def coalition(transactional_db) -> None:
    """The spring of 2024: a partnership with one partner, a session that is planned, three known to it."""
    auburn = an_organization(name="Auburn University", slug="auburn", sector="university")
    mtep.partnership({"Auburn University": auburn})
    for name in (PHYSTEC, VENDOR, SILENT):
        sector = "association" if name == PHYSTEC else "business"
        an_organization(name=name, slug=name.lower().replace(" ", "-"), stage=Stage.NONE, sector=sector)
    for name, role in (("coordinator", "Partnership coordinator"), ("agent", "Change agent")):
        person = people.role_account(name, role, auburn, at=mtep.BEGUN)
        if name == "coordinator":
            appoint(person, group=COORDINATOR)
    networks.a_network("information-session-2024", fields=mtep.FIELDS, slots=[mtep.the_hour()], at=mtep.BEGUN)


@pytest.mark.slow
def test_a_prospective_partner_joins(meet, coalition):
    coordinator = meet("coordinator@example.org", password=True)
    agent, director = meet("agent@example.org"), meet(DIRECTOR["email"], phone=True)
    office = meet(OFFICE, zone="America/New_York", phone=True)
    with at(2024, 3, 18, 15):
        arrive(coordinator, agent)
        it_is_suggested_twice(coordinator, agent)
        the_two_become_one(coordinator)
        a_vendor_is_not_invited(coordinator)
    with at(2024, 4, 2, 15):
        arrive(coordinator)
        way.sends_letters(coordinator, preview=PHYSTEC, letters=2)
    with at(2024, 4, 9, 15):
        the_office_answers(office)
    with at(2024, 5, 23, 17, 5):
        the_session_is_remembered_all_the_same()
    with at(2024, 5, 24, 18):
        arrive(coordinator)
        they_came_and_are_interested(coordinator, office)
    with at(2024, 6, 3, 15):
        arrive(coordinator)
        the_part_is_written_and_signed(coordinator, office, director)
    with at(2027, 5, 1, 15):
        who_never_joined_is_forgotten()
    everyone = (coordinator, agent, office, director)
    assert [one.said for one in everyone] == [[]] * len(everyone)


def it_is_suggested_twice(coordinator: Someone, agent: Someone) -> None:
    """The agent types a name that isn't listed, as a business; the coordinator chooses the one that is."""
    agent.open("/partners/suggest/")
    agent.fill(workplace=TWICE, why="They train teachers of physics.", knows="The director before this one")
    agent.page.get_by_text("Tell us more about it").click()
    agent.page.locator("[name=sector]").select_option("business")
    agent.fill(contact_name="Director of before", contact_email=OFFICE)
    agent.press("Send the suggestion")
    agent.told(f"We added {TWICE} to our list")
    way.suggests(coordinator, PHYSTEC, why="They have goals like ours.", knows="", write_to="")
    for name in (VENDOR, SILENT):
        a_suggestion(Organization.objects.get(name=name), at=datetime.now(tz=UTC))


def the_two_become_one(coordinator: Someone) -> None:
    """The record that stays has the right sector, and the letter of the other."""
    first, second = (Organization.objects.get(name=name).pk for name in (PHYSTEC, TWICE))
    coordinator.open(
        reverse("duplicate_merge", args=["organization", min(first, second), max(first, second)])
    )
    coordinator.reads(PHYSTEC, TWICE, "Sector")
    coordinator.press("Merge them")
    coordinator.told("merged")
    kept = Organization.objects.get(pk=first)
    assert (kept.sector, kept.suggestions.count()) == ("association", 2)


def a_vendor_is_not_invited(coordinator: Someone) -> None:
    """Who only wants to sell is declined with a reason, and gets no letter."""
    coordinator.open("/staff/partners/way/widget-sales/")
    coordinator.page.locator("#to-widget-sales").select_option("declined")
    coordinator.fill(reason="They only want to sell.")
    coordinator.press("Move")
    assert way.stage_of(VENDOR) == Stage.DECLINED
    assert VENDOR not in [one.organization.name for one in inviting.to_invite()]


def the_office_answers(office: Someone) -> None:
    """The letter greets who left; the office answers in its own name, and wants no more letters."""
    assert "Director of before" in str(newest_to(OFFICE).body)
    way.opens_the_letter(office)
    office.reads("Fri, May 24, 2024, 12 noon to 1:00 p.m. CT", "Where you are: Fri, May 24, 1:00 PM EDT")
    letter = office.page.url
    name = {"first_name": "Office", "last_name": "for partnerships"}
    way.answers(office, choice="We're coming to an information session", **name)
    office.press("Stop invitations to this address")
    office.press("Stop invitations")
    office.reads("Nothing else has changed.")
    assert list(inviting.to_invite()) == []
    office.open(letter)
    assert not office.is_signed_in()


def the_session_is_remembered_all_the_same() -> None:
    """Who stopped letters still has the mail of what they signed up for."""
    before = len(mails_to(OFFICE))
    reminding.sweep_reminders(at=datetime.now(tz=UTC))
    assert len(mails_to(OFFICE)) == before + 1
    assert "https://meet.example.org/information-session" in str(newest_to(OFFICE).body)


def they_came_and_are_interested(coordinator: Someone, office: Someone) -> None:
    coordinator.open("/staff/")
    coordinator.press("Take attendance")
    coordinator.page.get_by_role("button", name="Office for partnerships is here").click()
    here = coordinator.page.get_by_role("button", name="Office for partnerships is here. Undo")
    expect(here).to_be_visible()
    coordinator.press("Attendance is complete")
    assert (way.stage_of(PHYSTEC), way.stage_of(SILENT)) == (Stage.CAME, Stage.INVITED)
    profile = "We help departments of physics to prepare teachers."
    office.open(office.page.url)
    way.answers(office, choice="We're interested", profile=profile)
    way.sees_the_way(coordinator, PHYSTEC, "Office for partnerships came", profile)


def the_part_is_written_and_signed(coordinator: Someone, office: Someone, director: Someone) -> None:
    """From here on its contact has an account; the director signs by link and code, and it is a partner."""
    path = it_is_asked_for_its_part()
    office.follow_mail("/parts/phystec")
    mou.names_the_signatory(office, **DIRECTOR)
    mou.submits(office, does="We share what we know.", contributes_text="Figures on teaching.")
    mou.judges(coordinator, "/parts/phystec")
    sign.locks(coordinator, path, ready=[PHYSTEC], waiting=[])
    sign.opens_to_sign(director, PHYSTEC, "Figures on teaching.")
    sign.signs(director, name=DIRECTOR["name"], code=sign.agrees(director))
    terms.sweep_terms(at=datetime.now(tz=UTC))
    assert way.stage_of(PHYSTEC) == Stage.PARTNER


def it_is_asked_for_its_part() -> str:
    """The memorandum is circulated, and the office writes its part; return the address of the memorandum."""
    now, office = datetime.now(tz=UTC), Person.objects.holding(OFFICE).get()
    memorandum = a_mou(title="Memorandum", effective_on=now.date(), at=now)
    mou_texts.circulate(memorandum.texts.get(), note="", at=now)
    a_part(memorandum, organization=Organization.objects.get(name=PHYSTEC), drafter=office, at=now)
    return memorandum.get_absolute_url()


def who_never_joined_is_forgotten() -> None:
    """Three years on, names and addresses of who never joined are gone; that they were invited stays."""
    sweeping.sweep(at=datetime.now(tz=UTC) + timedelta(days=1))
    silent = Invitation.objects.get(organization__name=SILENT)
    assert (silent.address.endswith("@removed.invalid"), silent.body) == (True, "")
    assert Invitation.objects.get(organization__name=PHYSTEC).address == OFFICE
