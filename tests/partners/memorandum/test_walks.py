"""Taking back is the inverse of doing: random walks over all that is done to a memorandum."""

import pytest

from tests.partners.memorandum.walker import Walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(1))
def test_a_walk_leaves_every_partner_asked_once_and_bound_by_what_it_signed(client, seed):
    Walk(seed, client).go(30)


@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(100, 101))
def test_a_walk_on_postgresql_does_the_same(client, seed):
    Walk(seed, client).go(30)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1060))
def test_a_long_walk_does_the_same(client, seed):
    Walk(seed, client).go(120)
