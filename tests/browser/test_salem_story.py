"""South Metro-Salem, Oregon, 2012-13: from the first letter to the last signature (docs/rules.md 1.3).

Districts are asked for their parts by 15 October, begin from the model of Salem-Keizer, sign by the ceremony
on 14 December, and Newberg, who was not ready, joins on 29 April.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from time_machine import Traveller

from partners.management.loading import load_region
from partners.memorandum.domain import part_reminders, terms
from partners.models import COORDINATOR, Mou, Organization, Partnership, Signature
from partners.people.domain.appointing import appoint
from registrations.management.demo import people, south_metro_salem
from tests.browser import mou_steps as mou
from tests.browser import partner_steps as way
from tests.browser import sign_steps as sign
from tests.browser.mailbox import newest_to
from tests.browser.someone import Someone, arrive, at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SALEM, CANBY, NEWBERG = "Salem-Keizer School District", "Canby School District", "Newberg School District"
MODEL = "school district, as in Salem-Keizer"
CANBY_CHIEF = {"name": "Superintendent, Canby", "title": "Superintendent", "email": "chief.canby@example.org"}
SALEM_CHIEF = {"name": "Superintendent, Salem", "title": "Superintendent", "email": "chief.salem@example.org"}
NEWBERG_CHIEF = {"name": "Superintendent, Newberg", "title": "Chief", "email": "chief.newberg@example.org"}


@pytest.fixture
def oregon(transactional_db) -> dict[str, Organization]:
    """Late summer of 2012: Oregon Tech convenes, and Salem-Keizer is in the conversation already."""
    organizations = load_region(south_metro_salem.REGION, partners=False)
    host, begun = organizations["Oregon Institute of Technology"], south_metro_salem.BEGUN
    south_metro_salem.partnership(host, districts=south_metro_salem.districts(organizations))
    Partnership.objects.update(postal_address="Oregon Tech, Wilsonville, OR 97070")
    appoint(people.role_account("coordinator", "Partnership coordinator", host, at=begun), group=COORDINATOR)
    people.role_account("salem", "District science lead", organizations[SALEM], at=begun)
    chief = {"job": "superintendent", "organization": organizations[CANBY], "at": begun}
    people.a_person("Superintendent", CANBY, address=CANBY_CHIEF["email"], **chief)
    return organizations


@pytest.fixture
def four(meet, oregon) -> tuple[Someone, Someone, Someone, Someone]:
    """The coordinator, Salem-Keizer's science lead, Canby's drafter with a telephone, its superintendent."""
    return (
        meet("coordinator@example.org", password=True),
        meet("salem@example.org"),
        meet("drafter.canby@example.org", phone=True),
        meet(CANBY_CHIEF["email"]),
    )


@pytest.mark.slow  # its steps are stories of their own; here they are one year
def test_from_the_first_letter_to_the_last_signature(four, meet, tmp_path):
    coordinator, salem, drafter, _superintendent = four
    office, newberg = meet("office.canby@example.org"), meet("drafter.newberg@example.org")
    chief = meet(NEWBERG_CHIEF["email"], phone=True)
    with at(2012, 8, 20, 16):
        the_first_letter(coordinator, salem, office)
    with at(2012, 9, 10, 16):
        path = everyone_is_asked(coordinator)
    with at(2012, 9, 24, 16):
        salem_writes_the_model_and_proposes_changes(salem, path)
    with at(2012, 10, 3, 16):
        the_next_version_goes_out(coordinator, path)
    with at(2012, 10, 11, 16):
        canby_begins_from_the_model(drafter, office)
    with at(2012, 10, 16, 16):
        canby_comes_back_and_is_accepted(coordinator, drafter, path)
    with at(2012, 11, 30, 18):
        arrive(coordinator)
        sign.locks(coordinator, path, ready=[CANBY, SALEM], waiting=[NEWBERG])
    with at(2012, 12, 10, 18) as clock:
        the_superintendent_signs(four, clock)
    with at(2012, 12, 14, 16):
        the_ceremony(coordinator, salem, drafter, path, tmp_path)
    with at(2013, 3, 18, 16):
        newberg_is_ready(coordinator, newberg, path)
    with at(2013, 4, 29, 20) as clock:
        newberg_joins(chief, office, tmp_path, clock)
    assert [one.said for one in (*four, office, newberg, chief)] == [[]] * 7


def the_first_letter(coordinator: Someone, salem: Someone, office: Someone) -> None:
    arrive(coordinator, salem)
    way.suggests(
        salem,
        CANBY,
        why="Their teachers run robotics clubs; in class they could do more.",
        knows="The science coach",
        write_to=office.address,
    )
    way.sends_letters(coordinator, preview=CANBY, letters=1)
    way.opens_the_letter(office)
    way.answers(office, choice="We're interested", profile="Robotics at two schools, and a will to begin.")
    way.sees_the_way(coordinator, CANBY, "Interested", "Robotics at two schools", "The science coach")


def everyone_is_asked(coordinator: Someone) -> str:
    arrive(coordinator)
    path = mou.begins_the_memorandum(
        coordinator,
        title="South Metro-Salem STEM Partnership: memorandum of understanding",
        parts_due_on="2012-10-15",
        effective_on="2012-12-14",
        ceremony_on="2012-12-14",
        ceremony_place="Oregon Tech, Wilsonville",
    )
    mou.circulates(coordinator, path, version=1)
    mou.asks_for_a_part(coordinator, path, SALEM, drafter="salem@example.org", known="drafter")
    canby = {"drafter": "drafter.canby@example.org", "lead": "office.canby@example.org"}
    mou.asks_for_a_part(coordinator, path, CANBY, **canby)
    mou.asks_for_a_part(coordinator, path, NEWBERG, drafter="drafter.newberg@example.org")
    coordinator.reads("Mon, Oct 15, 2012")
    assert way.stage_of(CANBY) == "drafting"
    mou.sees_the_board(coordinator, path, missing=3, overdue=0, waiting=0, ready=0)
    return path


def salem_writes_the_model_and_proposes_changes(salem: Someone, path: str) -> None:
    salem.follow_mail("/parts/salem-keizer")
    mou.writes(salem, does=south_metro_salem.DISTRICT["does"])
    mou.names_the_signatory(salem, **SALEM_CHIEF)
    mou.submits(salem, needs_text=south_metro_salem.DISTRICT["needs_text"])
    mou.proposes(salem, path, "Governance", old="four times", new="six times", why="We build while we fly.")
    mou.proposes(salem, path, "Purpose and vision", old="every student", new="every pupil", why="Our word.")


def the_next_version_goes_out(coordinator: Someone, path: str) -> None:
    mou.judges(coordinator, "/parts/salem-keizer")
    mou.offers_as_a_model(coordinator, path, SALEM, title=MODEL)
    mou.decides(coordinator, path, "Governance")
    mou.decides(coordinator, path, "Purpose and vision", decline="Colleges have students.")
    mou.circulates(coordinator, path, version=2, note="With a district role as a model.")
    coordinator.press("What changed since version 1")
    expect(coordinator.main.locator("ins").filter(has_text="six")).to_be_visible()


def canby_begins_from_the_model(drafter: Someone, office: Someone) -> None:
    drafter.follow_mail("/parts/canby")
    mou.begins_from(drafter, MODEL, owner=SALEM)
    mou.may_not_submit_without_a_signatory(drafter)
    office.follow_mail("/parts/canby")
    rooms = "Rooms for the teams of all districts."
    mou.writes(drafter, contributes_text=rooms)
    mou.meets_a_conflict(office, field="contributes_text", mine="Coaches, too.", theirs=rooms)
    drafter.page.reload()
    mou.names_the_signatory(drafter, **CANBY_CHIEF)
    mou.submits(drafter)


def canby_comes_back_and_is_accepted(coordinator: Someone, drafter: Someone, path: str) -> None:
    comment = "Which school is the prototype?"
    mou.judges(coordinator, "/parts/canby", comment=comment)
    drafter.follow_mail("/parts/canby")
    drafter.reads("What should change", comment)
    mou.submits(drafter, needs_text="Mentors for one middle school, our prototype.")
    mou.judges(coordinator, "/parts/canby")
    mou.sees_the_board(coordinator, path, missing=1, overdue=1, waiting=0, ready=2)
    part_reminders.sweep_parts(at=datetime.now(tz=UTC))
    assert "Overdue" in newest_to("drafter.newberg@example.org").subject


def the_superintendent_signs(four: tuple[Someone, ...], clock: Traveller) -> None:
    arrive(*four)
    superintendent = four[-1]
    sign.opens_to_sign(superintendent, CANBY, "Mentors for one middle school", "six times a year")
    clock.shift(timedelta(minutes=20))  # it takes a while to read
    sign.signs(superintendent, name=CANBY_CHIEF["name"], code=sign.agrees(superintendent))
    superintendent.reads("Signed for Canby School District")
    assert (sign.signed(), way.stage_of(CANBY)) == ([CANBY], "drafting")  # in force from the 14th


def the_ceremony(coordinator: Someone, salem: Someone, drafter: Someone, path: str, folder: Path) -> None:
    """On the day it is in force who has signed becomes a partner, and Salem-Keizer signs by hand."""
    arrive(coordinator, salem)
    terms.sweep_terms(at=datetime.now(tz=UTC))
    assert way.stage_of(CANBY) == "partner"
    sign.records_paper(
        coordinator, path, SALEM, on="2012-12-14", place="Oregon Tech, Wilsonville", scan=folder / "scan.pdf"
    )
    assert (sign.signed(), way.stage_of(SALEM)) == ([CANBY, SALEM], "partner")
    assert Mou.objects.get().status == Mou.Status.IN_FORCE
    salem.open(path)
    salem.reads("In effect")
    for who, name in ((salem, SALEM), (drafter, CANBY)):
        copy = sign.own_copy(who, name, folder)
        sign.checks(who, copy, "Yes, this is the document that was signed")
    sign.checks(salem, sign.altered(copy), "No, this isn't one of our documents")


def newberg_is_ready(coordinator: Someone, newberg: Someone, path: str) -> None:
    newberg.follow_mail("/parts/newberg")
    mou.begins_from(newberg, MODEL, owner=SALEM)
    _name, category, detail, _quantity = south_metro_salem.BROUGHT[-1]
    mou.gives(newberg, category=category, detail=detail)
    mou.names_the_signatory(newberg, **NEWBERG_CHIEF)
    mou.submits(newberg)
    mou.judges(coordinator, "/parts/newberg")
    sign.locks(coordinator, path, ready=[NEWBERG], waiting=[])


def newberg_joins(chief: Someone, office: Someone, folder: Path, clock: Traveller) -> None:
    """The joinder is signed; those who signed in December are told and not asked again."""
    sign.gets_a_fresh_link(chief)
    sign.opens_to_sign(chief, "joinder of Newberg", south_metro_salem.BROUGHT[-1][2])
    clock.shift(timedelta(minutes=15))
    sign.signs(chief, name=NEWBERG_CHIEF["name"], code=sign.agrees(chief))
    copy = sign.keeps_a_copy(chief, "document.html", folder)
    sign.checks(chief, copy, "Yes, this is the document that was signed")
    newberg = Organization.objects.get(name=NEWBERG)
    assert (newberg.stage, newberg.partner_since) == ("partner", date(2013, 4, 29))
    assert sign.signed() == [CANBY, SALEM, NEWBERG]
    assert Signature.objects.asked().count() == 0
    chief.open("/partners/needs/")
    chief.press(NEWBERG)
    chief.reads(south_metro_salem.BROUGHT[-1][2])
    assert NEWBERG in newest_to(office.address).body
