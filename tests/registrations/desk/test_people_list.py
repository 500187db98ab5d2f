"""The staff's list of people: quick choices, filters, tags, and acts on those who were ticked."""

import io
import re
from datetime import UTC, date, datetime

import openpyxl
import pytest
import time_machine
from django.urls import reverse

from partners.models import Subject
from registrations.attendance.domain import attendance, completing
from registrations.models import Document, Message, Registration, Seen
from registrations.seats.domain import groups
from stemnet.models import Job
from tests.factories import (
    NOW,
    SWEEP,
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
)
from tests.markup import tight

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2020, 12, 10, 12, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def staff(client):
    person = a_staff_member()
    client.force_login(person.user)
    return person


@pytest.fixture
def network():
    found = a_network(meetings=0)
    a_meeting(found, on=date(2020, 10, 14))
    a_meeting(found, on=date(2020, 12, 8))
    return found


def someone(network, last_name, *seen, **fields):
    """Register somebody, and mark them at the meetings in their order."""
    one = a_registration(network, a_person(first_name="Ana", last_name=last_name), **fields)
    for meeting, mark in zip(network.meetings.order_by("starts_at"), seen, strict=False):
        if mark:
            attendance.mark_attendance(
                registration=one, meeting=meeting, seen=mark, by=SWEEP, at=meeting.ends_at
            )
    return one


def html_of(client, network, **query):
    return client.get(reverse("staff_people", args=[network.slug]), query).content.decode()


def names(client, network, **query):
    return re.findall(r'<th scope="row"><a [^>]*>(\w+), Ana</a>', tight(html_of(client, network, **query)))


def tags(client, network, **query):
    html = tight(html_of(client, network, **query))
    return re.findall(r'<td class="people-note">(?:<span class="tag \w*">([^<]*)</span>)?</td>', html)


def ticked(client, network, act, /, *people, **typed):
    data = {"act": act, "who": [str(one.uid) for one in people], **typed}
    return client.post(reverse("staff_people_chosen", args=[network.slug]), data)


