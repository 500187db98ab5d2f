"""What is typed on the pages of a group, well and badly: each "no" is one sentence at its field."""

import pytest
from django.urls import reverse

from meetings.models import GroupLead, WorkingGroup
from registrations.groups.domain import joining
from registrations.models import GroupMembership
from tests.factories import NOW, a_coordinator, a_group, a_network, a_person, a_registration, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return a_group(a_network(published_at=NOW), lead=a_user().person, title="Materials")


@pytest.fixture
def lead(client, group):
    person = group.leads.get().person
    client.force_login(person.user)
    return person


def typed(lead, **changed):
    plain = {"description": "We read.", "meets": "Virtual", "joining": "open", "places": "15"}
    return {**plain, "leads": lead.primary_address, **changed}


def test_a_lead_says_what_the_group_does_and_names_a_second_lead(client, group, lead):
    second = a_person()
    addresses = f"{lead.primary_address}, {second.primary_address}"
    url = reverse("group_settings", args=[group.uid])
    client.post(url, typed(lead, leads=addresses, is_public="on", joining="by_request"))
    group.refresh_from_db()
    assert (group.description, group.joining, group.is_public) == ("We read.", "by_request", True)
    assert [row.person for row in group.leads.current()] == [lead, second]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"leads": ""}, "A group needs at least one lead. Name the next one first."),
        ({"leads": "nobody@example.org"}, "Nobody in our records has the e-mail address nobody@example.org."),
        ({"leads": "not an address"}, "isn&#x27;t an e-mail address"),
        ({"places": "-1"}, "Ensure this value is greater than or equal to 0."),
    ],
)
def test_settings_that_make_no_sense_are_said_at_their_field(client, group, lead, changed, sentence):
    page = client.post(reverse("group_settings", args=[group.uid]), typed(lead, **changed))
    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert "We read." in page.content.decode()
    assert (WorkingGroup.objects.get().description, GroupLead.objects.current().count()) == ("", 1)


def test_a_lead_can_not_change_the_topic_of_the_hours_but_staff_can(client, group, lead):
    url = reverse("group_settings", args=[group.uid])
    client.post(url, typed(lead, topic="Assessment", kind="hub"))
    group.refresh_from_db()
    assert (group.topic, group.kind, group.same_topic) == ("", "topic_group", True)
    client.force_login(a_coordinator().user)
    client.post(url, typed(lead, topic="Assessment", kind="hub"))
    group.refresh_from_db()
    assert (group.topic, group.kind, group.same_topic) == ("Assessment", "hub", False)


@pytest.mark.parametrize(
    ("parts", "done", "sentence"),
    [("5", "6", "There can&#x27;t be more parts done than parts."), ("0", "0", "parts")],
)
def test_more_parts_done_than_parts_is_refused(client, group, lead, parts, done, sentence):
    url = reverse("deliverable_new", args=[group.uid])
    page = client.post(url, {"title": "Sheet", "state": "in_work", "parts": parts, "done_parts": done})
    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert not group.deliverables.exists()


def test_what_is_done_has_all_its_parts_and_can_be_removed(client, group, lead):
    url = reverse("deliverable_new", args=[group.uid])
    client.post(url, {"title": "Sheet", "state": "done", "parts": "4", "done_parts": ""})
    row = group.deliverables.get()
    assert row.done_parts == 4
    client.post(reverse("deliverable_edit", args=[group.uid, row.uid]), {"remove": "yes"})
    assert not group.deliverables.exists()


def test_a_lead_adds_and_removes_by_address_and_says_why_not(client, group, lead):
    registration, stranger = a_registration(group.network), a_person()
    url = reverse("group_add", args=[group.uid])
    page = client.post(url, {"address": stranger.primary_address})
    assert "registered for" in page.content.decode()
    client.post(url, {"address": registration.person.primary_address})
    again = client.post(url, {"address": registration.person.primary_address})
    assert (again.status_code, "is already in this group" in again.content.decode()) == (422, True)
    away = reverse("group_member", args=[group.uid, registration.person.uid, "remove"])
    client.post(away)
    assert client.post(away).status_code == 404
    assert GroupMembership.objects.get().left_at is not None


def test_a_term_typed_as_nonsense_is_said(client, group, lead):
    person = a_registration(group.network).person
    joining.join(group, person, at=NOW)
    url = reverse("group_member", args=[group.uid, person.uid, "term"])
    page = client.post(url, {"term_ends": "someday"}, follow=True)
    assert "Type the last day of the term as a date." in page.content.decode()
    page = client.post(url, {"term_ends": "2020-01-01"}, follow=True)
    assert "A term can&#x27;t end before it starts." in page.content.decode()


def test_staff_hear_on_their_desk_that_a_group_lost_its_lead(client, group):
    lead = group.leads.get().person
    a_registration(group.network, lead)
    joining.join(group, lead, at=NOW)
    joining.leave(group, lead, at=NOW)
    client.force_login(a_coordinator().user)
    GroupLead.objects.update(until=NOW.date())
    group.network.meetings.all().delete()
    assert "group lost its lead: Materials" in client.get(reverse("staff")).content.decode()


def test_members_plan_nothing_and_strangers_see_nothing(client, group):
    member = a_user()
    a_registration(group.network, member.person)
    joining.join(group, member.person, at=NOW)
    names = ["group_meeting_new", "group_settings"]
    client.force_login(member)
    assert [client.get(reverse(name, args=[group.uid])).status_code for name in names] == [403, 403]
    client.force_login(a_user())
    assert [client.get(reverse(name, args=[group.uid])).status_code for name in names] == [404, 404]
