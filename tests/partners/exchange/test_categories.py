"""The categories of needs and contributions, on a page of the coordinators' own."""

import pytest
from django.urls import reverse

from partners.exchange.domain import categories
from partners.models import Category
from tests.factories import a_category, a_coordinator
from tests.partners.offers import a_contribution, a_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator().user)
    return client


def order():
    return list(Category.objects.values_list("code", flat=True))


def test_a_category_is_added_at_the_end_with_a_code_of_its_own(desk):
    desk.post(reverse("category_new"), {"name": "Bus rides", "active": "on"})
    assert order()[-1] == "bus-rides"


@pytest.mark.parametrize(("name", "code"), [("New", "new-2"), ("Bus rides", "bus-rides-2")])
def test_a_code_is_never_taken_twice_nor_an_address(name, code):
    Category.objects.create(code="bus-rides", name="Buses")
    assert categories.add_category(Category(name=name)).code == code


def test_renaming_keeps_the_code(desk):
    category = a_category(code="ride")
    desk.post(reverse("category_edit", args=["ride"]), {"name": "Rides", "active": "on"})
    category.refresh_from_db()
    assert (category.code, category.name) == ("ride", "Rides")


def test_a_name_that_another_has_is_refused(desk):
    a_category(code="ride", name="Rides")
    answer = desk.post(reverse("category_new"), {"name": "rides", "active": "on"})
    assert (answer.status_code, Category.objects.filter(name__iexact="rides").count()) == (422, 1)


def test_a_retired_category_leaves_the_forms(desk):
    category = a_category(code="ride")
    desk.post(reverse("category_edit", args=["ride"]), {"name": "Rides"})
    category.refresh_from_db()
    assert category.active is False


def test_a_category_moves_one_place(desk):
    first, second, *rest = order()
    desk.post(reverse("category_place", args=[second]), {"to": "up"})
    assert order() == [second, first, *rest]


def test_the_first_stays_first(desk):
    before = order()
    desk.post(reverse("category_place", args=[before[0]]), {"to": "up"})
    assert order() == before


def test_a_category_in_use_is_not_deleted_and_says_how_many_use_it(desk):
    category = a_category(code="ride")
    a_need(category)
    a_contribution(category)
    a_contribution(category)
    answer = desk.post(reverse("category_delete", args=["ride"]), follow=True)
    assert "needs (1) and contributions (2)" in answer.content.decode()
    assert Category.objects.filter(code="ride").exists()


def test_an_unused_category_is_deleted(desk):
    a_category(code="ride")
    desk.post(reverse("category_delete", args=["ride"]))
    assert not Category.objects.filter(code="ride").exists()


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_few_questions(desk, django_assert_max_num_queries, number):
    for _row in range(number):
        a_need(a_category())
    with django_assert_max_num_queries(13):
        desk.get(reverse("categories"))
