"""When registration opens: for everyone, and earlier for people of partners."""

from datetime import timedelta

import pytest
from django.urls import reverse

from registrations.seats.domain import opening
from registrations.seats.exceptions import NotOpenYet
from tests.factories import NOW, a_network, a_person, a_position, a_registration, a_user, an_organization

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def opening_later(**fields):
    return a_network(opens_at=NOW + DAY, members_open_at=NOW - DAY, **fields)


def works_at(organization, **fields):
    person = a_person(**fields)
    a_position(person, organization=organization)
    return person


def test_people_of_partners_register_before_everyone_else():
    network = opening_later()
    assert a_registration(network, works_at(an_organization(stage="partner"))).is_seated
    with pytest.raises(NotOpenYet, match=r"Registration opens .*People who work at a partner can sign in"):
        a_registration(network, works_at(an_organization(stage="none")))


def test_people_of_a_part_of_a_partner_are_people_of_the_partner():
    school = an_organization(stage="none", part_of=an_organization(stage="partner"))
    assert opening.belongs_to_partner(works_at(school), at=NOW)


def test_who_left_the_partner_is_none_of_its_people():
    person = a_person()
    a_position(person, organization=an_organization(stage="partner"), ended_on=NOW.date() - DAY)
    assert not opening.belongs_to_partner(person, at=NOW)


@pytest.mark.parametrize(
    ("address", "website", "verified", "belongs"),
    [
        ("ana@sealab.example", "https://www.sealab.example/", True, True),
        ("ana@sealab.example", "https://sealab.example/about", False, False),
        ("ana@lab.example", "https://sealab.example", True, False),
        ("ana@other.example", "https://sealab.example", True, False),
    ],
)
def test_a_proved_address_at_a_partners_domain_is_enough(address, website, verified, belongs):
    an_organization(stage="partner", website=website)
    person = a_person(address=address, verified=verified)
    assert opening.belongs_to_partner(person, at=NOW) == belongs


def test_not_before_the_earlier_moment_either():
    network = a_network(opens_at=NOW + 2 * DAY, members_open_at=NOW + DAY)
    with pytest.raises(NotOpenYet):
        a_registration(network, works_at(an_organization(stage="partner")))


def test_pages_say_both_moments_and_let_partners_in(client, time_machine):
    time_machine.move_to(NOW)
    network = opening_later(each_organization=3)
    public = client.get(network.get_absolute_url()).content.decode()
    assert "People who work at a partner can sign in and register from Sun, Sep 6, 2020" in public
    assert "At most 3 people from each organization." in public
    register = reverse("register", args=[network.slug])
    assert "Do you work at a partner?" in client.get(register).content.decode()
    user = a_user()
    a_position(user.person, organization=an_organization(stage="partner"))
    client.force_login(user)
    assert 'name="last_name"' in client.get(register).content.decode()
