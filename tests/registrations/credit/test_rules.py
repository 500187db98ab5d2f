"""From a network to its plain rule."""

from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

import registrations
from meetings.models import Network, with_dates
from registrations.credit.domain.credits import Rule
from registrations.credit.domain.rules import HOURS_ONLY, as_rule
from registrations.models import CreditRule
from registrations.models.credit.credit_rule import MASSACHUSETTS, first_day
from tests.factories import a_meeting, a_network

pytestmark = pytest.mark.django_db


def test_massachusetts_is_the_default_of_the_arithmetic():
    assert as_rule(CreditRule.objects.version_for(a_network())) == Rule(categories=MASSACHUSETTS)


def test_a_network_without_a_rule_counts_hours_only():
    assert as_rule(CreditRule.objects.version_for(a_network(credit_code=""))) == HOURS_ONLY


def test_the_version_is_that_of_the_first_meeting():
    network = a_network(meetings=5)
    old = CreditRule.objects.get(code="MA-PDP")
    CreditRule.objects.create(
        code="MA-PDP", version=2, name="New", minimum=Decimal(12), effective_from=date(2021, 1, 1)
    )
    assert CreditRule.objects.version_for(network) == old


def an_evening_in_june() -> Network:
    """At 8 p.m. of 30 June in New York it is 1 July by UTC."""
    network = a_network(meetings=0)
    a_meeting(network, on=date(2021, 6, 30), start_time=time(20), end_time=time(22))
    CreditRule.objects.create(code="MA-PDP", version=2, name="New", effective_from=date(2021, 7, 1))
    return network


def test_the_day_of_the_first_meeting_is_that_of_the_network():
    network = an_evening_in_june()
    assert (first_day(network), CreditRule.objects.version_for(network).version) == (date(2021, 6, 30), 1)


def test_the_version_is_the_same_from_an_annotated_row():
    annotated = with_dates(Network.objects.all()).get(pk=an_evening_in_june().pk)
    assert CreditRule.objects.version_for(annotated).version == 1


def test_the_version_is_the_same_from_prefetched_meetings(django_assert_num_queries):
    network = Network.objects.prefetch_related("meetings").get(pk=an_evening_in_june().pk)
    versions = CreditRule.objects.all()
    with django_assert_num_queries(1):
        assert [versions.version_for(network).version for _turn in range(3)] == [1, 1, 1]


def test_before_it_has_meetings_the_year_begins_in_september():
    network = a_network(meetings=1)
    network.meetings.update(status="cancelled")
    assert first_day(network) == date(2020, 9, 1)


def test_a_rule_that_ended_is_not_in_force():
    CreditRule.objects.filter(code="MA-PDP").update(effective_to=date(2020, 10, 13))
    assert CreditRule.objects.version_for(a_network()) is None


def test_the_choice_of_a_network_about_breaks_is_never_passed_over():
    callers = {
        path.name
        for path in (Path(registrations.__file__).parent).rglob("*.py")
        if "as_rule(" in path.read_text()
    }
    assert callers == {"rules.py"}
