"""The printed sign-in sheet: a QR in each line, and a page to type all lines in at once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from registrations.attendance.domain import sheet
from registrations.attendance.exceptions import LinesRefused
from registrations.models import Attendance, Evidence, Seen, Source
from tests.factories import SWEEP, a_meeting, a_network, a_person, a_registration, a_staff_member
from tests.registrations.attendance.test_attendance import mark, wall

pytestmark = pytest.mark.django_db
NOON = datetime(2020, 10, 14, 17, tzinfo=UTC)


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0, seats=60))


@pytest.fixture
def people(meeting):
    return [a_registration(meeting.network, a_person(last_name=name)) for name in ("Abe", "Bell", "Cruz")]


@pytest.fixture
def staff(client):
    person = a_staff_member(first_name="Anna", last_name="Desk")
    client.force_login(person.user)
    with time_machine.travel(NOON, tick=False):
        yield person


def typing(meeting):
    return reverse("staff_sheet_type", args=[meeting.uid])


def line(registration, here=True, **fields):
    ticked = {f"here-{registration.uid}": "on"} if here else {}
    return ticked | {f"{name}-{registration.uid}": value for name, value in fields.items()}


def times(registration):
    found = Evidence.objects.standing().get(registration=registration)
    return found.source, found.arrived_at, found.left_at


def test_all_lines_are_saved_at_once_and_empty_ones_say_nothing(client, staff, meeting, people):
    abe, bell, cruz = people
    sent = {**line(abe), **line(bell, here=False, **{"in": "905", "out": "10.45a"})}
    assert client.post(typing(meeting), sent).url == typing(meeting)
    assert times(abe) == (Source.SHEET, meeting.starts_at, meeting.ends_at)
    assert times(bell) == (Source.SHEET, wall(meeting, 9, 5), wall(meeting, 10, 45))
    assert not Evidence.objects.filter(registration=cruz).exists()
    assert Attendance.objects.get(registration=bell).how_known == "typed in from the sign-in sheet"


def test_one_wrong_line_saves_none_and_keeps_everything(client, staff, meeting, people):
    abe, bell, _cruz = people
    sent = {**line(abe, **{"in": "9:20"}), **line(bell, **{"in": "late", "out": "11"})}
    answer = client.post(typing(meeting), sent)
    text = answer.content.decode()
    assert (answer.status_code, Evidence.objects.count()) == (422, 0)
    assert "1 line needs another look" in text
    assert all(f'value="{value}"' in text for value in ("9:20", "late", "11"))
    assert "Type a time like" in text.partition(f'id="error-{bell.uid}"')[2][:200]
    assert f'id="error-{abe.uid}"' not in text


def test_times_out_of_order_or_outside_are_said_at_their_line(client, staff, meeting, people):
    abe, bell, _cruz = people
    sent = {**line(abe, **{"in": "11", "out": "10"}), **line(bell, **{"in": "6p"})}
    text = client.post(typing(meeting), sent).content.decode()
    found = re.findall(r'id="error-([^"]+)">\s*([^<\n]+)', text)
    assert [(key, words.strip()) for key, words in found] == [
        (str(abe.uid), "The time left can&#x27;t be before the time arrived."),
        (str(bell.uid), "These times are outside the meeting."),
    ]


def test_a_mark_that_stands_is_shown_and_changed_only_for_a_reason(client, staff, meeting, people):
    abe, bell, cruz = people
    mark(abe, meeting, arrived=wall(meeting, 9, 30), by=a_staff_member())
    mark(bell, meeting, seen=Seen.ABSENT, by=a_staff_member())
    text = client.get(typing(meeting)).content.decode()
    assert ('value="9:30 a.m."' in text, "Absent." in text) == (True, True)
    sent = {**line(abe, was="1", **{"in": "9:30"}), **line(bell), **line(cruz)}
    refused = client.post(typing(meeting), sent)
    assert (refused.status_code, Evidence.objects.count()) == (422, 2)
    assert "give a reason" in refused.content.decode()
    client.post(typing(meeting), {**sent, **line(bell, why="Signed on paper")})
    assert [times(one)[0] for one in people] == [Source.STAFF, Source.SHEET, Source.SHEET]


def test_a_mark_is_not_removed_by_an_empty_line(client, staff, meeting, people):
    mark(people[0], meeting, by=a_staff_member())
    answer = client.post(typing(meeting), line(people[0], here=False, was="1"))
    assert (answer.status_code, "Remove the mark on the desk" in answer.content.decode()) == (422, True)
    assert times(people[0])[0] == Source.STAFF


def test_gaps_and_presenting_stay_where_the_times_are_corrected(meeting, people):
    away = [(wall(meeting, 10), wall(meeting, 10, 30)), (wall(meeting, 11), wall(meeting, 11, 30))]
    mark(people[0], meeting, away=away, presenting=True)
    new = sheet.Line(registration=people[0], left=wall(meeting, 11, 15), reason="Signed")
    sheet.type_in(meeting=meeting, lines=[new], by=SWEEP, at=NOON)
    found = Evidence.objects.standing().get()
    assert (found.presenting, len(found.away), found.left_at) == (True, 1, wall(meeting, 11, 15))


def test_a_batch_is_undone_whole_and_what_stood_before_stands_again(client, staff, meeting, people):
    abe, bell, _cruz = people
    mark(abe, meeting, arrived=wall(meeting, 10), by=a_staff_member())
    client.post(typing(meeting), {**line(abe, was="1", why="Paper", **{"in": "9:15"}), **line(bell)})
    page = client.get(typing(meeting)).content.decode()
    assert "Anna Desk typed in 2 lines" in page
    batch = Evidence.objects.standing().filter(source=Source.SHEET).first().batch
    client.post(reverse("staff_sheet_undo", args=[meeting.uid, batch]))
    assert times(abe) == (Source.STAFF, wall(meeting, 10), meeting.ends_at)
    assert (Evidence.objects.standing().count(), Attendance.objects.count()) == (1, 1)
    assert Evidence.objects.filter(taken_back_reason="sign-in sheet, undone").count() == 2


def test_nobody_types_in_their_own_line(client, staff, meeting, people):
    own = a_registration(meeting.network, staff)
    text = client.get(typing(meeting)).content.decode()
    assert (f'name="here-{own.uid}"' in text, "somebody else has to mark you" in text) == (False, True)
    client.post(typing(meeting), line(own))
    with pytest.raises(LinesRefused):
        sheet.type_in(meeting=meeting, lines=[sheet.Line(registration=own)], by=staff, at=NOON)
    assert Evidence.objects.count() == 0


def test_thirty_lines_ask_as_much_as_one(client, staff, django_assert_max_num_queries):
    counts = []
    for number in (1, 1, 30):
        meeting = a_meeting(a_network(meetings=0, seats=60))
        rows = [a_registration(meeting.network) for _ in range(number)]
        sent = {name: value for one in rows for name, value in line(one).items()}
        with django_assert_max_num_queries(60) as asked:
            client.post(typing(meeting), sent)
            client.get(typing(meeting))
        assert Attendance.objects.filter(meeting=meeting).count() == number
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_the_code_in_a_line_opens_that_person_at_the_desk(client, staff, meeting, people):
    address = reverse("sheet_line", args=[meeting.pk, people[1].door_code])
    desk = reverse("staff_meeting", args=[meeting.uid], query={"open": people[1].uid})
    assert client.get(address).url == f"{desk}#row-{people[1].uid}"
    elsewhere = a_registration(a_network(meetings=1))
    assert client.get(reverse("sheet_line", args=[meeting.pk, elsewhere.door_code])).status_code == 404


def test_a_mark_that_somebody_removed_meanwhile_comes_back_only_on_purpose(client, staff, meeting, people):
    abe = people[0]
    client.post(typing(meeting), line(abe))
    sheet.undo(meeting=meeting, batch=Evidence.objects.get().batch, by=staff, at=NOON)
    sent = line(abe, was="1")
    answer = client.post(typing(meeting), sent)
    text = answer.content.decode()
    assert (answer.status_code, Evidence.objects.standing().count()) == (422, 0)
    assert "Somebody has removed this person&#x27;s mark." in text
    assert f'name="was-{abe.uid}"' not in text
    client.post(typing(meeting), line(abe))
    assert Evidence.objects.standing().count() == 1
    assert client.post(typing(meeting), line(people[1], here=False, was="1")).status_code == 302


def test_a_mark_with_seconds_stands_where_its_line_was_left_as_it_is(client, staff, meeting, people):
    abe, left = people[0], wall(meeting, 10, 1) + timedelta(seconds=23)
    mark(abe, meeting, left=left)
    shown = re.search(
        rf'name="out-{abe.uid}"\s+value="([^"]+)"', client.get(typing(meeting)).content.decode()
    )
    assert client.post(typing(meeting), line(abe, was="1", out=shown[1])).status_code == 302
    assert times(abe)[2] == left


def test_who_is_on_the_sheet_no_longer_is_said(client, staff, meeting, people):
    abe, bell, _cruz = people
    abe.status = "withdrawn"
    abe.save()
    answer = client.post(typing(meeting), {**line(abe), **line(bell)}, follow=True)
    assert "1 line wasn&#x27;t saved: that person isn&#x27;t on this page" in answer.content.decode()
