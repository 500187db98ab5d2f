"""Many at once on PostgreSQL: nobody is seated twice, nobody passes another, no seat is sold twice."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg2
import pytest
from django.db import connection, transaction

from partners.models import Person, User
from registrations.models import GroupMembership, Hold, Registration
from registrations.seats.domain import groups, registering, seats
from registrations.seats.domain.answers import Answers
from registrations.seats.exceptions import RegistrationRefused
from stemnet.exceptions import CodeRefused
from stemnet.models import Mail
from tests.factories import NOW, a_group, a_network, a_person, a_registration

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
THREADS = 40
SEATS, PEOPLE = 50, 200


def at_once(act: Callable, things: list, *, threads: int = THREADS) -> list:
    """Let ``threads`` threads, each with its own connection, begin together and share ``things``."""
    barrier = Barrier(threads)

    def work(mine):
        try:
            barrier.wait(timeout=60)
            return [act(thing) for thing in mine]
        finally:
            connection.close()

    shares = [things[start::threads] for start in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        return [result for results in pool.map(work, shares) for result in results]


def register_without_lock(network, person):
    """Do what registering must not do: look for a free seat, then take it, and lock nothing."""
    with transaction.atomic():
        free = network.seats - network.registrations.seated().count()
        if free > 0:
            Registration.objects.create(
                network=network, person=person, status="seated", requested_at=NOW, seated_at=NOW
            )


@pytest.fixture
def onlooker(monkeypatch):
    """Count, from a connection of its own, the seats that are committed whenever somebody is sent to wait."""
    outside = psycopg2.connect(**{**connection.get_connection_params(), "cursor_factory": None})
    outside.autocommit = True
    check_line, seen = seats.check_line, []

    def look(network, *, waiting, found=None):
        with outside.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM registrations_registration WHERE status = 'seated'")
            seen.append(cursor.fetchone()[0])
        check_line(network, waiting=waiting, found=found)

    monkeypatch.setattr(seats, "check_line", look)
    yield seen
    outside.close()


def many_people(number):
    return Person.objects.bulk_create(Person(first_name="Lead", last_name=str(n)) for n in range(number))


def test_200_people_for_50_seats_from_40_threads(onlooker):
    network, people = a_network(seats=SEATS), many_people(PEOPLE)
    at_once(lambda person: a_registration(network, person), people)
    assert network.registrations.seated().count() == SEATS
    lines = list(network.registrations.waiting().values_list("line", flat=True))
    assert lines == list(range(1, PEOPLE - SEATS + 1))
    assert onlooker == [SEATS] * (PEOPLE - SEATS)  # everyone seated was committed before anyone waited


def test_without_the_lock_the_same_race_oversells():
    for _run in range(20):
        network, people = a_network(seats=10), many_people(THREADS)
        at_once(lambda person, n=network: register_without_lock(n, person), people)
        if network.registrations.seated().count() > network.seats:
            return
    pytest.fail("The race never happened, so the test with the lock proves nothing.")


def test_one_person_twice_at_once_is_registered_once():
    network, person = a_network(), a_person()

    def register(_step):
        try:
            return registering.register_person(network=network, person=person, answers=answers(), at=NOW)
        except RegistrationRefused:
            return None

    assert sum(result is not None for result in at_once(register, list(range(8)), threads=8)) == 1
    assert network.registrations.count() == 1


def answers(address="lead@example.org"):
    return Answers(address=address, first_name="Ana", last_name="Nuñez", organization_words="Wareham")


def code_of(hold):
    return re.search(r"^    (\d{6})$", Mail.objects.get(object=f"hold:{hold.uid}").text, re.M)[1]


def test_the_right_code_twice_at_once_makes_one_person_and_one_registration():
    network = a_network()
    hold = registering.start_registration(network=network, answers=answers(), browser="b", client="c", at=NOW)
    code = code_of(hold)

    def confirm(_step):
        try:
            fresh = Hold.objects.get(pk=hold.pk)
            return registering.confirm_registration(hold=fresh, code=code, at=NOW).registration.pk
        except CodeRefused:
            return None

    found = {result for result in at_once(confirm, [1, 2, 3, 4], threads=4) if result}
    assert len(found) == 1
    assert (User.objects.count(), Registration.objects.count()) == (1, 1)


def test_one_new_address_confirmed_in_two_networks_at_once_is_one_person():
    holds = [
        registering.start_registration(
            network=a_network(), answers=answers(), browser="b", client="c", at=NOW
        )
        for _each in range(4)
    ]
    codes = {hold.pk: code_of(hold) for hold in holds}
    at_once(
        lambda hold: registering.confirm_registration(hold=hold, code=codes[hold.pk], at=NOW),
        holds,
        threads=4,
    )
    assert (User.objects.count(), Registration.objects.count()) == (1, 4)


def test_wrong_codes_at_once_are_counted_each():
    hold = registering.start_registration(
        network=a_network(), answers=answers(), browser="b", client="c", at=NOW
    )

    wrong = [f"{number:06d}" for number in range(21) if f"{number:06d}" != code_of(hold)]

    def guess(code):
        with pytest.raises(CodeRefused):
            registering.confirm_registration(hold=Hold.objects.get(pk=hold.pk), code=code, at=NOW)

    at_once(guess, wrong[:20], threads=20)
    hold.refresh_from_db()
    assert hold.tries == 5


def test_the_limits_of_holds_stand_when_forms_come_at_once():
    network = a_network(seats=60)

    def start(number):
        registering.start_registration(
            network=network,
            answers=answers(f"p{number}@example.org"),
            browser=str(number),
            client=str(number % 2),
            at=NOW,
        )

    at_once(start, list(range(40)))
    assert Hold.objects.count() == 40
    assert Hold.objects.occupying(NOW).count() == 6
    assert {Hold.objects.occupying(NOW).filter(client=client).count() for client in "01"} == {3}


def test_the_last_place_of_a_group_is_given_once():
    network = a_network()
    group = a_group(network, places=1)
    people = [a_registration(network) for _each in range(8)]

    def choose(registration):
        try:
            groups.choose_group(registration, group, at=NOW)
        except RegistrationRefused:
            return False
        return True

    assert at_once(choose, people, threads=8).count(True) == 1
    assert GroupMembership.objects.count() == 1


def test_browsers_that_send_one_address_at_once_keep_one_seat_and_each_its_own_form():
    network = a_network(seats=100)

    def start(number):
        return registering.start_registration(
            network=network, answers=answers(), browser=str(number), client=str(number), at=NOW
        ).pk

    assert len(set(at_once(start, list(range(4)), threads=4))) == 4
    assert Hold.objects.filter(keeps_seat=True).count() == 4
    assert seats.occupied(network, at=NOW) == 1


def test_the_codes_of_several_browsers_at_once_make_one_registration():
    network = a_network(seats=100)
    holds = [
        registering.start_registration(
            network=network, answers=answers(), browser=str(number), client=str(number), at=NOW
        )
        for number in range(4)
    ]
    codes = {hold.pk: code_of(hold) for hold in holds}

    def confirm(hold):
        return registering.confirm_registration(hold=hold, code=codes[hold.pk], at=NOW).is_new

    assert sorted(at_once(confirm, holds, threads=4)) == [False, False, False, True]
    assert (User.objects.count(), Registration.objects.count()) == (1, 1)
    assert seats.occupied(network, at=NOW) == 1
