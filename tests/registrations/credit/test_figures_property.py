"""Whatever happens in whatever order: what is stored is what follows from the evidence, and documents agree
or are to be reviewed.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registrations.credit.figures_story import ACTS, walk

pytestmark = pytest.mark.django_db
MANY = ["present", "everyone", "issue_all"]  # tried more often, so that there is something to lose
WALKS = st.lists(st.tuples(st.sampled_from(ACTS + MANY * 4), st.integers(0, 14)), max_size=14)
USUAL = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}


@pytest.mark.slow  # the same runs on PostgreSQL
@settings(max_examples=8, **USUAL)
@given(acts=WALKS)
def test_figures_follow_the_evidence_under_any_order(acts):
    walk(acts)


@pytest.mark.postgres
@settings(max_examples=10, **USUAL)
@given(acts=WALKS)
def test_figures_follow_the_evidence_under_any_order_on_postgres(acts):
    walk(acts)


@pytest.mark.slow
@settings(max_examples=400, **USUAL)
@given(acts=WALKS)
def test_figures_follow_the_evidence_on_long_walks(acts):
    walk(acts)
