"""Asking to be told when a place in the room, or online, is free."""

from datetime import timedelta

import pytest
from django.urls import reverse

from registrations.models import PlaceWish
from registrations.seats.domain import place_wishes, ways, withdrawing
from registrations.seats.exceptions import WayRefused
from stemnet.models import Mail
from tests.factories import NOW, a_coordinator, a_person, a_registration, a_user
from tests.registrations.seats.test_ways import chosen, hybrid, register

pytestmark = pytest.mark.django_db


def told():
    """The addresses of those who were told, in the order of their mails."""
    mails = Mail.objects.filter(template__endswith="/place_free").order_by("pk")
    return list(mails.values_list("address", flat=True))


def full_room(number=2):
    """A meeting whose one place in the room is taken, by whom, and ``number`` who asked to be told."""
    meeting = hybrid(room=1)
    first = a_registration(meeting.network)
    ways.choose_way(first, meeting, "room", at=NOW)
    others = [a_registration(meeting.network) for _each in range(number)]
    for one in others:
        ways.choose_way(one, meeting, "online", at=NOW)
        place_wishes.ask(one, meeting, "room", at=NOW)
    return meeting, first, others


def addresses(*registrations):
    return [one.person.primary_address for one in registrations]


@pytest.mark.parametrize("freed_by", ["other way", "absence", "leaving", "more places", "no limit"])
def test_a_place_that_frees_is_told_once_to_all_who_asked(freed_by):
    meeting, first, others = full_room()
    assert place_wishes.sweep_wishes(at=NOW) == 0
    acts = {
        "other way": lambda: ways.choose_way(first, meeting, "online", at=NOW),
        "absence": lambda: withdrawing.miss_meeting(first, meeting, at=NOW),
        "leaving": lambda: withdrawing.leave_network(first, by=first.person, at=NOW),
        "more places": lambda: ways.set_places(meeting, room=2, online=None, by=a_coordinator(), at=NOW),
        "no limit": lambda: ways.set_places(meeting, room=None, online=None, by=a_coordinator(), at=NOW),
    }
    acts[freed_by]()
    assert (place_wishes.sweep_wishes(at=NOW), place_wishes.sweep_wishes(at=NOW)) == (2, 0)
    assert told() == addresses(*others)
    assert ("just come" in Mail.objects.last().text) == (freed_by == "no limit")


def test_who_was_too_late_asks_again_and_is_told_again():
    meeting, first, (quick, late) = full_room()
    ways.choose_way(first, meeting, "online", at=NOW)
    place_wishes.sweep_wishes(at=NOW)
    with pytest.raises(WayRefused, match="free right now"):
        place_wishes.ask(late, meeting, "room", at=NOW)
    ways.choose_way(quick, meeting, "room", at=NOW)
    later = NOW + timedelta(hours=1)
    place_wishes.ask(late, meeting, "room", at=later)
    ways.choose_way(quick, meeting, "online", at=later)
    place_wishes.sweep_wishes(at=later)
    assert told() == addresses(quick, late, late)


def test_who_cannot_take_the_place_or_wants_no_mail_is_not_told():
    meeting, first, (absent, gone, stopped) = full_room(3)
    withdrawing.miss_meeting(absent, meeting, at=NOW)
    withdrawing.leave_network(gone, by=gone.person, at=NOW)
    place_wishes.take_back(stopped, meeting)
    ways.choose_way(first, meeting, "online", at=NOW)
    assert place_wishes.sweep_wishes(at=NOW) == 0


def test_nothing_is_told_once_the_meeting_has_started():
    meeting, first, _others = full_room()
    withdrawing.leave_network(first, by=first.person, at=NOW)
    assert place_wishes.sweep_wishes(at=meeting.starts_at) == 0


def test_who_asked_on_registering_for_a_place_that_filled_up_is_told():
    meeting = hybrid(room=0)
    one = register(meeting.network, a_person(), ways={str(meeting.pk): "room"})
    ways.set_places(meeting, room=1, online=None, by=a_coordinator(), at=NOW)
    place_wishes.sweep_wishes(at=NOW)
    assert told() == addresses(one)
    ways.choose_way(one, meeting, "room", at=NOW)
    assert (chosen(meeting), PlaceWish.objects.exists()) == (["room"], False)


def test_one_asks_and_takes_it_back_on_the_page_of_the_meeting(client, time_machine):
    time_machine.move_to(NOW)
    meeting, user = hybrid(room=0), a_user()
    one = a_registration(meeting.network, user.person)
    client.force_login(user)
    address, page = reverse("choose_way", args=[meeting.uid]), meeting.get_absolute_url()
    for _twice in range(2):
        answer = client.post(address, {"tell": "room", "here": "1"}, follow=True).content.decode()
    assert "when a place is free. It isn&#x27;t kept for you." in answer
    assert (one.place_wishes.count(), "Don't tell me" in client.get(page).content.decode()) == (1, True)
    mine = client.post(address, {"tell": "nothing"}, follow=True).content.decode()
    assert (one.place_wishes.count(), "Tell me when a place is free" in mine) == (0, True)
