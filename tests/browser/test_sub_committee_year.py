"""A year of a sub-committee: planned, agenda, minutes by two at once, and what returns until it is done."""

from datetime import date

import pytest
from playwright.sync_api import expect

from meetings.models import ActionItem, Meeting, Minutes, WorkingGroup
from registrations.models import GroupMembership
from tests import factories
from tests.browser.someone import Meet, Someone, arrive, at
from tests.browser.test_accessibility import faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
LEAD, SCRIBE, MEMBER = "lead@example.org", "scribe@example.org", "member@example.org"
DAYS = [date(2026, 10, 14), date(2026, 12, 9), date(2027, 2, 10)]
TASK = "Bring six student answers"


@pytest.fixture
def committee(transactional_db) -> WorkingGroup:
    """September 2026: a sub-committee with a lead, somebody on staff, and a member; nothing is planned."""
    factories.a_partnership()
    network = factories.a_network(school_year="2026-27", zone="America/New_York", meetings=0)
    factories.a_meeting(network, on=date(2027, 5, 26), title="Closing meeting")
    lead = factories.a_user(address=LEAD, first_name="Lead", last_name="Wareham").person
    factories.a_staff_member(address=SCRIBE, first_name="Network staff", last_name="Dartmouth")
    member = factories.a_user(address=MEMBER, first_name="Science lead", last_name="Fairhaven").person
    group = factories.a_group(network, lead=lead, title="Assessment", kind="sub_committee")
    registration = factories.a_registration(network, member)
    GroupMembership.objects.create(registration=registration, working_group=group, joined_at=factories.NOW)
    return group


def test_a_year_of_a_sub_committee(committee: WorkingGroup, meet: Meet) -> None:
    lead, scribe = meet(LEAD, password=True), meet(SCRIBE, password=True)
    member = meet(MEMBER, password=True, phone=True)
    with at(2026, 9, 15, 14, 0):
        arrive(lead, scribe, member)
        for number, day in enumerate(DAYS, start=1):
            plans(lead, committee, title=f"Meeting {number}", on=day)
    first, second, third = Meeting.objects.filter(working_group=committee).order_by("starts_at")
    with at(2026, 10, 13, 14, 0):
        arrive(lead)
        writes_the_agenda(lead, first)
    with at(2026, 10, 14, 21, 0):
        arrive(lead, scribe)
        both_write_the_minutes(lead, scribe, first)
        gives(lead, first)
        publishes(lead, first)
    with at(2026, 10, 15, 14, 0):
        member.follow_mail("/action-items/")
        member.reads(TASK, "due Wed, Dec 9, 2026", "Meeting 1")
        assert faults(member.page) == []
    with at(2026, 12, 8, 15, 0):
        arrive(member, lead)
        member.open(second.get_absolute_url())
        member.reads("Still open from last time", TASK)
    with at(2027, 1, 20, 15, 0):
        arrive(member, lead)
        member.open(third.get_absolute_url())
        member.reads("Still open from last time", TASK, "Overdue 42 days", "One thing is yours")
        assert faults(member.page) == []
        member.press("It's done")
        member.told("marked as done")
        expect(member.main).not_to_contain_text("Still open from last time")
        lead.open(first.get_absolute_url())
        lead.reads("1 of 1 done", "Done")
    assert [one.said for one in (lead, scribe, member)] == [[], [], []]
    steps = ActionItem.objects.get().changes.values_list("to_status", "by_name")
    assert list(steps) == [("open", "Lead Wareham"), ("done", "Science lead Fairhaven")]


def plans(lead: Someone, committee: WorkingGroup, *, title: str, on: date) -> None:
    lead.open(committee.get_absolute_url())
    lead.press("Plan a meeting")
    lead.fill(title=title, on=str(on), start_time="15:30", end_time="17:00", venue="Library")
    lead.press("Plan it and tell the group")


def writes_the_agenda(lead: Someone, meeting: Meeting) -> None:
    lead.open(f"{meeting.get_absolute_url()}agenda/")
    lead.fill(title="Two tasks from Fall River", minutes="30")
    lead.press("Add at the end")
    lead.open(meeting.get_absolute_url())
    lead.reads("Two tasks from Fall River")


def both_write_the_minutes(lead: Someone, scribe: Someone, meeting: Meeting) -> None:
    """Two pages are open at once; the second to save sees both texts, and saves one made of both."""
    for one in (lead, scribe):
        one.open(meeting.get_absolute_url())
        one.press("Write the minutes")
        assert faults(one.page) == []
    lead.fill(decisions="We try one task each.", text="Two tasks from Fall River were shown.")
    lead.press("Save the minutes")
    lead.told("The minutes are saved.")
    scribe.fill(decisions="We meet on Dec 9.", text="Four of five came.")
    scribe.press("Save the minutes")
    both = scribe.page.get_by_role("alert")
    for words in ("Someone else changed this", "We try one task each.", "Four of five came."):
        expect(both).to_contain_text(words)
    assert faults(scribe.page) == []
    scribe.press("Save the minutes")
    scribe.told("The minutes are saved.")
    saved = Minutes.objects.get()
    assert sorted(saved.decided) == ["We meet on Dec 9.", "We try one task each."]
    assert sorted(saved.text.split("\n")) == ["Four of five came.", "Two tasks from Fall River were shown."]


def gives(lead: Someone, meeting: Meeting) -> None:
    lead.open(meeting.get_absolute_url())
    lead.press("Add an action item")
    assert faults(lead.page) == []
    lead.fill(text=TASK)
    lead.page.get_by_label("Who does it").select_option(label="Science lead Fairhaven")
    expect(lead.page.get_by_label("Due")).to_have_value(str(DAYS[1]))
    lead.press("Add the action item")
    lead.told("The action item is added")
    lead.reads(TASK, "Science lead Fairhaven, due Wed, Dec 9, 2026")


def publishes(lead: Someone, meeting: Meeting) -> None:
    lead.open(meeting.get_absolute_url())
    lead.press("Publish the minutes")
    lead.told("The minutes are published for everyone who is registered or came.")
