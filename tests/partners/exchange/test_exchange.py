"""Needs, contributions, matches; and the gap that is never stored."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partners.exchange.domain import categories, exchange, matrix
from partners.exchange.exceptions import ExchangeRefused
from partners.models import Match, Need
from tests.factories import NOW, SWEEP, an_organization
from tests.partners.offers import a_contribution, a_match, a_need, mentors

State = Match.State


@pytest.mark.django_db
def test_confirming_a_mentor_for_one_district_leaves_the_gap_of_the_other():
    first, second = a_need(mentors()), a_need(mentors())
    match = a_match(first, a_contribution(mentors()))
    exchange.move_match(match, to=State.CONFIRMED, by=SWEEP, at=NOW)
    assert list(Need.objects.gaps()) == [second]


@pytest.mark.django_db
def test_withdrawing_the_contribution_opens_the_gap_again():
    need, contribution = a_need(mentors()), a_contribution(mentors())
    exchange.move_match(a_match(need, contribution), to=State.CONFIRMED, by=SWEEP, at=NOW)
    exchange.withdraw_contribution(contribution, by=SWEEP, at=NOW)
    assert list(Need.objects.gaps()) == [need]


@pytest.mark.django_db
def test_a_step_that_cannot_follow_is_refused():
    match = a_match(a_need(mentors()), a_contribution(mentors()))
    with pytest.raises(ExchangeRefused, match="can't go from"):
        exchange.move_match(match, to=State.DELIVERED, by=SWEEP, at=NOW)


@pytest.mark.django_db
def test_a_partner_is_not_matched_with_itself():
    organization = an_organization()
    with pytest.raises(ExchangeRefused, match="itself"):
        a_match(a_need(mentors(), organization), a_contribution(mentors(), organization))


@pytest.mark.django_db
def test_a_category_in_use_stays():
    need = a_need(mentors())
    with pytest.raises(ExchangeRefused, match="is in use"):
        categories.delete(need.category)


acts = st.lists(
    st.tuples(
        st.sampled_from(["propose", "confirm", "deliver", "drop", "end need", "end gift"]), st.integers(0, 8)
    ),
    max_size=25,
)


class GapProperty(TestCase):
    """A gap is a need without a match to a confirmed contribution, under any order of acts."""

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(acts)
    def test_gaps_are_what_the_words_say(self, steps):
        category = mentors()
        needs = [a_need(category) for _ in range(3)]
        gifts = [a_contribution(category) for _ in range(3)]
        ended_needs, ended_gifts, met = set(), set(), set()
        for act, number in steps:
            row, column = divmod(number, 3)
            pair = (row, column)
            try:
                self.act(act, needs[row], gifts[column])
            except ExchangeRefused:
                continue
            if act in ("confirm", "deliver"):
                met.add(pair)
            elif act == "drop":
                met.discard(pair)
            elif act == "end need":
                ended_needs.add(row)
            elif act == "end gift":
                ended_gifts.add(column)
        live = {row for row, column in met if column not in ended_gifts}
        assert set(Need.objects.gaps()) == {
            need for row, need in enumerate(needs) if row not in ended_needs and row not in live
        }
        rows = matrix.count_by_partner(Need.objects.open(), side="need", other="contribution")
        in_matrix = sum(row["number"] - row["delivered"] - row["confirmed"] for row in rows)
        assert in_matrix == Need.objects.gaps().count()

    def act(self, act, need, gift):
        if act == "propose":
            a_match(need, gift)
        elif act == "end need":
            exchange.withdraw_need(need, by=SWEEP, at=NOW)
        elif act == "end gift":
            exchange.withdraw_contribution(gift, by=SWEEP, at=NOW)
        else:
            match = Match.objects.filter(need=need, contribution=gift).first()
            if match is None:
                raise ExchangeRefused(sentence="nothing to move")
            to = {"confirm": State.CONFIRMED, "deliver": State.DELIVERED, "drop": State.DROPPED}[act]
            exchange.move_match(match, to=to, by=SWEEP, at=NOW, reason="because")
