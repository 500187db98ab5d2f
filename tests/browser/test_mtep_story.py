"""MTEP 2.0, spring 2024: from the first letter to the last signature (docs/rules.md 1.4).

Change agents suggest organizations, letters go out in their names, who comes to the information session at
12:00 CDT on 24 May is further on the way by that, and becomes a partner by signing.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from time_machine import Traveller

from partners.management.loading import load_region
from partners.memorandum.domain import terms
from partners.models import COORDINATOR, Organization, Stage
from partners.people.domain.appointing import appoint
from partners.prospects.domain import inviting, reminding_invited
from registrations.management.demo import mtep, networks, people
from tests.browser import mou_steps as mou
from tests.browser import partner_steps as way
from tests.browser import sign_steps as sign
from tests.browser.mailbox import link_to, newest_to
from tests.browser.someone import Someone, arrive, at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
NEBRASKA, PHYSTEC, QEM = "University of Nebraska-Lincoln", *mtep.INVITED
DIRECTOR = {"name": "Director, PhysTEC", "title": "Director", "email": "director.phystec@example.org"}
CHANCELLOR = {"name": "Vice Chancellor", "title": "Vice Chancellor", "email": "chancellor.unl@example.org"}
DEAN = {"name": "Dean of the college", "title": "Dean", "email": "dean.unl@example.org"}


@pytest.fixture
def network(transactional_db) -> dict[str, Organization]:
    """March 2024: the partners there are, the session that is planned, and nobody suggested yet."""
    organizations = load_region("mtep", partners=True)
    Organization.objects.filter(name__in=[NEBRASKA, *mtep.INVITED]).update(stage=Stage.NONE)
    mtep.partnership(organizations)
    auburn = organizations["Auburn University"]
    for name, role, place in (
        ("coordinator", "Partnership coordinator", auburn),
        ("agent", "Change agent", organizations[NEBRASKA]),
    ):
        person = people.role_account(name, role, place, at=mtep.BEGUN)
        if name == "coordinator":
            appoint(person, group=COORDINATOR)
    people.a_person(
        "Director", PHYSTEC, "other", organizations[PHYSTEC], address=DIRECTOR["email"], at=mtep.BEGUN
    )
    networks.a_network("information-session-2024", fields=mtep.FIELDS, slots=[mtep.the_hour()], at=mtep.BEGUN)
    return organizations


@pytest.fixture
def four(meet, network) -> tuple[Someone, Someone, Someone, Someone]:
    """The coordinator, a change agent, PhysTEC's drafter with a telephone, and PhysTEC's director."""
    return (
        meet("coordinator@example.org", password=True),
        meet("agent@example.org"),
        meet("drafter.phystec@example.org", phone=True),
        meet(DIRECTOR["email"]),
    )


def test_from_the_first_letter_to_the_last_signature(four, meet, tmp_path):
    coordinator, agent, drafter, director = four
    office = meet("office.phystec@example.org", zone="America/New_York")
    qem = meet("office.qem@example.org", phone=True)
    chancellor, dean = meet(CHANCELLOR["email"], phone=True), meet(DEAN["email"])
    with at(2024, 3, 18, 15):
        change_agents_suggest(coordinator, agent)
    with at(2024, 4, 2, 15):
        arrive(coordinator)
        way.sends_letters(coordinator, preview=QEM, letters=2)
    with at(2024, 4, 9, 15):
        the_invited_answer(office)
        they_want_no_more_letters(qem)
    with at(2024, 5, 24, 18):
        they_come_to_the_session(coordinator, office)
    with at(2024, 6, 3, 15):
        somebody_is_missing_at_the_table(coordinator, agent)
        path = two_are_asked_for_their_parts(coordinator)
    with at(2024, 6, 10, 15):
        the_parts_are_written(coordinator, agent, drafter)
    with at(2024, 6, 17, 15):
        arrive(coordinator)
        sign.locks(coordinator, path, ready=[PHYSTEC, NEBRASKA], waiting=[])
    with at(2024, 6, 26, 15) as clock:
        arrive(*four)
        the_chancellor_hands_on_and_the_dean_signs(chancellor, dean)
        the_director_signs(director, clock)
    with at(2024, 7, 1, 15):
        in_force(coordinator, agent, drafter, tmp_path)
    assert [one.said for one in (*four, office, qem, chancellor, dean)] == [[]] * 8


def change_agents_suggest(coordinator: Someone, agent: Someone) -> None:
    """Two suggest the same organization, and both are kept."""
    arrive(coordinator, agent)
    goals = "They prepare teachers of physics as we prepare those of mathematics."
    way.suggests(agent, PHYSTEC, why=goals, knows="Their director", write_to="office.phystec@example.org")
    way.suggests(agent, QEM, why="They widen access.", knows="", write_to="office.qem@example.org")
    way.suggests(coordinator, PHYSTEC, why="Their data are good.", knows="", write_to="")
    way.sees_the_way(coordinator, PHYSTEC, "Suggested", goals, "Their director", "Their data are good.")


def the_invited_answer(office: Someone) -> None:
    """They read when it is there and where they are, and come; the confirmation has the link to join."""
    way.opens_the_letter(office)
    office.reads("Fri, May 24, 2024, 12 noon to 1:00 p.m. CT", "Where you are: Fri, May 24, 1:00 PM EDT")
    name = {"first_name": "Office", "last_name": "for partnerships"}
    profile = "We help departments of physics to prepare teachers."
    way.answers(office, choice="We're coming to an information session", profile=profile, **name)
    office.reads("see you at")
    assert "https://meet.example.org/information-session" in newest_to(office.address).body


def they_want_no_more_letters(qem: Someone) -> None:
    """Whoever wants no more letters gets none; nothing else ends."""
    qem.open(link_to(qem.address, "/invitations/stop/"))
    qem.press("Stop invitations")
    qem.reads("Nothing else has changed.")
    before = len(newest_to(qem.address).body)
    reminding_invited.sweep_invitations(at=datetime.now(tz=UTC) + timedelta(days=60))
    assert len(newest_to(qem.address).body) == before
    assert list(inviting.to_invite()) == []


def they_come_to_the_session(coordinator: Someone, office: Someone) -> None:
    """Staff mark who is there, and the organization moves on by itself."""
    arrive(coordinator)
    coordinator.open("/staff/")
    coordinator.press("Take attendance")
    coordinator.page.get_by_role("button", name="Office for partnerships is here").click()
    here = coordinator.page.get_by_role("button", name="Office for partnerships is here. Undo")
    expect(here).to_be_visible()
    coordinator.press("Attendance is complete")
    assert (way.stage_of(PHYSTEC), way.stage_of(QEM)) == (Stage.CAME, Stage.INVITED)
    way.sees_the_way(coordinator, PHYSTEC, "Came to a session", "Office for partnerships came")


def somebody_is_missing_at_the_table(coordinator: Someone, agent: Someone) -> None:
    """Compared with the AMTE list, until the change agent says what they stand for."""
    arrive(coordinator, agent)
    coordinator.open("/staff/")
    coordinator.press("Who's represented")
    missing = coordinator.main.locator(".notice")
    expect(missing).to_contain_text("Missing: Mathematics teacher educators")
    agent.open("/learning/profile/")
    agent.page.locator("[name=stakeholder_group]").select_option(label="Mathematics teacher educators")
    agent.press("Save my profile")


def two_are_asked_for_their_parts(coordinator: Someone) -> str:
    path = mou.begins_the_memorandum(
        coordinator, title="Memorandum of MTEP 2.0", parts_due_on="2024-06-14", effective_on="2024-07-01"
    )
    mou.circulates(coordinator, path, version=1)
    contacts = {"drafter": "drafter.phystec@example.org", "lead": "office.phystec@example.org"}
    mou.asks_for_a_part(coordinator, path, PHYSTEC, known="lead", **contacts)
    mou.asks_for_a_part(coordinator, path, NEBRASKA, drafter="agent@example.org", known="drafter")
    way.sees_the_way(coordinator, PHYSTEC, "Drafting", "Asked for its part of the memorandum.")
    return path


def the_parts_are_written(coordinator: Someone, agent: Someone, drafter: Someone) -> None:
    drafter.follow_mail("/parts/phystec")
    mou.writes(drafter, does="We share what we know of preparing teachers well.")
    mou.may_not_submit_without_a_signatory(drafter)
    mou.names_the_signatory(drafter, **DIRECTOR)
    mou.submits(drafter, contributes_text="Figures on teaching as a career.")
    agent.follow_mail("/parts/university-of-nebraska")
    mou.names_the_signatory(agent, **CHANCELLOR)
    mou.submits(agent, does="We lead a team of teachers and faculty.", needs_text="Recruits.")
    mou.judges(coordinator, "/parts/phystec")
    mou.judges(coordinator, "/parts/university-of-nebraska")


def the_chancellor_hands_on_and_the_dean_signs(chancellor: Someone, dean: Someone) -> None:
    """Neither has an account: the link and the code do."""
    sign.opens_to_sign(chancellor, NEBRASKA, "We lead a team of teachers and faculty.")
    sign.hands_on(chancellor, to=DEAN, why="The college signs such agreements.")
    sign.opens_to_sign(dean, "Dean of the college", NEBRASKA)
    sign.signs(dean, name=DEAN["name"], code=sign.agrees(dean))


def the_director_signs(director: Someone, clock: Traveller) -> None:
    sign.opens_to_sign(director, PHYSTEC, "Figures on teaching as a career.")
    clock.shift(timedelta(minutes=10))  # it takes a while to read
    sign.signs(director, name=DIRECTOR["name"], code=sign.agrees(director))
    assert sign.signed() == [NEBRASKA, PHYSTEC]


def in_force(coordinator: Someone, agent: Someone, drafter: Someone, folder: Path) -> None:
    """From the day it is in force both are partners; each finds its copy, and the list lacks one less."""
    terms.sweep_terms(at=datetime.now(tz=UTC))
    assert (way.stage_of(PHYSTEC), way.stage_of(NEBRASKA)) == (Stage.PARTNER, Stage.PARTNER)
    arrive(coordinator, agent, drafter)
    for who, name in ((drafter, PHYSTEC), (agent, NEBRASKA)):
        copy = sign.own_copy(who, name, folder)
        sign.checks(who, copy, "Yes, this is the document that was signed")
    sign.checks(agent, sign.altered(copy), "No, this isn't one of our documents")
    coordinator.open("/staff/coverage/?list=amte-p1")
    line = coordinator.page.locator("li").filter(has_text="Mathematics teacher educators").first
    expect(line).to_contain_text(NEBRASKA)
