"""Whom each audience stands for."""

from datetime import timedelta

import pytest

from meetings.groups.domain import teams
from partners.models import Person
from registrations.credit.domain.readiness import readiness_of
from registrations.credit.domain.totals import minutes_of_each
from registrations.evaluation.domain import evaluating
from registrations.messages.domain.audiences import Chosen, audience_named, audiences, readers_of
from registrations.messages.domain.placeholders import next_meeting
from registrations.models import GroupMembership, Message
from tests import factories
from tests.factories import NOW
from tests.registrations.messages.rows import AT, a_network_with

pytestmark = pytest.mark.django_db


def people_of(name, network, *, group=None, at=AT, **choice):
    message = Message(network=network, group=group, audience=name, choice=choice)
    return {reader.person.pk if reader.person else reader.address for reader in readers_of(message, at=at)}


def pks(*registrations):
    return {one.person_id for one in registrations}


def test_those_with_a_seat_and_those_in_line():
    network, (first, second, third) = a_network_with(3, seats=2, waitlist=True)
    assert people_of("seated", network) == pks(first, second)
    assert people_of("waiting", network) == pks(third)


def test_the_members_of_a_group_and_of_a_team():
    network, (first, second) = a_network_with(2)
    group, team, person = factories.a_group(network), factories.a_group(None), factories.a_person()
    for one, left in ((first, None), (second, AT)):
        GroupMembership.objects.create(registration=one, working_group=group, joined_at=NOW, left_at=left)
    teams.join_team(team, person=person, on=AT.date())
    assert people_of("group", network, group=group) == pks(first)
    assert people_of("group", None, group=team) == {person.pk}


def test_who_came_to_a_meeting_and_who_did_not():
    network, (came, absent, unmarked) = a_network_with(3)
    meeting = network.meetings.get()
    factories.an_attendance(came, meeting)
    factories.an_attendance(absent, meeting, status="absent", minutes_attended=0, minutes_counted=0)
    assert people_of("came", network, meeting=str(meeting.uid)) == pks(came)
    assert people_of("missed", network, meeting=str(meeting.uid)) == pks(absent, unmarked)


def test_a_meeting_of_another_network_says_nothing_about_anybody():
    network, _registrations = a_network_with(1)
    other, (there,) = a_network_with(1)
    factories.an_attendance(there, other.meetings.get())
    uid = str(other.meetings.get().uid)
    assert people_of("came", network, meeting=uid) == people_of("missed", network, meeting=uid) == set()


def test_who_has_not_answered_the_evaluation():
    network, (answered, silent, never_came) = a_network_with(3)
    for one in (answered, silent):
        factories.an_attendance(one, network.meetings.get())
    factories.an_evaluation(network, at=AT)
    evaluating.answer_evaluation(registration=answered, answers={}, at=AT)
    assert people_of("without_answer", network) == pks(silent)
    assert never_came.person_id not in people_of("without_answer", network)


def test_who_lacks_something_for_the_certificate():
    network, registrations = a_network_with(2)
    assert people_of("lacking", network) == pks(*registrations)


def test_the_leaders_of_designees_known_here_and_elsewhere():
    network, registrations = a_network_with(3)
    known = factories.a_person(address="leader@example.org")
    for one, address in zip(
        registrations, ["leader@example.org", "boss@example.org", "boss@example.org"], strict=True
    ):
        type(one).objects.filter(pk=one.pk).update(leader_name="Superintendent", leader_email=address)
    assert people_of("leaders", network) == {known.pk, "boss@example.org"}


def test_rows_that_were_picked_only_from_the_own_network():
    network, (first, _second) = a_network_with(2)
    _other, (stranger,) = a_network_with(1)
    assert people_of("picked", network, rows=[str(first.uid), str(stranger.uid)]) == pks(first)


def test_contacts_of_partners_by_stage_sector_region_and_state_of_their_part():
    factories.a_partnership()
    part = factories.a_part(
        organization=factories.an_organization(sector="k12_district", region="South Coast")
    )
    other = factories.a_part(organization=factories.an_organization(sector="business", region="Cape"))
    lead, second = part.lead_contact_id, other.lead_contact_id
    assert people_of("contacts", None) == {lead, second}
    assert people_of("contacts", None, sector=["business"]) == {second}
    assert people_of("contacts", None, region=["South Coast"]) == {lead}
    assert people_of("contacts", None, part=["not_started"]) == {lead, second}
    assert people_of("contacts", None, part=["accepted"]) == set()


def test_somebody_chosen_twice_is_one_reader():
    network, (first,) = a_network_with(1)
    type(first).objects.filter(pk=first.pk).update(status="withdrawn")
    again = factories.a_registration(network, Person.objects.get(pk=first.person_id))
    assert people_of("picked", network, rows=[str(first.uid), str(again.uid)]) == pks(first)


def test_every_audience_says_in_words_whom_it_stands_for():
    network, _registrations = a_network_with(1)
    chosen = Chosen(
        network,
        factories.a_group(network, title="Robotics"),
        {"meeting": str(network.meetings.get().uid)},
        AT,
    )
    said = {one.name: one.words(chosen) for one in audiences(of_partners=False)}
    assert said["missed"] == "who missed Meeting 1 on Wed, Oct 14, 2020"
    assert said["group"] == "in Robotics"
    assert (
        audience_named("contacts")
        .words(Chosen(None, None, {"sector": ["business"]}, AT))
        .startswith("who are contacts of partners (Business")
    )


def test_the_hours_of_many_are_those_of_my_learning():
    network, (first, second) = a_network_with(2)
    meeting = network.meetings.get()
    factories.an_attendance(first, meeting, minutes_counted=165)
    factories.a_meeting(network, on=AT.date() + timedelta(days=30), title="Later")
    weighed = {one.person.pk: one.minutes_counted for one in readiness_of(network, at=AT)}
    counted = minutes_of_each(network, [first.person_id, second.person_id], at=AT)
    assert (
        {pk: counted.get(pk, 0) for pk in weighed} == weighed == {first.person_id: 165, second.person_id: 0}
    )


def test_the_next_meeting_is_said_with_its_zone_and_place():
    network = factories.a_network(meetings=0)
    assert next_meeting(Chosen(network, None, {}, AT)) == "not planned yet"
    factories.a_meeting(network, on=AT.date() + timedelta(days=9), title="Routines", venue="Quest Center")
    assert (
        next_meeting(Chosen(network, None, {}, AT))
        == "Routines, Wed, Nov 11, 2020, 9:00 a.m. ET, Quest Center"
    )
