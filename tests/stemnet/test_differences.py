"""What changed between two texts, and one text out of two."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemnet.differences import both, combine, merged, pieces

WORDS = st.text(alphabet="ab c\n.é", max_size=60)


def test_pieces_are_whole_words():
    found = [(piece.kind, piece.words) for piece in pieces("We teach math.", "We teach science.")]
    assert found == [("same", "We teach "), ("removed", "math"), ("added", "science"), ("same", ".")]


@settings(deadline=None)
@given(WORDS, WORDS)
def test_pieces_hold_both_texts(before, after):
    found = pieces(before, after)
    assert "".join(piece.words for piece in found if piece.kind != "added") == before
    assert "".join(piece.words for piece in found if piece.kind != "removed") == after


@settings(deadline=None)
@given(WORDS, WORDS)
def test_both_holds_every_line_of_both(theirs, mine):
    kept = both(theirs, mine).split("\n")
    assert all(line in kept for line in [*theirs.split("\n"), *mine.split("\n")] if line)


@settings(deadline=None)
@given(WORDS, WORDS, WORDS)
def test_merged_loses_no_new_line_of_either(base, theirs, mine):
    kept = merged(base=base, theirs=theirs, mine=mine).split("\n")
    new = (set(theirs.split("\n")) | set(mine.split("\n"))) - set(base.split("\n"))
    assert new - set(kept) <= {""}


def test_merged_of_two_first_texts_keeps_both_in_lines_of_their_own():
    assert merged(base="", theirs="Theirs.", mine="Mine.") == "Theirs.\nMine."


def test_a_line_put_after_the_last_does_not_double_it():
    assert both("One.\nTwo.", "ONE.\nTwo.\nThree.") == "One.\nONE.\nTwo.\nThree."
    assert merged(base="One.\nTwo.", theirs="ONE.\nTwo.", mine="One.\nTwo.\nThree.") == "ONE.\nTwo.\nThree."


def test_merged_keeps_changes_at_different_places():
    base = "One.\n\nTwo.\n\nThree."
    assert merged(base=base, theirs="ONE.\n\nTwo.\n\nThree.", mine="One.\n\nTwo.\n\nTHREE.") == (
        "ONE.\n\nTwo.\n\nTHREE."
    )


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "one"),
    [
        ("a", "a", "b", "b"),
        ("a", "b", "a", "b"),
        ("a", "b", "b", "b"),
        (None, "b", "b", "b"),
        (None, "a", "b", "a\nb"),
    ],
)
def test_merged_of_plain_cases(base, theirs, mine, one):
    assert merged(base=base, theirs=theirs, mine=mine) == one


def test_two_long_texts_are_compared_within_seconds():
    before = " ".join(f"w{n}" for n in range(9000))
    after = " ".join(f"w{n * 7 % 9001}" for n in range(9000))
    begun = time.monotonic()
    pieces(before, after)
    assert time.monotonic() - begun < 6


def test_fields_that_only_one_side_changed_are_taken_and_those_of_both_are_shown():
    base = {"title": "Minutes", "place": "Room 1", "text": "One.\nTwo.\n\nThree."}
    theirs = {"title": "Our minutes", "place": "Room 2", "text": "One.\nTheirs.\n\nThree."}
    mine = {"title": "Minutes", "place": "Room 3", "text": "One.\nTwo.\n\nMine."}
    labels = {"title": "Title", "place": "Place", "text": "Text"}
    both = combine(labels, base=base, theirs=theirs, mine=mine, by_line=["text"])
    assert both.words == {"title": "Our minutes", "place": "Room 3", "text": "One.\nTheirs.\n\nMine."}
    assert [(one.label, one.theirs, one.mine) for one in both.clashes] == [
        ("Place", "Room 2", "Room 3"),
        ("Text", theirs["text"], mine["text"]),
    ]


def test_without_what_one_began_from_both_texts_stay_whole():
    both = combine(
        {"text": "Text"}, base=None, theirs={"text": "A\nB"}, mine={"text": "A\nC"}, by_line=["text"]
    )
    assert both.words == {"text": "A\nB\nC"}
    assert both.clashes[0].my_change is None
