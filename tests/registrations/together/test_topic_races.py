"""Many tabs at once on PostgreSQL: one vote left is cast once, and a topic becomes one meeting."""

from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from meetings.models import Meeting
from partners.models import Person
from registrations.models import Board, Letter, Vote
from registrations.together.domain import cards, deciding, letters, topics
from stemnet.exceptions import Refused
from tests.factories import NOW, SWEEP, a_coordinator, a_network, a_registration
from tests.races import at_once
from tests.registrations.together.test_topics import TITLES, a_network_that_asks, a_plan, propose

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def one_vote_left():
    """Two topics, and somebody with a single vote."""
    network = a_network_that_asks(votes_each=1)
    found = [propose(a_registration(network), title) for title in TITLES[:2]]
    return found, a_registration(network)


def vote_without_lock(topic, seat, gate, *, numbered):
    """Do what voting must not do: look for a vote that is left, then cast it, and hold nothing."""
    with transaction.atomic():
        number = topics.free_number(seat, 1)
        gate.wait(timeout=30)
        number = number if numbered else 1 + TITLES.index(topic.title)
        return Vote.objects.create(proposal=topic, registration=seat, number=number, cast_at=NOW)


def test_without_the_lock_and_the_number_one_vote_is_cast_twice():
    found, seat = one_vote_left()
    gate = Barrier(2)
    at_once([lambda one=one: vote_without_lock(one, seat, gate, numbered=False) for one in found])
    assert Vote.objects.filter(registration=seat).count() == 2


def test_without_the_lock_the_number_of_a_vote_stops_the_second():
    found, seat = one_vote_left()
    gate = Barrier(2)
    outcomes = at_once([lambda one=one: vote_without_lock(one, seat, gate, numbered=True) for one in found])
    assert sorted(type(one) for one in outcomes if isinstance(one, IntegrityError)) == [IntegrityError]


def test_one_vote_left_in_two_tabs_is_cast_once():
    found, seat = one_vote_left()
    outcomes = at_once([lambda one=one: topics.vote(one, seat=seat, at=NOW) for one in found] * 3)
    assert Vote.objects.filter(registration=seat).count() == 1
    assert {type(one).__name__ for one in outcomes} == {"Vote", "TopicRefused"}


def test_a_topic_that_two_coordinators_plan_at_once_is_one_meeting():
    (topic, _other), _seat = one_vote_left()
    by = a_coordinator()
    outcomes = at_once([lambda: deciding.plan(topic, a_plan(), by=by, at=NOW)] * 2)
    assert (Meeting.objects.count(), sum(isinstance(one, Refused) for one in outcomes)) == (1, 1)


def test_the_same_topic_proposed_at_once_is_there_once():
    network = a_network_that_asks()
    seats = [a_registration(network) for _each in range(4)]
    outcomes = at_once([lambda one=one: propose(one) for one in seats])
    assert (network.proposals.count(), sum(isinstance(one, Refused) for one in outcomes)) == (1, 3)


def test_letters_of_many_tabs_are_never_more_than_a_day_has():
    network = a_network_that_asks()
    mine, yours = (cards.show(a_registration(network), cards.CardWords(), at=NOW) for _each in range(2))
    words = [letters.Words(uid=uuid4(), text="Hello") for _each in range(8)]
    acts = [lambda one=one: letters.write(yours, one, seat=mine.registration, at=NOW) for one in words]
    at_once(acts)
    assert Letter.objects.count() == letters.MOST_NEW


def test_locking_the_whole_row_two_who_write_to_each_other_stop_each_other():
    network, gate = a_network_that_asks(), Barrier(2)
    mine, yours = (cards.show(a_registration(network), cards.CardWords(), at=NOW) for _each in range(2))

    def write_with_the_key_locked(sender, receiver):
        with transaction.atomic():
            Person.objects.select_for_update(of=("self",)).get(pk=sender.registration.person_id)
            gate.wait(timeout=30)
            people = {"sender": sender.registration.person, "receiver": receiver.registration.person}
            letter = Letter.objects.create(network=network, text="Hello", sent_at=NOW, **people)
            connection.check_constraints([Letter._meta.db_table])
            return letter

    outcomes = at_once(
        [lambda: write_with_the_key_locked(mine, yours), lambda: write_with_the_key_locked(yours, mine)]
    )
    assert [type(one) for one in outcomes if isinstance(one, Exception)] == [OperationalError]


def test_two_who_write_to_each_other_both_do():
    network = a_network_that_asks()
    for _turn in range(8):
        mine, yours = (cards.show(a_registration(network), cards.CardWords(), at=NOW) for _each in range(2))
        acts = [
            lambda one=one, other=other: letters.write(
                other, letters.Words(uid=uuid4(), text="Hello"), seat=one.registration, at=NOW
            )
            for one, other in ((mine, yours), (yours, mine))
        ]
        assert [type(one) for one in at_once(acts)] == [Letter, Letter]


@pytest.mark.parametrize("turn", range(6))
def test_setting_the_board_up_stops_nobody_who_proposes_or_plans(turn):
    network = a_network_that_asks()
    topic, seat, by = propose(a_registration(network)), a_registration(network), a_coordinator()

    def set_up():
        return topics.set_up(network, votes_each=4, closes_at=None, by=SWEEP, at=NOW)

    others = [lambda: propose(seat, TITLES[2]), lambda: deciding.plan(topic, a_plan(), by=by, at=NOW)]
    outcomes = at_once([set_up, others[turn % 2]])
    assert [one for one in outcomes if isinstance(one, Exception)] == []


def test_two_clicks_begin_one_board():
    network = a_network(meetings=0)
    acts = [lambda: topics.set_up(network, votes_each=3, closes_at=None, by=SWEEP, at=NOW)] * 3
    outcomes = at_once(acts)
    assert ({type(one) for one in outcomes}, Board.objects.count()) == ({Board}, 1)
