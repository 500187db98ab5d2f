"""Addresses made of words: free, short, and never that of a page."""

import pytest

from partners.models import OldSlug, Organization
from stemnet.slugs import free_slug, free_slugs
from tests.factories import an_organization

pytestmark = pytest.mark.django_db
ADDRESS = {"longest": 10, "otherwise": "place", "reserved": {"mine"}}


def addresses():
    return [(Organization.objects.all(), "slug"), (OldSlug.objects.all(), "slug")]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Fall River", "fall-river"),
        ("New Bedford", "new-bedfor-2"),
        ("Nuñez", "nunez"),
        ("Wareham - Middle", "wareham-mi"),
        ("Plymouth- North", "plymouth-n"),
        ("Braintree South", "braintree"),
        ("Mine", "mine-2"),
        ("…", "place"),
        ("", "place"),
        ("Old", "old-3"),
    ],
)
def test_a_slug_is_short_and_free(words, slug):
    for known in ("new-bedfor", "old-2"):
        an_organization(slug=known)
    OldSlug.objects.create(organization=an_organization(), slug="old")
    assert free_slug(words, among=addresses(), **ADDRESS) == slug


def test_several_get_slugs_of_their_own_in_a_query_for_each_column(django_assert_num_queries):
    an_organization(slug="york")
    with django_assert_num_queries(2):
        slugs = free_slugs(["York", "Pelham", "York"], among=addresses(), **ADDRESS)
    assert slugs == ["york-2", "pelham", "york-3"]
