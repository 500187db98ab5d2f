"""A superintendent has a designee for the year, a principal a substitute; both see the hours of their people.

The edges: a designee whom the leader doesn't know, one who has a seat already, hours that are nobody else's,
answers that no leader reads, a school and its district, who didn't agree, and a leader who leaves.
"""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from meetings.models import Meeting, Network
from partners.models import Organization
from registrations.asking.domain.building import add_question
from registrations.asking.domain.plans import QuestionPlan, presets
from registrations.attendance.domain import attendance, completing
from registrations.models import Answer, Designation, Registration, Seen
from tests.browser.mailbox import code_in, link_to, newest_to, type_code
from tests.browser.someone import Someone, arrive, at
from tests.factories import (
    NOW,
    SWEEP,
    a_contact,
    a_meeting,
    a_network,
    a_partnership,
    a_position,
    a_registration,
    a_staff_member,
    a_user,
    an_organization,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
CHIEF, PRINCIPAL, DEPUTY, CLERK, TEACHER, COACH, NEXT = (
    f"{name}@wareham.example.org"
    for name in ("chief", "principal", "deputy", "clerk", "teacher", "coach", "next")
)
DISTRICT, SCHOOL = "Wareham Public Schools", "Wareham Middle School"


@pytest.fixture
def district(transactional_db) -> Organization:
    """A district with a superintendent, and a school with a principal who has a seat."""
    a_partnership()
    district = an_organization(name=DISTRICT, slug="wareham")
    school = an_organization(name=SCHOOL, slug="wareham-middle", sector="school", part_of=district)
    for address, first_name, body in (
        (CHIEF, "Superintendent", district),
        (PRINCIPAL, "Principal", school),
    ):
        person = a_user(address=address, first_name=first_name, last_name="Wareham").person
        a_position(person, organization=body, job="superintendent")
        a_contact(body, person)
    return district


@pytest.fixture
def network(district) -> Network:
    """Three seats, two meetings, a question about diet that staff read, and who is in it already."""
    network = a_network(meetings=0, title="Harbor Network", slug="harbor-2020-21", seats=5)
    for number, day in enumerate([date(2020, 10, 14), date(2020, 12, 8)], start=1):
        a_meeting(network, on=day, title=f"Meeting {number}")
    staff = a_staff_member(address="staff@example.org")
    values = presets()["diet"]
    options = str(values.pop("options", "")).splitlines()
    add_question(
        network, QuestionPlan(**{**values, "options": options, "readers": [staff]}), by=staff, at=NOW
    )
    school = Organization.objects.get(name=SCHOOL)
    for address in (PRINCIPAL, COACH):
        user = a_user(address=address, first_name="Coach", last_name="Wareham") if address == COACH else None
        person = user.person if user else school.positions.get().person
        position = a_position(person, organization=school) if user else person.positions.get()
        a_registration(network, person, position=position)
    return network


def test_leaders_delegate_and_see_their_own_people(meet, network):
    chief, principal = meet(CHIEF, password=True), meet(PRINCIPAL, password=True)
    deputy, clerk, coach = meet(DEPUTY, phone=True), meet(CLERK, phone=True), meet(COACH, password=True)
    teacher, successor = meet(TEACHER, phone=True), meet(NEXT)
    with at(2020, 9, 8, 14):
        comes_for(clerk, first_name="Town", last_name="Clerk")
        the_leader_says_no(chief, clerk)
        comes_for(deputy, first_name="Deputy", last_name="Superintendent")
        the_leader_says_yes(chief)
        who_has_a_seat_is_no_designee(coach)
    with at(2020, 10, 5, 14):
        somebody_comes_to_one_meeting(principal, teacher)
    with at(2020, 10, 15, 14):
        they_were_there(network)
        arrive(chief, deputy)
        the_district_confirms(chief, deputy)
        the_deputy_agrees(deputy)
        hours_are_those_of_who_was_there(chief, principal, deputy, teacher)
    with at(2020, 11, 2, 15):
        arrive(chief)
        a_leader_leaves(chief, successor)
    everyone = (chief, principal, deputy, clerk, coach, teacher, successor)
    assert [one.said for one in everyone] == [[]] * len(everyone)


def comes_for(one: Someone, **names: str) -> None:
    """Somebody registers as the superintendent's designee; until she answers, the seat is only held."""
    one.open("/networks/harbor-2020-21/register/")
    one.fill(address=one.address, organization=DISTRICT, **names)
    one.page.locator("[name=job]").select_option("coordinator")
    one.page.get_by_label("as a leader's designee").check()
    one.fill(leader_name="Superintendent Wareham", leader_job="Superintendent", leader_email=CHIEF)
    one.page.get_by_label("Vegetarian").check()
    one.press("Send me the code")
    type_code(one.page, str(newest_to(one.address).body))
    one.reads("held")
    assert Registration.objects.filter(status="held").count() == 1


def answers_as_leader(leader: Someone, button: str) -> None:
    """Without an account: the link of the mail, a wrong code, then the right one."""
    leader.open(link_to(CHIEF, "/designee/"))
    leader.reads("Until you confirm, the seat is only held.")
    right = code_in(str(newest_to(CHIEF).body))
    leader.fill(code="000000" if right != "000000" else "111111")
    leader.press(button)
    leader.told("not the code we sent")
    leader.fill(code=right)
    leader.press(button)


def the_leader_says_no(chief: Someone, clerk: Someone) -> None:
    """Whom she doesn't know has no seat, and hears it; nobody answers in her place."""
    assert clerk.page.request.get(link_to(CHIEF, "/designee/")).status == 403
    answers_as_leader(chief, "No, they aren't")
    assert Designation.objects.get().outcome == "refused"
    assert "said that you aren't coming" in str(newest_to(CLERK).body)


def the_leader_says_yes(chief: Someone) -> None:
    answers_as_leader(chief, "Yes, they're coming in my place")
    mine = Registration.objects.seated().get(person__emails__address=DEPUTY)
    assert mine.leader_name == "Superintendent Wareham"


def who_has_a_seat_is_no_designee(coach: Someone) -> None:
    """Who has a seat of their own reads so, and can't come for anybody beside it."""
    coach.sign_in()
    coach.open("/networks/harbor-2020-21/register/")
    coach.reads("You're registered")
    expect(coach.page.locator("[name=leader_name]")).to_have_count(0)


def somebody_comes_to_one_meeting(principal: Someone, teacher: Someone) -> None:
    """The principal keeps the seat, and a teacher comes to the first meeting instead."""
    meeting = Meeting.objects.get(title="Meeting 1")
    principal.sign_in()
    principal.open(f"/learning/meetings/{meeting.uid}/substitute/")
    principal.fill(first_name="Science", last_name="Teacher", address=TEACHER)
    principal.press("Ask my colleague")
    principal.told("We e-mailed Science Teacher.")
    teacher.open(link_to(TEACHER, "/substitute/"))
    teacher.choose(SCHOOL, field="organization")
    teacher.press("Yes, I'm coming")
    assert Registration.objects.expected_at(meeting).filter(person__emails__address=TEACHER).exists()
    assert not Registration.objects.expected_at(meeting).filter(person__emails__address=PRINCIPAL).exists()


def they_were_there(network: Network) -> None:
    meeting, now = Meeting.objects.get(title="Meeting 1"), datetime.now(tz=UTC)
    for address in (DEPUTY, TEACHER):
        one = network.registrations.get(person__emails__address=address)
        attendance.mark_attendance(registration=one, meeting=meeting, seen=Seen.PRESENT, by=SWEEP, at=now)
    completing.complete_attendance(meeting, by=SWEEP, at=now)


def the_district_confirms(chief: Someone, deputy: Someone) -> None:
    """The deputy asks to be confirmed; who didn't ask isn't named."""
    deputy.open("/partners/needs/")
    deputy.press("Ask to be confirmed")
    chief.open("/partners/mine/wareham/people/")
    chief.press("Yes, they work here Deputy Superintendent")
    for hidden in ("Vegetarian", "Town Clerk"):
        expect(chief.main).not_to_contain_text(hidden)


def the_deputy_agrees(deputy: Someone) -> None:
    deputy.open("/learning/transcript/")
    deputy.press("Let it see my hours")
    deputy.told(f"{DISTRICT} can see your hours now.")


def hours_are_those_of_who_was_there(
    chief: Someone, principal: Someone, deputy: Someone, teacher: Someone
) -> None:
    """The deputy's are the deputy's; the superintendent and the principal have none for it."""
    assert Answer.objects.filter(registration__person__emails__address=DEPUTY).exists()
    chief.open("/partners/wareham/hours/")
    chief.reads("Deputy Superintendent", "3")
    for hidden in ("Vegetarian", "Science Teacher", "Coach", "Superintendent Wareham"):
        expect(chief.main).not_to_contain_text(hidden)
    assert is_closed_to(chief, "/partners/wareham-middle/hours/")
    chief.open("/learning/")
    expect(chief.main).not_to_contain_text("Harbor Network")
    principal.open("/partners/wareham-middle/hours/")
    expect(principal.main).not_to_contain_text("Deputy")
    assert is_closed_to(principal, "/partners/wareham/hours/")
    principal.open("/learning/")
    principal.reads("Harbor Network", "0 hours of attendance")
    deputy.open("/learning/")
    deputy.reads("Harbor Network", "3 hours of attendance")
    teacher.sign_in()
    teacher.open("/learning/")
    teacher.reads("Harbor Network", "3 hours of attendance")


def is_closed_to(one: Someone, path: str) -> bool:
    """Return whether a page is none for somebody."""
    return one.page.request.get(one.url + path).status == 404


def a_leader_leaves(chief: Someone, successor: Someone) -> None:
    """Who follows sees the people; who left doesn't any longer, and the designee keeps the seat."""
    chief.open("/partners/mine/wareham/hand-over/")
    chief.fill(address=NEXT, first_name="Interim", last_name="Superintendent")
    chief.page.get_by_label("no longer works here").check()
    chief.press("Hand over")
    assert is_closed_to(chief, "/partners/wareham/hours/")
    successor.sign_in()
    successor.open("/partners/wareham/hours/")
    successor.reads("Deputy Superintendent")
    assert Registration.objects.seated().filter(person__emails__address=DEPUTY).exists()
