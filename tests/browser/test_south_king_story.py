"""South King County, Washington: from the first letter to the last signature (docs/rules.md 1.5).

Three organizations lead, a leadership team and an advisory team meet, and of the seven districts one takes
part by its south end only: a part of an organization is invited, writes, signs and is the partner.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from time_machine import Traveller

from meetings.models import WorkingGroup
from partners.management.loading import load_region
from partners.models import COORDINATOR, Organization, Partnership, Signature, Stage
from partners.people.domain.appointing import appoint
from registrations.management.demo import people
from registrations.management.demo import south_king_county as story
from tests.browser import mou_steps as mou
from tests.browser import partner_steps as way
from tests.browser import sign_steps as sign
from tests.browser.someone import Someone, arrive, at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SOUTH, WHOLE, HIGHLINE = story.DISTRICTS[-1], story.WHOLE, "Highline Public Schools"
DIRECTOR = {"name": "Regional director", "title": "Director", "email": "director.south@example.org"}
CHIEF = {"name": "Superintendent, Highline", "title": "Superintendent", "email": "chief.highline@example.org"}
DEPUTY = {
    "name": "Deputy, Highline",
    "title": "Deputy superintendent",
    "email": "deputy.highline@example.org",
}
GOAL = "By 2020 twice as many students are on track to a degree or a career credential."


@pytest.fixture
def county(transactional_db) -> dict[str, Organization]:
    """January 2013: the three who lead, their teams, and districts that are asked one after another."""
    organizations = load_region("south-king-county", partners=True)
    Organization.objects.filter(name__in=[SOUTH, WHOLE, HIGHLINE]).update(stage=Stage.NONE)
    Organization.objects.filter(name=SOUTH).update(part_of=organizations[WHOLE])
    story.partnership(organizations)
    Partnership.objects.update(postal_address="Puget Sound ESD, Renton, WA 98057")
    lead = people.role_account(
        "coordinator", "Network coordinator", organizations[story.LEADS[0]], at=story.BEGUN
    )
    appoint(lead, group=COORDINATOR)
    people.role_account("partner", "Team member", organizations[story.LEADS[1]], at=story.BEGUN)
    director = {"organization": organizations[SOUTH], "at": story.BEGUN}
    people.a_person("Regional director", SOUTH, "other", address=DIRECTOR["email"], **director)
    for kind, (title, names) in story.TEAMS.items():
        story.team(kind, title, [organizations[name] for name in names])
    return organizations


@pytest.fixture
def four(meet, county) -> tuple[Someone, Someone, Someone, Someone]:
    """The coordinator, a member of a lead organization, the south end's drafter, and its director."""
    return (
        meet("coordinator@example.org", password=True),
        meet("partner@example.org", password=True),
        meet("drafter.south@example.org"),
        meet(DIRECTOR["email"], phone=True),
    )


def test_from_the_first_letter_to_the_last_signature(four, meet, tmp_path):
    coordinator, member, drafter, director = four
    office, highline = meet("office.south@example.org"), meet("drafter.highline@example.org")
    chief, deputy = meet(CHIEF["email"]), meet(DEPUTY["email"], phone=True)
    with at(2013, 1, 14, 17):
        the_first_letter(coordinator, member, office)
    with at(2013, 2, 4, 17):
        path = both_are_asked(coordinator)
    with at(2013, 2, 12, 17):
        the_parts_are_written(coordinator, drafter, highline)
    with at(2013, 3, 4, 17) as clock:
        arrive(*four)
        sign.locks(coordinator, path, ready=[HIGHLINE, SOUTH], waiting=[])
        clock.shift(timedelta(minutes=5))
        the_page_goes_stale(coordinator, director, path)
    with at(2013, 3, 11, 16) as clock:
        the_south_end_signs(director, clock)
    with at(2013, 3, 18, 16):
        highline_declines_and_names_another(chief, deputy, highline, path)
    with at(2013, 3, 25, 16):
        arrive(*four)
        the_drafter_joins_the_advisory_team(coordinator, office)
        everyone_reads_who_takes_part(member)
        the_copies_are_kept(drafter, director, tmp_path)
    assert [one.said for one in (*four, office, highline, chief, deputy)] == [[]] * 8


def the_first_letter(coordinator: Someone, member: Someone, office: Someone) -> None:
    """The south end is invited, not the whole district."""
    arrive(coordinator, member)
    why = "The south end of Seattle is one of the seven Road Map districts."
    way.suggests(member, SOUTH, why=why, knows="The regional office", write_to=office.address)
    way.sends_letters(coordinator, preview=SOUTH, letters=1)
    way.opens_the_letter(office)
    way.answers(office, choice="We're interested", profile="Schools of South Seattle, with our community.")
    assert (way.stage_of(SOUTH), way.stage_of(WHOLE)) == (Stage.INTERESTED, Stage.NONE)


