"""A match rests while one of its partners is none any more: who is told, and what its page says."""

import pytest
from django.urls import reverse

from partners.exchange.domain import exchange, resting
from partners.models import Match, Organization
from stemnet import jobs
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_part
from tests.partners.offers import a_contribution, a_match, a_need
from tests.partners.signing_pages import log_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def match():
    """A confirmed match of two partners, each with somebody who writes for it."""
    taker, giver = a_part(), a_part()
    both = a_need(organization=taker.organization), a_contribution(organization=giver.organization)
    return a_match(*both, state="confirmed")


def leave(organization):
    Organization.objects.filter(pk=organization.pk).update(stage="former")
    organization.refresh_from_db()


def writer(organization):
    return organization.mou_roles.get().drafter


def told(act, organization):
    Mail.objects.all().delete()
    with jobs.finishing():
        act(organization, at=NOW)
    return [(mail.address, mail.subject) for mail in Mail.objects.all()]


def test_the_taker_is_told_that_a_match_rests_and_that_it_goes_on(match):
    giver, taker = match.contribution.organization, match.need.organization
    leave(giver)
    address = writer(taker).primary_address
    assert told(resting.tell_resting, giver) == [
        (address, f"Your match with {giver} is paused: {match.need.category}")
    ]
    assert "your need is a gap again" in Mail.objects.get().text
    assert told(resting.tell_resumed, giver) == [
        (address, f"Your match with {giver} is back on: {match.need.category}")
    ]


def test_whoever_gives_is_told_where_the_taker_leaves(match):
    giver, taker = match.contribution.organization, match.need.organization
    leave(taker)
    assert [address for address, _subject in told(resting.tell_resting, taker)] == [
        writer(giver).primary_address
    ]
    assert "gap" not in Mail.objects.get().text


@pytest.mark.parametrize("state", ["proposed", "delivered", "dropped"])
def test_nobody_is_told_of_a_match_that_nobody_agreed_on_or_that_is_over(match, state):
    Match.objects.update(state=state)
    leave(match.contribution.organization)
    assert told(resting.tell_resting, match.contribution.organization) == []


def page(client, match):
    log_in(client, writer(match.need.organization))
    return words(client.get(reverse("match", args=[match.uid])))


def test_the_page_says_that_it_rests(client, match):
    leave(match.contribution.organization)
    assert f"{match.contribution.organization} is no longer a partner, so this match is paused." in page(
        client, match
    )


def test_after_it_was_delivered_the_page_says_that_it_is_done(client, match):
    match = exchange.move_match(match, to="delivered", by=SWEEP, at=NOW)
    said = page(client, match)
    assert (
        "All done This was delivered, so there is nothing left to do." in said,
        "What's next" in said,
    ) == (
        True,
        False,
    )
