"""From a network to its plain rule."""

from datetime import date
from decimal import Decimal

import pytest

from registrations.credit.domain.credits import Rule
from registrations.credit.domain.rules import HOURS_ONLY, rule_for, version_for
from registrations.models import CreditRule
from tests.factories import a_network

pytestmark = pytest.mark.django_db


def test_massachusetts_is_the_default_of_the_arithmetic():
    assert rule_for(a_network()) == Rule()


def test_a_network_without_a_rule_counts_hours_only():
    assert rule_for(a_network(credit_code="")) == HOURS_ONLY


def test_the_version_is_that_of_the_first_meeting():
    network = a_network(meetings=5)
    old = CreditRule.objects.get(code="MA-PDP")
    CreditRule.objects.create(
        code="MA-PDP", version=2, name="New", minimum=Decimal(12), effective_from=date(2021, 1, 1)
    )
    assert version_for(network) == old
