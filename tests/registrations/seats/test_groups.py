"""Joining, changing and leaving working groups."""

import pytest

from registrations.seats.domain import groups, withdrawing
from registrations.seats.exceptions import RegistrationRefused
from tests.factories import NOW, a_group, a_network, a_registration

pytestmark = pytest.mark.django_db


def topics(registration):
    return [m.working_group for m in registration.group_memberships.current()]


def test_choose_joins_changes_and_leaves():
    network = a_network()
    one, other, registration = a_group(network), a_group(network), a_registration(network)
    groups.choose_group(registration, one, at=NOW)
    groups.choose_group(registration, one, at=NOW)
    assert topics(registration) == [one]
    groups.choose_group(registration, other, at=NOW)
    assert topics(registration) == [other]
    groups.choose_group(registration, None, at=NOW)
    assert topics(registration) == []
    assert registration.group_memberships.count() == 2


def test_choose_refuses_a_full_group_and_keeps_the_old_one():
    network = a_network()
    full, old = a_group(network, places=1), a_group(network)
    groups.choose_group(a_registration(network), full, at=NOW)
    registration = a_registration(network)
    groups.choose_group(registration, old, at=NOW)
    with pytest.raises(RegistrationRefused, match="This working group is full"):
        groups.choose_group(registration, full, at=NOW)
    assert topics(registration) == [old]


def test_filled_up_names_the_group_that_was_wanted_and_not_joined():
    network = a_network()
    group, registration = a_group(network), a_registration(network)
    assert groups.filled_up(registration, None) is None
    assert groups.filled_up(registration, group.pk) == group
    groups.choose_group(registration, group, at=NOW)
    assert groups.filled_up(registration, group.pk) is None


def test_a_place_is_free_again_when_somebody_leaves_the_network():
    network = a_network()
    group, first, second = a_group(network, places=1), a_registration(network), a_registration(network)
    groups.choose_group(first, group, at=NOW)
    withdrawing.leave_network(first, by=first.person, at=NOW)
    groups.choose_group(second, group, at=NOW)
    assert topics(second) == [group]


def test_choose_refuses_a_group_of_another_network_and_who_has_left():
    network = a_network()
    registration = a_registration(network)
    with pytest.raises(RegistrationRefused, match="another network"):
        groups.choose_group(registration, a_group(a_network()), at=NOW)
    withdrawing.leave_network(registration, by=registration.person, at=NOW)
    with pytest.raises(RegistrationRefused, match="no longer registered"):
        groups.choose_group(registration, a_group(network), at=NOW)
