"""What a need or a contribution said before somebody changed it, and who reads that."""

import pytest
from django.urls import reverse

from partners.exchange.domain import exchange
from partners.models import Rewording
from tests.factories import NOW, SWEEP, a_contact, a_position, a_user, an_organization
from tests.partners.offers import a_contribution, a_need

pytestmark = pytest.mark.django_db


def reworded(row, **fields):
    act = exchange.change_need if hasattr(row, "priority") else exchange.change_contribution
    return act(row, by=SWEEP, at=NOW, **fields)


def test_a_change_keeps_what_was_said_before_of_the_changed_fields_only():
    need = a_need(detail="Two mentors", grade_bands=["6-8"], priority=1)
    reworded(need, detail="Three mentors", grade_bands=["6-8", "9-12"], priority=1)
    assert Rewording.objects.get().before == {"detail": "Two mentors", "grade_bands": "6 to 8"}


def test_saving_the_same_words_is_no_change():
    reworded(a_need(detail="Two mentors"), detail="Two mentors")
    assert Rewording.objects.count() == 0


def test_whom_a_need_is_for_is_not_kept_by_name():
    need = a_need(teacher=a_user(last_name="Secret").person)
    reworded(need, teacher=None)
    assert Rewording.objects.get().before == {"teacher": "a teacher"}


def test_who_changed_it_and_what_it_said_is_on_the_page(client):
    home = an_organization()
    contact, need = a_contact(home), a_need(organization=home, detail="Two mentors")
    client.force_login(contact.user)
    typed = {"category": need.category.code, "priority": "1", "detail": "Three mentors"}
    client.post(reverse("need_edit", args=[need.uid]), typed)
    page = client.get(reverse("needs_of", args=[home.slug])).content.decode()
    assert f"by {contact}" in page and "Two mentors" in page


@pytest.mark.parametrize(("confirmed", "sees"), [(NOW, True), (None, False)])
def test_only_people_of_partners_read_old_words_of_a_public_contribution(client, confirmed, sees):
    gift = a_contribution(public=True, detail="Old words")
    reworded(gift, detail="New words")
    reader = a_user().person
    a_position(reader, confirmed_at=confirmed)
    client.force_login(reader.user)
    page = client.get(reverse("needs_of", args=[gift.organization.slug])).content.decode()
    assert ("New words" in page, "Old words" in page) == (True, sees)


@pytest.mark.parametrize("number", [1, 30])
def test_old_words_cost_the_same_queries(client, django_assert_max_num_queries, number):
    home = an_organization()
    contact = a_contact(home)
    for _row in range(number):
        reworded(a_need(organization=home, detail="a"), detail="b")
        reworded(a_contribution(organization=home, detail="a"), detail="b")
    client.force_login(contact.user)
    with django_assert_max_num_queries(33):
        client.get(reverse("needs_of", args=[home.slug]))
