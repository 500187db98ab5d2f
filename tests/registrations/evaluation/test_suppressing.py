"""Small groups: neither shown nor worked out from what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registrations.evaluation.domain.suppressing import cells_to_show, hidden


@pytest.mark.parametrize(
    ("counts", "visible"),
    [
        ([5, 6, 7], [True, True, True]),
        ([4, 6, 7], [False, False, True]),
        ([1, 4, 7], [False, False, True]),
        ([0, 6, 7], [False, True, True]),
        ([4, 5], [False, False]),
        ([], []),
    ],
)
def test_shown_hides_the_small_and_what_would_give_them_away(counts, visible):
    assert cells_to_show(counts, minimum=5) == visible


def test_shown_hides_what_is_not_to_be_shown_and_guards_it_too():
    assert cells_to_show([4, 9, 20], minimum=5, among=[False, True, True]) == [False, False, True]


@given(st.lists(st.integers(0, 40), max_size=8), st.integers(1, 10))
def test_no_shown_cell_is_small_and_the_hidden_ones_are_none_or_enough(counts, minimum):
    visible = cells_to_show(counts, minimum=minimum)
    assert all(count >= minimum for count, is_shown in zip(counts, visible, strict=True) if is_shown)
    rest = hidden(counts, visible)
    assert rest == 0 or rest >= minimum or not any(visible)
