"""At most so many seats for each organization and each sector."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from model_bakery import baker

from registrations.models import Reservation, SectorLimit
from registrations.seats.domain import limits, registering, waitlist, withdrawing
from registrations.seats.domain.answers import Answers
from registrations.seats.exceptions import LimitReached
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_network,
    a_person,
    a_position,
    a_registration,
    an_organization,
)

pytestmark = pytest.mark.django_db


def from_there(network, organization=None, *, words="", **fields):
    """Somebody who works there registers."""
    person = a_person()
    where = {"organization": organization} if organization else {"organization_words": words}
    position = a_position(person, **{"organization": None, **where})
    return a_registration(network, person, position=position, **fields)


def held_for(network, organization, address="ana@example.org", browser="b"):
    answers = Answers(address=address, first_name="Ana", last_name="Nuñez", organization=organization.pk)
    return registering.start_registration(
        network=network, answers=answers, browser=browser, client=browser, at=NOW
    )


def test_the_next_of_an_organization_that_has_its_seats_waits_with_a_reason():
    network, district = a_network(each_organization=2), an_organization()
    first, second, third = (from_there(network, district) for _each in range(3))
    assert [one.status for one in (first, second, third)] == ["seated", "seated", "waiting"]
    assert third.limited_by == "organization"
    assert str(limits.said_of(third)) == "Your organization has its 2 seats."


def test_whoever_comes_from_elsewhere_is_not_kept_by_those_whom_a_limit_keeps():
    network, district = a_network(each_organization=1), an_organization()
    from_there(network, district), from_there(network, district)
    assert from_there(network, an_organization()).is_seated
    assert a_registration(network).is_seated


def test_people_of_a_part_count_with_the_body_at_the_top():
    network, district = a_network(each_organization=2), an_organization()
    school = an_organization(part_of=district)
    room = an_organization(part_of=school)
    assert from_there(network, school).is_seated
    assert from_there(network, room).is_seated
    assert from_there(network, district).limited_by == "organization"


def test_organizations_that_are_not_listed_count_by_their_plain_name():
    network = a_network(each_organization=1)
    assert from_there(network, words="St. Mary's Academy").is_seated
    assert from_there(network, words="St Marys  academy").limited_by == "organization"
    assert from_there(network, words="St. Luke's").is_seated


def test_a_sector_has_its_seats():
    network = a_network()
    SectorLimit.objects.create(network=network, sector="business", at_most=1)
    assert from_there(network, an_organization(sector="business")).is_seated
    second = from_there(network, an_organization(sector="business"))
    assert str(limits.said_of(second)) == "The 1 seat for people from “Business” is taken."
    assert from_there(network, an_organization(sector="school")).is_seated


def test_without_a_waitlist_the_limit_is_said():
    network, district = a_network(each_organization=1, waitlist=False), an_organization()
    from_there(network, district)
    with pytest.raises(LimitReached, match=r"Your organization has its 1 seat\. There is no waitlist\."):
        from_there(network, district)


def test_a_seat_given_up_goes_to_the_next_of_the_organization():
    network, district = a_network(each_organization=1), an_organization()
    first, second = from_there(network, district), from_there(network, district)
    withdrawing.leave_network(first, by=SWEEP, at=NOW)
    second.refresh_from_db()
    assert (second.status, second.limited_by) == ("seated", "")


def test_the_waitlist_passes_those_whom_a_limit_keeps_and_seats_the_others():
    network, district = a_network(seats=1, each_organization=1), an_organization()
    from_there(network, district)
    same, other = from_there(network, district), from_there(network, an_organization())
    type(network).objects.filter(pk=network.pk).update(seats=3)
    assert waitlist.fill_seats(network, by=SWEEP, at=NOW) == [other]
    same.refresh_from_db()
    assert (same.status, same.limited_by) == ("waiting", "organization")


def test_a_seat_that_is_held_counts_for_the_organization_that_was_typed():
    network, district = a_network(each_organization=1), an_organization()
    assert held_for(network, district).keeps_seat
    assert not held_for(network, district, "ben@example.org", "c").keeps_seat
    assert from_there(network, district).limited_by == "organization"


def test_the_same_form_sent_again_keeps_its_seat():
    network, district = a_network(each_organization=1), an_organization()
    held_for(network, district)
    assert held_for(network, district).keeps_seat


def test_a_seat_held_for_one_organization_is_not_kept_for_another_that_has_its_seats():
    network, district, other = a_network(each_organization=1), an_organization(), an_organization()
    from_there(network, other)
    hold = held_for(network, district)
    assert hold.keeps_seat
    hold = held_for(network, other)
    assert not hold.keeps_seat
    assert registering.admit(hold, at=NOW).registration.limited_by == "organization"


def test_who_is_kept_by_a_limit_reads_it_in_the_mail():
    network, district = a_network(each_organization=1, title="STE Leaders"), an_organization()
    from_there(network, district)
    person = a_person()
    answers = Answers(address=person.primary_address, organization=district.pk, job="teacher")
    registering.register_person(network=network, person=person, answers=answers, at=NOW)
    text = " ".join(Mail.objects.get(address=person.primary_address).text.split())
    assert "Your organization has its 1 seat. You're on the waitlist for STE Leaders" in text


def test_reserved_seats_count_for_their_organization():
    network, district = a_network(each_organization=2), an_organization()
    baker.make(Reservation, network=network, organization=district, seats=2, made_at=NOW)
    registrations = [from_there(network, district) for _each in range(3)]
    assert [one.reservation_id is not None for one in registrations] == [True, True, False]
    assert registrations[2].limited_by == "organization"


@pytest.mark.parametrize("people", [1, 30])
def test_a_line_is_asked_equally_often_for_any_length(people):
    network, district = a_network(each_organization=1, seats=100), an_organization()
    for _each in range(people + 1):
        from_there(network, district)
    line = network.registrations.waiting().select_related(*limits.WITH_PLACE)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(limits.blocked_by(network, line, at=NOW)) == people
    assert len(asked) == 6
