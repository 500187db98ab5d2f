"""Who acted, as every history says it."""

import pytest

from partners.models import Outsider, Sweep, acted
from tests.factories import a_person

pytestmark = pytest.mark.django_db


def test_a_person_is_kept_with_the_name_of_then():
    person = a_person(first_name="Ana", last_name="Sousa")
    assert acted(person) == {"by": person, "by_name": "Ana Sousa"}


@pytest.mark.parametrize("by", [Sweep("waitlist"), Outsider("waitlist")])
def test_whoever_has_no_row_is_kept_by_name(by):
    assert acted(by) == {"by": None, "by_name": "waitlist"}


def test_a_sweep_is_nobody_of_the_same_name():
    assert Sweep("Ana") != Outsider("Ana")
