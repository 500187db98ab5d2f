"""The page of retention: what it says, days and holds, and that it asks a constant number of statements."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.models import User
from stemnet.models import LegalHold, Mail, RetentionPolicy, RetentionRun
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    """A coordinator who is signed in."""
    person = factories.a_coordinator(first_name="Ann", last_name="Coe")
    client.force_login(User.objects.get(person=person))
    return person


def an_old_mail(number):
    at = timezone.now() - timedelta(days=800)
    Mail.objects.create(
        key=str(number), template="t", address="a@example.org", subject="s", message_id=f"<{number}@x>",
        created_at=at, due_at=at, state="sent", sent_at=at,
    )  # fmt: skip


def page(client):
    return client.get(reverse("retention")).content.decode()


def test_the_page_says_what_is_due_and_deletes_nothing(client, coordinator):
    an_old_mail(1)
    text = page(client)
    assert "E-mail that was sent, stopped or refused" in text
    assert "730 days" in text and "oldest:" in text
    assert Mail.objects.count() == 1


def test_the_admin_leads_there_for_coordinators(client, coordinator):
    assert reverse("retention") in client.get(reverse("admin:index")).content.decode()


def test_days_are_changed_with_a_reason(client, coordinator):
    address = reverse("retention_days", args=["mail"])
    assert client.post(address, {"days": "365"}).status_code == 422
    client.post(address, {"days": "365", "reason": "Town schedule 3.2"})
    assert RetentionPolicy.objects.get(key="mail").days == 365
    assert "730 days before, now: 365 days. Town schedule 3.2" in page(client)


def test_a_floor_is_said_and_what_was_typed_stays(client, coordinator):
    answer = client.post(
        reverse("retention_days", args=["histories"]), {"days": "30", "reason": "Less is better"}
    )
    assert answer.status_code == 422
    assert "Keep this for at least 2192 days" in answer.content.decode()
    assert 'value="Less is better"' in answer.content.decode()


@pytest.mark.parametrize("key", ["marks", "unknown"])
def test_days_that_follow_a_rule_have_no_page(client, coordinator, key):
    assert client.get(reverse("retention_days", args=[key])).status_code == 404


def test_a_hold_is_set_and_lifted(client, coordinator):
    factories.a_person(first_name="Eva", last_name="Stone", address="eva@example.org")
    given = {"address": "eva@example.org", "reason": "Case 12", "ask": "the office"}
    client.post(reverse("legal_hold"), given)
    hold = LegalHold.objects.get()
    assert (hold.label, hold.set_by) == ("Eva Stone", "Ann Coe")
    assert "Case 12" in page(client)
    for _time in range(2):
        client.post(reverse("legal_hold_lift", args=[hold.uid]))
    hold.refresh_from_db()
    assert (hold.lifted_by, LegalHold.objects.standing(timezone.now()).count()) == ("Ann Coe", 0)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Name a person, a network or an organization"),
        ({"address": "nobody@example.org"}, "Nobody here has the address nobody@example.org."),
        ({"address": "eva@example.org", "until": "2020-01-01"}, "Choose a last day that is still ahead"),
    ],
)
def test_a_hold_that_cannot_be_set_says_why(client, coordinator, given, words):
    factories.a_person(address="eva@example.org")
    answer = client.post(reverse("legal_hold"), {"reason": "Case 12", "ask": "the office", **given})
    assert answer.status_code == 422
    assert words in answer.content.decode() and "Case 12" in answer.content.decode()
    assert not LegalHold.objects.exists()


def test_numbers_go_into_the_log(client, coordinator):
    an_old_mail(1)
    client.post(reverse("retention_count"))
    assert "1 counted, nothing deleted" in page(client)


def test_many_rows_ask_no_more(client, coordinator, django_assert_max_num_queries):
    def rows(numbers):
        for number in numbers:
            an_old_mail(number)
            at = timezone.now()
            RetentionRun.objects.create(key="mail", at=at, by="x", deleted=1)
            network = factories.a_network(title=f"N {number}")
            LegalHold.objects.create(
                object=f"network:{network.slug}", label="N", reason="r", ask="a", begins_at=at, set_by="x"
            )

    rows(range(1))
    page(client)
    with django_assert_max_num_queries(200) as first:
        page(client)
    rows(range(1, 30))
    with django_assert_max_num_queries(len(first)):
        page(client)
