"""Writing an agenda in the browser: what is added, moved, copied and refused, and what readers then see."""

import re
from datetime import time, timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from meetings.models import Meeting
from partners.models import Standard
from tests.factories import (
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
    a_user,
    an_agenda_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


@pytest.fixture
def staff(client, meeting):
    """Whoever works for the network, in the week before the meeting."""
    client.force_login(a_staff_member().user)
    with time_machine.travel(meeting.starts_at - timedelta(days=7), tick=False):
        yield client


def text_of(response):
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def send(client, meeting, name, **typed):
    return client.post(reverse(name, args=[meeting.uid]), typed, follow=True)


def typed(**fields):
    return {"kind": "talk", "minutes": "40", "title": "Talk", "uid": str(uuid4()), "breaks": "0", **fields}


def titles(meeting):
    return list(meeting.agenda_items.values_list("title", flat=True))


def test_an_item_that_is_sent_twice_is_added_once(staff, meeting):
    form = typed(presenter_name="Science faculty, UMass Dartmouth")
    for _time in range(2):
        page = send(staff, meeting, "agenda_add", **form)
    assert "9:00 a.m. Talk Science faculty, UMass Dartmouth 40 min" in text_of(page)
    assert titles(meeting) == ["Talk"]


def test_what_people_do_is_said_where_they_dont_just_listen(staff, meeting):
    send(staff, meeting, "agenda_add", **typed(kind="groups", title="One task", note="By grade band"))
    assert "One task Work in groups: By grade band 40 min" in text_of(staff.get(meeting.get_absolute_url()))


def test_a_break_is_added_with_its_time(staff, meeting):
    an_agenda_item(meeting, minutes=55)
    page = send(staff, meeting, "agenda_add", **typed(kind="break", title="", minutes="10"))
    assert "9:55 a.m. Break 10 min" in text_of(page)
    assert list(meeting.breaks.values_list("start_time", "minutes")) == [(time(9, 55), 10)]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"minutes": "0"}, "Type a whole number of minutes, from 1 to 720."),
        ({"minutes": "5000"}, "Type a whole number of minutes, from 1 to 720."),
        ({"minutes": ""}, "Type a whole number of minutes, from 1 to 720."),
        ({"title": " "}, "Say what this item is about."),
        ({"presenter": "nobody@example.org"}, "Nobody here has this e-mail address."),
        ({"kind": "break", "minutes": "200"}, "is outside “Opening meeting”."),
    ],
)
def test_what_cant_be_added_is_said_and_what_was_typed_stays(staff, meeting, wrong, sentence):
    page = send(staff, meeting, "agenda_add", **{**typed(note="Bring a unit"), **wrong})
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert 'value="Bring a unit"' in page.content.decode()
    assert titles(meeting) == []


def test_lines_are_moved_by_buttons_and_one_removed_meanwhile_is_said(staff, meeting):
    one, two = an_agenda_item(meeting, title="One"), an_agenda_item(meeting, title="Two")
    send(staff, meeting, "agenda_move", line=f"item-{two.uid}", before=f"item-{one.uid}")
    assert titles(meeting) == ["Two", "One"]
    send(staff, meeting, "agenda_remove", line=f"item-{one.uid}")
    page = send(staff, meeting, "agenda_move", line=f"item-{two.uid}", before=f"item-{one.uid}")
    assert "Somebody else removed this while you had it open." in page.content.decode()
    assert titles(meeting) == ["Two"]


def test_an_agenda_longer_than_the_meeting_says_so_to_those_who_write_it(staff, meeting):
    an_agenda_item(meeting, minutes=205)
    sentence = "This agenda is 25 minutes longer than the meeting."
    assert sentence in text_of(staff.get(reverse("meeting_agenda", args=[meeting.uid])))
    assert sentence in text_of(staff.get(meeting.get_absolute_url()))
    staff.logout()
    assert sentence not in text_of(staff.get(meeting.get_absolute_url()))


def test_an_agenda_is_copied_from_another_meeting(staff, meeting):
    other = a_meeting(meeting.network, on=meeting.on - timedelta(days=28))
    an_agenda_item(other, title="Welcome")
    page = send(staff, meeting, "agenda_copy", source=str(other.uid))
    assert "The agenda is copied." in page.content.decode()
    assert titles(meeting) == ["Welcome"]
    again = send(staff, meeting, "agenda_copy", source=str(other.uid))
    assert again.status_code == 422
    assert titles(meeting) == ["Welcome"]


