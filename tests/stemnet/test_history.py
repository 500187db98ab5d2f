"""Rows of history for what is written in bulk: what was written, of rows that there are."""

import pytest

from partners.models import Organization
from stemnet.history import update_with_history
from tests.factories import NOW, an_organization

pytestmark = pytest.mark.django_db


def update(rows, *fields):
    said = {"default_user": None, "default_date": NOW, "default_change_reason": "Import"}
    update_with_history(rows, Organization, fields, batch_size=2, **said)


def history(organization):
    rows = Organization.history.filter(id=organization.pk, history_type="~").order_by("history_id")
    return list(rows.values_list("city", "website", "history_change_reason"))


def test_history_shows_the_columns_that_were_written_and_no_other_of_the_row_in_memory():
    one = an_organization(city="Dartmouth", website="https://old.example.org")
    one.city, one.website = "Wareham", "https://typed-and-never-written.example.org"
    update([one], "city")
    assert history(one) == [("Wareham", "https://old.example.org", "Import")]


def test_history_shows_what_others_wrote_meanwhile():
    one = an_organization(city="Dartmouth", website="")
    Organization.objects.filter(pk=one.pk).update(website="https://new.example.org")
    one.city = "Wareham"
    update([one], "city")
    assert history(one) == [("Wareham", "https://new.example.org", "Import")]


def test_a_row_that_is_gone_gets_no_history():
    rows = [an_organization(city="Dartmouth") for _number in range(5)]
    gone = rows[1].pk
    Organization.objects.filter(pk=gone).delete()
    for row in rows:
        row.city = "Wareham"
    update(rows, "city")
    assert Organization.history.filter(history_type="~").count() == 4
    assert not Organization.history.filter(id=gone, history_type="~").exists()