def hidden(response, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', tight(response.content.decode()))[1]


def confirm(client, network, act, page, /, **typed):
    data = {name: hidden(page, name) for name in ("rows", "key")} | typed
    return client.post(reverse("staff_people_act", args=[network.slug, act]), data, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_one_short_tag_says_what_is_unusual(client, staff, network):
    here, away = Seen.PRESENT, Seen.ABSENT
    someone(network, "Away", here, away)
    someone(network, "Best", here, here)
    someone(network, "Came", here, here, leader_name="The head")
    someone(network, "Never", away, away)
    late = someone(network, "Late")
    Registration.objects.filter(pk=late.pk).update(seated_at=datetime(2020, 12, 9, tzinfo=UTC))
    assert names(client, network) == ["Away", "Best", "Came", "Late", "Never"]
    assert tags(client, network) == ["missed Dec 8", "", "designee", "", "never came"]


def test_a_mail_that_came_back_is_said_before_anything_else(client, staff, network):
    one = someone(network, "Away", Seen.ABSENT, Seen.ABSENT)
    assert tags(client, network, show="came_back") == []
    one.person.emails.update(refused_at=NOW, refused_reason="No such mailbox")
    assert tags(client, network, show="came_back") == ["mail came back"]


def test_quick_choices_count_what_they_list(client, staff, network):
    group = a_group(network)
    inside = someone(network, "Inside", Seen.PRESENT, Seen.PRESENT)
    groups.choose_group(inside, group, at=NOW)
    someone(network, "Outside", Seen.PRESENT, Seen.ABSENT)
    html = tight(html_of(client, network))
    counted = re.findall(r'<a href="\?[^"]*"[^>]*>([\w ]+)<span class="tabular">(\d+)</span></a>', html)
    assert [(words.strip(), number) for words, number in counted] == [
        ("With a seat", "2"),
        ("Missed Dec 8", "1"),
        ("Without a group", "1"),
        ("Waiting", "0"),
        ("Mail came back", "0"),
        ("Left or removed", "0"),
    ]
    assert names(client, network, attendance="missed") == ["Outside"]
    assert names(client, network, group="none") == ["Outside"]
    assert names(client, network, group=str(group.uid)) == ["Inside"]
    assert names(client, network, attendance="never") == []
    assert names(client, network, evaluation="answered") == []
    assert names(client, network, evaluation="unanswered", attendance="short") == ["Inside", "Outside"]
    assert names(client, network, group="nonsense", sort="nonsense") == ["Inside", "Outside"]


def test_people_are_narrowed_by_what_they_care_about(client, staff, network):
    for name, code in (("Waves", "science"), ("Books", "literacy")):
        person = someone(network, name).person
        person.interests.create(subject=Subject.objects.get(code=code))
    assert names(client, network, interest="science") == ["Waves"]


def test_the_list_is_sorted_by_hours_both_ways(client, staff, network):
    someone(network, "Less", Seen.PRESENT)
    someone(network, "More", Seen.PRESENT, Seen.PRESENT)
    assert names(client, network, sort="hours") == ["Less", "More"]
    assert names(client, network, sort="-hours") == ["More", "Less"]


@pytest.mark.parametrize("order", ["name", "organization", "group", "hours"])
def test_the_list_asks_as_much_for_thirty_as_for_one(client, staff, order, django_assert_max_num_queries):
    html_of(client, a_network())
    counts = []
    for number in (1, 30):
        network = a_network(meetings=0)
        a_meeting(network, on=date(2020, 10, 14))
        group = a_group(network)
        for place in range(number):
            groups.choose_group(someone(network, f"N{place}", Seen.PRESENT), group, at=NOW)
        with django_assert_max_num_queries(40) as asked:
            html_of(client, network, sort=order)
        with django_assert_max_num_queries(40) as planned:
            ticked(client, network, "group", *network.registrations.all())
        counts.append((len(asked), len(planned)))
    assert counts[0] == counts[1]


def test_many_are_moved_to_a_group_after_a_confirmation(client, staff, network):
    old, new = a_group(network, title="Old"), a_group(network, title="New")
    people = [someone(network, name) for name in ("One", "Two")]
    groups.choose_group(people[0], old, at=NOW)
    page = ticked(client, network, "group", *people)
    assert [one.group_memberships.current().count() for one in people] == [1, 0]
    done = confirm(client, network, "group", page, group=str(new.uid))
    assert told(done) == ["2 people were moved."]
    now = [one.group_memberships.current().get().working_group for one in people]
    assert now == [new, new]
    assert people[0].changes.latest("pk").by == staff


def test_who_is_in_several_groups_is_then_in_the_one_alone(client, staff, network):
    network.groups_each = 2
    network.save()
    first, second = a_group(network, title="First"), a_group(network, title="Second")
    one = someone(network, "One")
    for group in (first, second):
        groups.enter_group(one, group, invited=True, at=NOW)
    page = ticked(client, network, "group", one)
    assert "First, Second" in page.content.decode()
    confirm(client, network, "group", page, group=str(first.uid))
    assert [m.working_group for m in one.group_memberships.current()] == [first]
    assert one.changes.latest("pk").reason == "group “First, Second” to “First”"


def test_a_confirmation_sent_twice_moves_once(client, staff, network):
    one, group = someone(network, "One"), a_group(network)
    page = ticked(client, network, "group", one)
    for _time in range(2):
        confirm(client, network, "group", page, group=str(group.uid))
    assert (Job.objects.count(), one.group_memberships.count()) == (1, 1)


def test_who_changed_meanwhile_is_left_out_and_named(client, staff, network):
    group = a_group(network, places=1)
    changed, left, fits, full = [someone(network, name) for name in ("Changed", "Left", "Fits", "Full")]
    page = ticked(client, network, "group", changed, left, fits, full)
    changed.person.first_name = "Anna"
    changed.person.save()
    Registration.objects.filter(pk=left.pk).update(status="removed")
    done = confirm(client, network, "group", page, group=str(group.uid))
    assert told(done) == [
        "1 person was moved.",
        "Anna Changed: Somebody else changed this while you had it open. "
        "Look at what's here now, and save again.",
        "Ana Full: This working group is full. Choose another one.",
        "Ana Left: has no seat and doesn't wait for one",
    ]
    assert fits.group_memberships.current().count() == 1


def test_a_group_has_to_be_chosen(client, staff, network):
    a_group(network)
    one = someone(network, "One")
    page = ticked(client, network, "group", one)
    refused = confirm(client, network, "group", page)
    assert (refused.status_code, "Choose a group, or none." in refused.content.decode()) == (422, True)
    assert str(one.person) in refused.content.decode()


def test_documents_are_issued_to_those_who_are_ready(client, staff):
    network = a_network(meetings=0, asks_evaluation=False)
    a_meeting(network, on=date(2020, 10, 14))
    ready, absent = someone(network, "Ready", Seen.PRESENT), someone(network, "Absent", Seen.ABSENT)
    meeting = network.meetings.get()
    completing.complete_attendance(meeting, by=SWEEP, at=meeting.ends_at)
    page = ticked(client, network, "issue", ready, absent)
    html = page.content.decode()
    assert ("1 person is left out" in html, "no attendance" in html) == (True, True)
    assert Document.objects.count() == 0
    done = confirm(client, network, "issue", page)
    assert told(done) == ["1 person has new documents. We're e-mailing them."]
    assert Document.objects.get().person == ready.person


def test_a_message_is_begun_to_those_who_were_ticked(client, staff, network):
    one, _two = someone(network, "One"), someone(network, "Two")
    begun = ticked(client, network, "write", one)
    message = Message.objects.get()
    assert begun.url == reverse("message", args=[message.uid])
    assert (message.audience, message.choice) == ("picked", {"rows": [str(one.uid)]})


def test_what_the_list_shows_is_exported(client, staff, network):
    one, two = someone(network, "One", Seen.PRESENT), someone(network, "Two")
    table = ticked(client, network, "export", one)
    rows = list(openpyxl.load_workbook(io.BytesIO(table.getvalue())).active.values)
    assert [(row[0], row[2], row[7]) for row in rows[1:]] == [("One", one.person.primary_address, 3)]
    every = ticked(client, network, "export", query="q=Two", everyone="1")
    rows = list(openpyxl.load_workbook(io.BytesIO(every.getvalue())).active.values)
    assert [row[2] for row in rows[1:]] == [two.person.primary_address]


def test_nobody_chosen_and_what_cannot_be_read_are_one_sentence(client, staff, network):
    none = ticked(client, network, "group", query="q=x")
    assert none.url == reverse("staff_people", args=[network.slug]) + "?q=x"
    assert told(client.get(none.url)) == ["Choose at least one person first."]
    other = someone(a_network(), "Other")
    assert ticked(client, network, "group", other).status_code == 302
    bad = client.post(
        reverse("staff_people_act", args=[network.slug, "group"]), {"rows": "x", "key": "y"}, follow=True
    )
    assert "Choose the people once more: we couldn't read who was chosen." in told(bad)
    assert ticked(client, network, "nonsense", someone(network, "One")).status_code == 404


def test_going_back_and_choosing_another_group_moves_people_there_or_says_why_not(client, staff, network):
    one = someone(network, "Ash")
    first, second = a_group(network, title="First"), a_group(network, title="Second")
    page = ticked(client, network, "group", one)
    assert told(confirm(client, network, "group", page, group=str(first.uid))) == ["1 person was moved."]
    assert told(confirm(client, network, "group", page, group=str(first.uid))) == ["1 person was moved."]
    (said,) = told(confirm(client, network, "group", page, group=str(second.uid)))
    assert said.startswith(f"{one.person}: ")


def test_the_key_of_another_job_is_no_key(client, staff, network):
    one = someone(network, "Ash")
    other = Job.objects.create(kind="registrations.message", created_at=NOW, finished_at=NOW)
    page = ticked(client, network, "group", one)
    group = a_group(network)
    done = confirm(client, network, "group", page, group=str(group.uid), key=str(other.uid))
    assert told(done) == ["1 person was moved."]


def test_an_act_that_stopped_is_never_said_to_be_done(client, staff, network):
    group = a_group(network)
    page = ticked(client, network, "group", someone(network, "Ash"))
    confirm(client, network, "group", page, group=str(group.uid))
    Job.objects.update(state="failed", error="The portal's disk is full.")
    again = confirm(client, network, "group", page, group=str(group.uid))
    assert told(again) == ["The portal's disk is full."]
