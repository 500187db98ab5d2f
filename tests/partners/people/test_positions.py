"""Where people work."""

from datetime import date

import pytest

from partners.models import Position
from partners.people.domain import positions
from partners.people.domain.organizations import Workplace
from tests.factories import a_person, a_position, an_organization

pytestmark = pytest.mark.django_db
DAY = date(2020, 9, 7)


def test_hold_makes_a_position_once():
    person, work = a_person(), Workplace(an_organization())
    first = positions.hold(person, workplace=work, job="teacher", on=DAY)
    again = positions.hold(person, workplace=work, job="coach", on=DAY)
    assert (again, again.job, person.positions.count()) == (first, "coach", 1)


def test_hold_keeps_words_in_any_case():
    person = a_person()
    first = positions.hold(person, workplace=Workplace(words="Old Colony"), on=DAY)
    assert positions.hold(person, workplace=Workplace(words="old colony"), on=DAY) == first


def test_hold_leaves_a_position_that_ended_alone():
    person, organization = a_person(), an_organization()
    a_position(person, organization=organization, ended_on=date(2019, 6, 30))
    positions.hold(person, workplace=Workplace(organization), on=DAY)
    assert person.positions.count() == 2


def test_unlisted_counts_people_by_words():
    for words in ("Old Colony", "old colony", "Elsewhere"):
        a_position(a_person(), organization_words=words)
    assert [(row.words.lower(), row.people) for row in positions.unlisted()] == [
        ("old colony", 2),
        ("elsewhere", 1),
    ]


def test_link_links_every_position_with_the_same_words():
    for words in ("Old Colony", "OLD COLONY", "Elsewhere"):
        a_position(a_person(), organization_words=words)
    organization = an_organization()
    assert positions.link("Old Colony", organization=organization) == 2
    assert Position.objects.filter(organization=organization).count() == 2
    assert [row.words for row in positions.unlisted()] == ["Elsewhere"]


def test_a_workplace_left_by_a_slip_is_held_on_when_chosen_again_the_same_day():
    person, home, other = a_person(), Workplace(an_organization()), Workplace(an_organization())
    first = a_position(person, organization=home.organization)
    positions.move_position(person, first, workplace=other, job="", title="", on=DAY)
    second = positions.newest(person, on=DAY)
    positions.move_position(person, second, workplace=home, job="", title="", on=DAY)
    first.refresh_from_db()
    assert first.ended_on is None
