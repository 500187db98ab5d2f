"""A card that is reported in the moment in which its owner takes it away."""

from threading import Barrier

import pytest
from django.db import IntegrityError, transaction

from registrations.models import Card, Report
from registrations.together.domain import cards, reports
from registrations.together.domain.cards import CardWords
from registrations.together.exceptions import HidingRefused
from tests.factories import NOW, a_network, a_person, a_registration
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def a_card():
    return cards.show(a_registration(a_network()), CardWords(), at=NOW)


def test_without_holding_the_card_a_report_of_it_fails_at_its_very_end():
    card, reporter, gate = a_card(), a_person(), Barrier(2)

    def report_without_lock():
        with transaction.atomic():
            Report.objects.create(
                card=card, network=card.registration.network, reporter=reporter, reason="Rude", at=NOW
            )
            gate.wait(timeout=30)
            gate.wait(timeout=30)

    def take_away():
        gate.wait(timeout=30)
        Card.objects.filter(pk=card.pk).delete()
        gate.wait(timeout=30)

    outcomes = at_once([report_without_lock, take_away])
    assert [type(one) for one in outcomes if one] == [IntegrityError]


@pytest.mark.parametrize("turn", range(3))
def test_a_card_is_taken_away_or_reported_and_nobody_gets_an_error(turn):
    card, reporter = a_card(), a_person()
    told = {"network": card.registration.network, "reason": "Rude", "by": reporter, "at": NOW}
    acts = [
        lambda: reports.report(card, **told),
        lambda: cards.take_away(card.registration, at=NOW),
    ]
    outcomes = at_once(acts if turn % 2 else acts[::-1])
    kept = Card.objects.filter(pk=card.pk).first()
    assert (kept is not None and kept.away_at == NOW) == Report.objects.exists()
    assert all(isinstance(one, Report | HidingRefused) for one in outcomes if one)