def test_a_change_by_somebody_else_is_shown_and_the_second_press_saves(staff, meeting):
    item = an_agenda_item(meeting, title="Talk on waves", edition=2)
    address = reverse("agenda_item", args=[meeting.uid, item.uid])
    mine = typed(title="Talk on light", edition="1")
    refused = staff.post(address, mine)
    assert refused.status_code == 422
    assert "Somebody else changed this item while you had it open: “Talk on waves”" in text_of(refused)
    assert 'value="Talk on light"' in refused.content.decode()
    edition = re.search(r'name="edition" value="(\d+)"', refused.content.decode())[1]
    staff.post(address, {**mine, "edition": edition})
    assert titles(meeting) == ["Talk on light"]


def test_the_length_of_a_break_is_changed_and_nonsense_is_refused(staff, meeting):
    send(staff, meeting, "agenda_add", **typed(kind="break", minutes="10"))
    line = f"break-{meeting.breaks.get().pk}"
    page = send(staff, meeting, "agenda_break", line=line, minutes="x")
    assert "Type a whole number of minutes" in page.content.decode()
    send(staff, meeting, "agenda_break", line=line, minutes="20")
    assert meeting.breaks.get().minutes == 20


def test_the_agenda_of_a_meeting_that_is_over_is_only_read(client, meeting):
    an_agenda_item(meeting, title="Welcome")
    client.force_login(a_staff_member().user)
    with time_machine.travel(meeting.ends_at + timedelta(days=1), tick=False):
        page = client.get(reverse("meeting_agenda", args=[meeting.uid]))
        refused = client.post(reverse("agenda_add", args=[meeting.uid]), typed())
    assert "This meeting is over, so its agenda stays as it was." in text_of(page)
    assert "Add at the end" not in text_of(page)
    assert refused.status_code == 422
    assert titles(meeting) == ["Welcome"]


def test_the_lead_of_a_group_writes_the_agenda_of_its_meetings_only(client, meeting):
    lead = a_user().person
    group = a_group(meeting.network, lead=lead)
    own = a_meeting(meeting.network, working_group=group, title="Group")
    client.force_login(lead.user)
    answers = [client.get(reverse("meeting_agenda", args=[one.uid])).status_code for one in (own, meeting)]
    assert answers == [200, 404]


def test_a_person_who_presents_is_named_to_those_of_the_meeting_alone(client, meeting):
    speaker = a_person(first_name="Science lead", last_name="Wareham")
    an_agenda_item(meeting, title="Talk", presenter=speaker, presenter_name="Department chair, New Bedford")
    seated = a_registration(meeting.network, a_user().person).person
    with time_machine.travel(meeting.starts_at - timedelta(days=2), tick=False):
        public = text_of(client.get(meeting.get_absolute_url()))
        client.force_login(seated.user)
        among = text_of(client.get(meeting.get_absolute_url()))
    assert ("Department chair" in public, "Wareham" in public) == (True, False)
    assert "Science lead Wareham and Department chair, New Bedford" in among


def test_words_around_the_agenda_are_saved_and_shown(staff, meeting):
    send(staff, meeting, "meeting_about", aim="One task rewritten.", arrival="Lot B.")
    Meeting.objects.update(venue="Marlborough", address="100 Example Street")
    page = staff.get(meeting.get_absolute_url())
    assert "One task rewritten." in text_of(page)
    assert "Parking, entrance, elevator Lot B." in text_of(page)
    assert "query=Marlborough%2C+100+Example+Street" in page.content.decode()


def test_staff_say_what_a_meeting_alone_is_about(staff, meeting):
    one, other = Standard.objects.filter(code__in=["HS-PS3-1", "HS-PS3-2"]).order_by("code")
    meeting.standards.add(other)
    refused = send(staff, meeting, "meeting_about", subjects=["science"], standards="HS-PS3-1, XX-9")
    assert "We don't know the standard “XX-9”." in text_of(refused)
    assert 'value="HS-PS3-1, XX-9"' in refused.content.decode()
    send(staff, meeting, "meeting_about", subjects=["science"], standards="HS-PS3-1")
    assert (list(meeting.standards.all()), meeting.subjects.get().code) == ([one], "science")
    assert "HS-PS3-1" in text_of(staff.get(meeting.get_absolute_url()))
    assert 'value="HS-PS3-1"' in staff.get(reverse("meeting_agenda", args=[meeting.uid])).content.decode()


def test_a_meeting_is_a_calendar_of_its_own_without_the_link_to_join(client, meeting):
    Meeting.objects.update(modality="online", join_url="https://meet.example.org/this")
    answer = client.get(reverse("meeting_calendar", args=[meeting.uid]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert f"UID:{meeting.uid}@" in text
    assert "meet.example.org" not in text
