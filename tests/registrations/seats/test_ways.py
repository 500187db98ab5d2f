"""In the room or online, with so many places for each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.planning.domain import moving
from registrations.models import ChosenWay
from registrations.seats.domain import registering, ways, withdrawing
from registrations.seats.domain.answers import Answers
from registrations.seats.exceptions import PlacesRefused, WayRefused
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_group,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db


def hybrid(network=None, *, room=1, online=None, **fields):
    """A meeting that is held both ways."""
    network = network or a_network(meetings=0)
    places = {"room_seats": room, "online_seats": online}
    return a_meeting(network, modality="hybrid", join_url="https://example.org/join", **places, **fields)


def chosen(meeting):
    return sorted(ChosenWay.objects.counted().filter(meeting=meeting).values_list("way", flat=True))


def test_the_last_place_in_the_room_is_given_once_and_says_what_is_left_online():
    meeting = hybrid(room=1, online=3)
    first, second = a_registration(meeting.network), a_registration(meeting.network)
    ways.choose_way(first, meeting, "room", at=NOW)
    with pytest.raises(WayRefused, match=r"The room is full\. 3 places online are left\."):
        ways.choose_way(second, meeting, "room", at=NOW)
    ways.choose_way(second, meeting, "online", at=NOW)
    assert chosen(meeting) == ["online", "room"]


def test_both_ways_full_says_so():
    meeting = hybrid(room=0, online=0)
    one = a_registration(meeting.network)
    with pytest.raises(WayRefused, match="No place is left the other way either"):
        ways.choose_way(one, meeting, "online", at=NOW)


def test_a_choice_is_changed_and_the_same_again_is_no_change():
    meeting = hybrid(room=1)
    one = a_registration(meeting.network)
    before = ways.choose_way(one, meeting, "room", at=NOW)
    assert ways.choose_way(one, meeting, "room", at=NOW + timedelta(hours=1)).chosen_at == before.chosen_at
    ways.choose_way(one, meeting, "online", at=NOW)
    assert chosen(meeting) == ["online"]


def test_nobody_changes_once_the_meeting_has_started():
    meeting = hybrid()
    one = a_registration(meeting.network)
    ways.choose_way(one, meeting, "room", at=meeting.starts_at - timedelta(seconds=1))
    with pytest.raises(WayRefused, match="has started"):
        ways.choose_way(one, meeting, "online", at=meeting.starts_at)


def test_who_waits_or_is_not_in_the_group_chooses_nothing():
    network = a_network(seats=1)
    meeting = hybrid(network)
    of_group = hybrid(network, working_group=a_group(network))
    one, waiting = a_registration(network), a_registration(network)
    with pytest.raises(WayRefused, match="have a seat"):
        ways.choose_way(waiting, meeting, "room", at=NOW)
    with pytest.raises(WayRefused, match="one of yours"):
        ways.choose_way(one, of_group, "room", at=NOW)


def test_who_cannot_come_or_leaves_frees_the_place():
    meeting = hybrid(room=1)
    first, second = a_registration(meeting.network), a_registration(meeting.network)
    ways.choose_way(first, meeting, "room", at=NOW)
    withdrawing.miss_meeting(first, meeting, at=NOW)
    ways.choose_way(second, meeting, "room", at=NOW)
    with pytest.raises(WayRefused, match="come after all"):
        ways.choose_way(first, meeting, "room", at=NOW)
    withdrawing.leave_network(second, by=SWEEP, at=NOW)
    assert chosen(meeting) == []


def test_fewer_places_than_people_chose_are_refused_and_nobody_is_thrown_out():
    meeting = hybrid(room=2)
    for _each in range(2):
        ways.choose_way(a_registration(meeting.network), meeting, "room", at=NOW)
    with pytest.raises(PlacesRefused, match="2 people are coming to the room on Wed, Oct 14"):
        ways.set_places(meeting, room=1, online=None, by=SWEEP, at=NOW)
    meeting.refresh_from_db()
    assert (meeting.room_seats, chosen(meeting)) == (2, ["room", "room"])


def test_more_places_are_given():
    meeting = hybrid(room=1)
    ways.set_places(meeting, room=5, online=9, by=a_coordinator(), at=NOW)
    meeting.refresh_from_db()
    assert (meeting.room_seats, meeting.online_seats) == (5, 9)


def test_a_meeting_that_moves_online_forgets_what_was_chosen():
    meeting = hybrid()
    ways.choose_way(a_registration(meeting.network), meeting, "room", at=NOW)
    wanted = moving.new_place(modality="online")
    moving.change_meetings([meeting], wanted, by=SWEEP, at=NOW, reason="Snow")
    assert not ChosenWay.objects.exists()


def test_another_day_keeps_what_was_chosen():
    meeting = hybrid()
    ways.choose_way(a_registration(meeting.network), meeting, "room", at=NOW)
    wanted = moving.rescheduled(on=meeting.on + timedelta(days=1))
    moving.change_meetings([meeting], wanted, by=SWEEP, at=NOW, reason="Snow")
    assert chosen(meeting) == ["room"]


def register(network, person, **answers):
    typed = Answers(address=person.primary_address, organization=an_organization().pk, **answers)
    return registering.register_person(network=network, person=person, answers=typed, at=NOW)


def test_on_registering_a_place_is_chosen_where_one_is_left():
    network = a_network(meetings=0)
    first, second = hybrid(network), hybrid(network, room=0)
    one = register(network, a_person(), ways={str(first.pk): "room", str(second.pk): "room"})
    assert (chosen(first), chosen(second)) == (["room"], [])
    assert ways.not_chosen(one, {str(first.pk): "room", str(second.pk): "room"}) == [second]


def form(**fields):
    plain = {"first_name": "Ana", "last_name": "Reis", "job": "coordinator", "attending": "self"}
    return {**plain, "organization": "A district of its own", "organization_choice": "-", **fields}


def test_the_form_says_what_is_left_and_keeps_what_was_typed(client, time_machine):
    time_machine.move_to(NOW)
    meeting = hybrid(room=0, online=2)
    address = reverse("register", args=[meeting.network.slug])
    user = a_user()
    client.force_login(user)
    page = client.get(address).content.decode()
    assert "In the room (full)" in page
    assert "Online (2 places left)" in page
    name = f"way_{meeting.pk}"
    refused = client.post(address, form(**{name: "room"}))
    assert "The room is full. 2 places online are left." in refused.content.decode()
    assert 'value="Reis"' in refused.content.decode()
    client.post(address, form(**{name: "online"}))
    assert chosen(meeting) == ["online"]


def test_one_changes_it_on_the_page_of_the_meeting(client, time_machine):
    time_machine.move_to(NOW)
    meeting, user = hybrid(room=1), a_user()
    a_registration(meeting.network, user.person)
    client.force_login(user)
    assert "In the room or online?" in client.get(meeting.get_absolute_url()).content.decode()
    address = reverse("choose_way", args=[meeting.uid])
    for _twice in range(2):
        answer = client.post(address, {"way": "room", "here": "1"}, follow=True)
    assert "You&#x27;re coming to the room" in answer.content.decode()
    assert client.get(address).status_code == 405
    client.post(address, {"way": "by boat"})
    assert chosen(meeting) == ["room"]
    page = client.post(address, {"way": "online"}, follow=True)
    assert "You&#x27;re coming online on Wed, Oct 14, 2020." in page.content.decode()


def test_a_stranger_finds_no_meeting_to_choose(client):
    client.force_login(a_user())
    assert client.post(reverse("choose_way", args=[hybrid().uid]), {"way": "room"}).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_places_are_counted_at_once_for_any_number_of_meetings(number):
    network = a_network(meetings=0)
    one = a_registration(network)
    for _each in range(number):
        ways.choose_way(one, hybrid(network), "room", at=NOW)
    with CaptureQueriesContext(connection) as asked:
        assert len(ways.asked_of(network, at=NOW)) == number
    assert len(asked) == 2