def both_are_asked(coordinator: Someone) -> str:
    arrive(coordinator)
    dates = {"parts_due_on": "2013-02-18", "effective_on": "2013-03-04"}
    path = mou.begins_the_memorandum(coordinator, title="South King County STEM Network", **dates)
    mou.circulates(coordinator, path, version=1)
    contacts = {"drafter": "drafter.south@example.org", "lead": "office.south@example.org"}
    mou.asks_for_a_part(coordinator, path, SOUTH, **contacts)
    mou.asks_for_a_part(coordinator, path, HIGHLINE, drafter="drafter.highline@example.org")
    return path


def the_parts_are_written(coordinator: Someone, drafter: Someone, highline: Someone) -> None:
    drafter.follow_mail("/parts/seattle-public-schools-south-seattle")
    mou.writes(drafter, does="We open our STEM classes to every student of South Seattle.")
    mou.may_not_submit_without_a_signatory(drafter)
    mou.names_the_signatory(drafter, **DIRECTOR)
    mou.submits(drafter, needs_text="Mentors from businesses.")
    highline.follow_mail("/parts/highline")
    mou.names_the_signatory(highline, **CHIEF)
    mou.submits(highline, does="We lead our schools on the way to the shared goal.")
    mou.judges(coordinator, "/parts/seattle")
    mou.judges(coordinator, "/parts/highline")


def the_page_goes_stale(coordinator: Someone, director: Someone, path: str) -> None:
    """While the director reads, the text is taken back and changed: nothing unseen is signed."""
    sign.opens_to_sign(director, SOUTH, "Mentors from businesses.")
    code = sign.agrees(director)
    sign.takes_back(coordinator, path, why="The goal is to be said in numbers.")
    mou.changes_the_text(coordinator, path, "Shared goals and measures", to=GOAL)
    mou.circulates(coordinator, path, version=2, note="The goal in numbers.")
    sign.locks(coordinator, path, ready=[HIGHLINE, SOUTH], waiting=[])
    sign.tries_to_sign(director, name=DIRECTOR["name"], code=code)
    director.told("signed anything")
    expect(director.main.locator("ins").filter(has_text="By 2020 twice as many")).to_be_visible()
    assert sign.signed() == []


def the_south_end_signs(director: Someone, clock: Traveller) -> None:
    """The new link leads to the new text; the signature makes the part of the district a partner."""
    arrive(director)
    sign.opens_to_sign(director, SOUTH, GOAL)
    clock.shift(timedelta(minutes=10))  # it takes a while to read
    sign.signs(director, name=DIRECTOR["name"], code=sign.agrees(director))
    assert (sign.signed(), way.stage_of(SOUTH), way.stage_of(WHOLE)) == ([SOUTH], "partner", "none")


def highline_declines_and_names_another(
    chief: Someone, deputy: Someone, highline: Someone, path: str
) -> None:
    """The superintendent declines; the district's contact reads why and names the deputy, who signs."""
    sign.opens_to_sign(chief, HIGHLINE, GOAL)
    sign.declines(chief, why="My deputy is in charge of STEM.")
    sign.names_another(highline, DEPUTY, why="In charge of STEM.")
    sign.opens_to_sign(deputy, HIGHLINE, GOAL)
    sign.signs(deputy, name=DEPUTY["name"], code=sign.agrees(deputy))
    assert sign.signed() == [SOUTH, HIGHLINE]
    assert not Signature.objects.asked().exists()


def the_drafter_joins_the_advisory_team(coordinator: Someone, office: Someone) -> None:
    coordinator.open("/partnership/")
    team = coordinator.page.locator("article").filter(has_text="Advisory team")
    coordinator.press("Edit the team", within=team)
    coordinator.fill(address=office.address)
    coordinator.press("Add to the team")
    office.sign_in()
    office.open("/partnership/")
    office.press("Show my name")
    members = WorkingGroup.objects.get(kind="advisory_team").team_members
    assert members.filter(person__emails__address=office.address, listed=True).count() == 1


def everyone_reads_who_takes_part(member: Someone) -> None:
    """Three lead, seven districts make the region, two teams meet, and the south end is part of the whole."""
    member.open("/partners/")
    member.press("About the partnership")
    leads = member.page.locator("section[aria-labelledby=leads-title] li strong")
    assert sorted(leads.all_inner_texts()) == sorted(story.LEADS)
    places = member.page.locator("section[aria-labelledby=region-title] li")
    assert places.all_inner_texts() == story.DISTRICTS
    member.reads("Leadership team", "Advisory team", "Lead contact Seattle Public Schools (South Seattle)")
    member.press(SOUTH)
    member.reads("Partner since", "Part of", WHOLE)


def the_copies_are_kept(drafter: Someone, director: Someone, folder: Path) -> None:
    copy = sign.own_copy(drafter, SOUTH, folder)
    sign.checks(director, copy, "Yes, this is the document that was signed")
    sign.checks(director, sign.altered(copy), "No, this isn't one of our documents")
