"""A group's own meetings: planned by its lead on any day, told, in calendars, reminded of, and credited."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.groups.domain import own_meetings, teams
from meetings.models import Meeting, MeetingChange, WorkingGroup, meeting_roles
from meetings.planning.exceptions import MovingRefused, WallTimeRefused
from registrations.attendance.domain import attendance
from registrations.groups.domain import joining
from registrations.models import Attendance
from registrations.seats.calendars import person_calendar
from registrations.seats.domain import reminding
from stemnet.models import Mail, MailClass
from tests.factories import (
    NOW,
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
    a_user,
)

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/ours"
START = datetime(2020, 10, 20, 19, 30, tzinfo=UTC)  # 3:30 p.m. EDT
DAY = timedelta(days=1)


def values(**changed):
    plain = {
        "on": date(2020, 10, 20),
        "start_time": time(15, 30),
        "end_time": time(17),
        "zone": "America/New_York",
        "modality": "online",
        "venue": "",
        "address": "",
        "room": "",
        "join_url": LINK,
    }
    return {**plain, **changed}


def planned(group, by, **changed):
    return own_meetings.plan_meeting(group, title="Anchor tasks", values=values(**changed), by=by, at=NOW)


@pytest.fixture
def lead():
    return a_user().person


@pytest.fixture
def group(lead):
    return a_group(a_network(meetings=0, published_at=NOW), lead=lead, title="Materials")


def a_member(group):
    registration = a_registration(group.network)
    joining.join(group, registration.person, at=NOW)
    return registration


def a_team(lead):
    team = a_group(None, kind="advisory_team", title="Advisors", lead=lead)
    member = a_user().person
    teams.join_team(team, person=member, on=NOW.date())
    return team, member


def told(**about):
    found = Mail.objects.filter(template="mail/registrations/meetings_changed", **about)
    return sorted(found.values_list("recipient", "subject"))


def test_members_and_leads_hear_of_a_new_meeting_and_nobody_else(group, lead):
    member = a_member(group)
    a_registration(group.network)
    planned(group, lead)
    subject = f"New meeting: Anchor tasks, {group.network}"
    wanted = sorted((f"person:{one.uid}", subject) for one in (member.person, lead))
    assert told() == wanted


def test_the_meeting_stands_in_the_calendar_of_members_and_leads(group, lead):
    member, outside = a_member(group), a_registration(group.network)
    planned(group, lead)
    texts = [person_calendar(one, NOW) for one in (member.person, lead, outside.person)]
    assert ["Anchor tasks" in text for text in texts] == [True, True, False]
    assert [LINK in text for text in texts] == [True, True, False]
    assert [text.count("STATUS:CONFIRMED") for text in texts] == [1, 1, 0]


def test_members_and_leads_are_reminded(group, lead):
    member = a_member(group)
    planned(group, lead)
    reminding.sweep_reminders(at=START - DAY)
    reminding.sweep_reminders(at=START - DAY)
    reminders = Mail.objects.queued().filter(mail_class=MailClass.REMINDER)
    assert sorted(reminders.values_list("recipient", flat=True)) == sorted(
        f"person:{one.uid}" for one in (member.person, lead)
    )


def test_a_moved_meeting_is_told_with_its_old_time_in_one_mail(group, lead):
    member = a_member(group)
    meeting = planned(group, lead)
    Mail.objects.all().delete()
    own_meetings.change_meeting(
        meeting,
        title="Anchor tasks",
        values=values(start_time=time(16), modality="in_person", venue="Dartmouth", join_url=""),
        by=lead,
        at=NOW + DAY,
    )
    changes = MeetingChange.objects.filter(meeting=meeting).exclude(what="added")
    assert [(one.what, one.after["venue"]) for one in changes] == [("rescheduled", "Dartmouth")]
    assert len(told(recipient=f"person:{member.person.uid}")) == 1
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.join_url) == (START + timedelta(minutes=30), "")


def test_another_title_alone_is_told_to_nobody(group, lead):
    a_member(group)
    meeting = planned(group, lead)
    Mail.objects.all().delete()
    own_meetings.change_meeting(meeting, title="Tasks", values=values(), by=lead, at=NOW)
    assert (Meeting.objects.get().title, told()) == ("Tasks", [])


def test_a_cancelled_meeting_is_told_once(group, lead):
    a_member(group)
    meeting = planned(group, lead)
    Mail.objects.all().delete()
    own_meetings.cancel_meeting(meeting, reason="Snow", by=lead, at=NOW)
    meeting.refresh_from_db()
    with pytest.raises(MovingRefused, match="Anchor tasks was already cancelled"):
        own_meetings.cancel_meeting(meeting, reason="Snow", by=lead, at=NOW)
    assert len(told()) == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"on": date(2021, 3, 14), "start_time": time(2, 30)}, "02:30 doesn't exist that day"),
        ({"on": date(2020, 11, 1), "start_time": time(1, 30)}, "01:30 comes twice that day"),
        ({"on": date(2020, 9, 1)}, "That time has passed"),
        ({"zone": "America/Dartmouth"}, "isn't a time zone we know"),
    ],
)
def test_a_time_that_does_not_exist_is_refused_and_nothing_is_written(group, lead, changed, sentence):
    with pytest.raises(WallTimeRefused, match=sentence):
        planned(group, lead, **changed)
    assert not Meeting.objects.exists()


def test_hours_of_an_own_meeting_count_like_any_other(group, lead):
    member = a_member(group)
    meeting = planned(group, lead)
    attendance.mark_attendance(
        registration=member, meeting=meeting, seen="present", source="lead", by=lead, at=meeting.ends_at
    )
    counted = Attendance.objects.get()
    assert (counted.minutes_counted, counted.minutes_other_topic) == (90, 0)


def test_hours_on_a_topic_of_its_own_are_kept_apart(lead):
    group = a_group(a_network(meetings=0, published_at=NOW), lead=lead, same_topic=False, topic="Assessment")
    member = a_member(group)
    meeting = planned(group, lead)
    attendance.mark_attendance(
        registration=member, meeting=meeting, seen="present", source="lead", by=lead, at=meeting.ends_at
    )
    counted = Attendance.objects.get()
    assert (counted.minutes_counted, counted.minutes_other_topic) == (0, 90)


def test_a_team_meets_without_a_network(lead):
    team, member = a_team(lead)
    meeting = planned(team, lead)
    assert [one for one, _subject in told()] == sorted(f"person:{one.uid}" for one in (member, lead))
    reminding.sweep_reminders(at=START - DAY)
    reminding.sweep_reminders(at=START - DAY)
    assert Mail.objects.queued().filter(mail_class=MailClass.REMINDER).count() == 2
    text = person_calendar(member, NOW)
    assert (text.count("STATUS:CONFIRMED"), LINK in text) == (1, True)
    seen = [Meeting.objects.visible_to(one).filter(pk=meeting.pk).exists() for one in (member, a_person())]
    assert seen == [True, False]


def test_only_a_public_group_shows_its_own_meetings_to_everyone(client, group, lead):
    member, outside = a_member(group), a_registration(group.network)
    meeting = planned(group, lead)
    people = [None, outside.person, member.person, lead]

    def seen():
        return [meeting_roles.visible_to(one).filter(pk=meeting.pk).exists() for one in people]

    assert seen() == [False, False, True, True]
    assert client.get(reverse("meeting", args=[meeting.uid])).status_code == 404
    WorkingGroup.objects.update(is_public=True)
    assert seen() == [True] * 4


def test_whoever_left_a_team_is_reminded_no_more(lead):
    team, member = a_team(lead)
    planned(team, lead)
    reminding.sweep_reminders(at=START - DAY)
    joining.leave(team, member, at=START - DAY)
    waiting = Mail.objects.queued().filter(mail_class=MailClass.REMINDER)
    assert list(waiting.values_list("recipient", flat=True)) == [f"person:{lead.uid}"]
    assert "Anchor tasks" not in person_calendar(member, NOW)


def test_a_saved_network_leaves_the_own_meetings_of_its_groups_alone(group, lead):
    meeting = planned(group, lead)
    slot = a_meeting(group.network, working_group=group)
    assert (meeting.in_slot, slot.in_slot) == (False, True)


def test_a_form_that_was_typed_wrongly_keeps_what_was_typed(client, group, lead):
    client.force_login(lead.user)
    url = reverse("group_meeting_new", args=[group.uid])
    typed = {**values(), "title": "Anchor tasks", "on": "2099-03-08", "start_time": "02:30"}
    page = client.post(url, typed)
    html = page.content.decode()
    assert (page.status_code, "02:30 doesn&#x27;t exist that day" in html) == (422, True)
    assert 'value="Anchor tasks"' in html


def test_a_meeting_that_is_planned_twice_at_once_is_one_and_told_once(client, group, lead):
    a_member(group)
    client.force_login(lead.user)
    url = reverse("group_meeting_new", args=[group.uid])
    typed = {**values(on="2099-03-05"), "title": "Anchor tasks"}
    first = client.post(url, typed)
    told = Mail.objects.count()
    again = client.post(url, typed)
    assert (first.status_code, again.status_code, group.meetings.count()) == (302, 302, 1)
    assert (told > 0, Mail.objects.count()) == (True, told)


@pytest.mark.parametrize(("state", "done"), [("in_work", 2), ("done", 5)])
def test_what_a_group_makes_is_written_once_where_its_form_is_sent_twice(client, group, lead, state, done):
    client.force_login(lead.user)
    typed = {"title": "Five tasks", "state": state, "parts": "5", "done_parts": "2"}
    url = reverse("deliverable_new", args=[group.uid])
    assert [client.post(url, typed).status_code for _time in range(2)] == [302, 302]
    assert list(group.deliverables.values_list("done_parts", flat=True)) == [done]


def test_the_form_of_a_cancelled_meeting_says_that_another_day_plans_it_again(client, group, lead):
    meeting = planned(group, lead)
    own_meetings.cancel_meeting(meeting, reason="", by=lead, at=NOW)
    client.force_login(lead.user)
    page = client.get(reverse("group_meeting_edit", args=[group.uid, meeting.uid])).content.decode()
    assert "This meeting is cancelled. To plan it again, choose another date or time" in page


@pytest.mark.parametrize("is_team", [False, True])
def test_the_list_of_action_items_names_no_group_to_whoever_is_not_of_it(client, lead, is_team):
    if is_team:
        inside, (group, member) = lead, a_team(lead)
    else:
        group = a_group(a_network(meetings=0, published_at=NOW), lead=lead, title="Advisors")
        inside, member = lead, a_user().person
        joining.join(group, a_registration(group.network, member).person, at=NOW)
        planned(group, lead)
    address = f"{reverse('action_items')}?group={group.uid}"
    shown = []
    for person in (inside, member, a_staff_member(), a_user().person):
        client.force_login(person.user)
        shown.append(client.get(address).status_code)
    assert shown == [200, 200, 200, 404]


def test_a_reason_that_is_too_long_cancels_nothing_and_is_said(client, group, lead):
    meeting = planned(group, lead)
    client.force_login(lead.user)
    url = reverse("group_meeting_cancel", args=[group.uid, meeting.uid])
    page = client.post(url, {"reason": "x" * 301})
    meeting.refresh_from_db()
    html = page.content.decode()
    assert (page.status_code, meeting.is_cancelled) == (422, False)
    assert "has at most 300 characters (it has 301)" in html and 'value="Anchor tasks"' in html


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_that_no_calendar_shows_is_refused_at_its_form(client, group, lead, day):
    meeting = planned(group, lead)
    client.force_login(lead.user)
    typed = {**values(), "title": "Anchor tasks", "on": day}
    urls = [reverse("group_meeting_new", args=[group.uid])]
    urls.append(reverse("group_meeting_edit", args=[group.uid, meeting.uid]))
    for url in urls:
        page = client.post(url, typed)
        html = page.content.decode()
        assert (page.status_code, f"{day} is too far off to be a real date." in html) == (422, True)
    assert list(group.meetings.values_list("on", flat=True)) == [meeting.on]


@pytest.mark.parametrize(
    ("before", "shown", "changed"),
    [
        (3 * DAY, False, {}),
        (DAY, True, {}),
        (timedelta(hours=-1), True, {}),
        (DAY, False, {"modality": "in_person", "venue": "Library"}),
    ],
)
def test_the_page_shows_the_link_to_join_from_the_day_before(client, group, lead, before, shown, changed):
    person = a_user().person
    joining.join(group, a_registration(group.network, person).person, at=NOW)
    planned(group, lead, **changed)
    for one in (person, lead):
        with time_machine.travel(START - before, tick=False):
            client.force_login(one.user)
            html = client.get(group.get_absolute_url()).content.decode()
        assert (LINK in html) == shown
        later = "The link to join appears here the day before." in html
        assert later == (not shown and not changed)


def test_the_page_keeps_the_link_to_join_from_whoever_waits_for_a_seat(client, lead):
    network = a_network(meetings=0, published_at=NOW, seats=1)
    group, person = a_group(network, lead=lead), a_user().person
    a_registration(network)
    joining.join(group, a_registration(network, person).person, at=NOW)
    planned(group, lead)
    with time_machine.travel(START - DAY, tick=False):
        client.force_login(person.user)
        assert LINK not in client.get(group.get_absolute_url()).content.decode()


def test_the_page_asks_as_much_for_thirty_as_for_one(client, django_assert_num_queries):
    group = a_group(a_network(meetings=0, seats=60), lead=a_user().person)

    def more(number):
        a_member(group)
        a_meeting(group.network, working_group=group, on=date(2020, 10, 1) + DAY * number)
        a_meeting(group.network, working_group=group, on=date(2099, 10, 1) + DAY * number)
        group.deliverables.create(title=f"Thing {number}", owner=group.leads.get().person)
        group.requests.create(person=a_person(), asked_at=NOW)

    client.force_login(group.leads.get().person.user)
    more(0)
    for url in (group.get_absolute_url(), reverse("group_members", args=[group.uid])):
        client.get(url)
        with CaptureQueriesContext(connection) as one:
            client.get(url)
        assert len(one) <= 26
    page = group.get_absolute_url()
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for number in range(1, 30):
        more(number)
    with django_assert_num_queries(len(one)):
        assert "30 members" in client.get(page).content.decode()


def test_staff_see_every_team_and_run_groups_of_networks_only(client):
    staff, team = a_staff_member(), a_group(None, kind="local_team")
    client.force_login(staff.user)
    assert client.get(team.get_absolute_url()).status_code == 200
    assert client.get(reverse("group_settings", args=[team.uid])).status_code == 403
    group = a_group(a_network())
    assert client.get(reverse("group_settings", args=[group.uid])).status_code == 200
