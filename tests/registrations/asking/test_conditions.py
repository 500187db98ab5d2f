"""Which questions are asked: examples, and a property over any questions and answers."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registrations.models import Question, QuestionVersion
from registrations.seats.domain.conditions import is_empty, matches, shown


def asked(number, *, after=None, values=(), kind="choice"):
    """A question that nobody wrote down, of the key ``number``."""
    question = Question(pk=number, kind=kind, depends_on_id=after, depends_values=list(values))
    return QuestionVersion(pk=100 + number, question=question)


def keys(versions):
    return [version.question_id for version in versions]


def test_a_condition_on_a_choice():
    versions = [asked(1), asked(2, after=1, values=["Yes"])]
    assert keys(shown(versions, {1: "Yes"})) == [1, 2]
    assert keys(shown(versions, {1: "No"})) == [1]
    assert keys(shown(versions, {})) == [1]


def test_what_depends_on_a_hidden_question_is_hidden_even_if_it_was_answered():
    versions = [asked(1), asked(2, after=1, values=["Yes"]), asked(3, after=2, values=["Yes"])]
    assert keys(shown(versions, {1: "No", 2: "Yes"})) == [1]


def test_an_answer_of_several_matches_by_any():
    assert matches(["A", "B"], ["B", "C"])
    assert not matches(["A"], ["B"])


def test_any_answer_where_nothing_is_wanted():
    assert matches("0", [])
    assert not matches(False, [])
    assert matches(True, [])


values = st.one_of(
    st.none(), st.booleans(), st.sampled_from("ABC"), st.lists(st.sampled_from("ABC"), max_size=3)
)


@st.composite
def networks(draw):
    """Questions in an order in which each may depend on one before it."""
    count = draw(st.integers(1, 8))
    versions = []
    for number in range(1, count + 1):
        after = draw(st.none() | st.integers(1, number - 1)) if number > 1 else None
        wanted = draw(st.lists(st.sampled_from("ABC"), max_size=2)) if after else []
        versions.append(asked(number, after=after, values=wanted))
    return versions, {number: draw(values) for number in range(1, count + 1)}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(networks())
def test_a_question_is_asked_exactly_where_all_conditions_up_to_the_first_hold(drawn):
    versions, answers = drawn
    by_key = {version.question_id: version.question for version in versions}

    def holds(question):
        if question.depends_on_id is None:
            return True
        value, wanted = answers[question.depends_on_id], question.depends_values
        given_here = value if isinstance(value, list) else [value]
        right = not is_empty(value) and (not wanted or value is True or bool(set(given_here) & set(wanted)))
        return right and holds(by_key[question.depends_on_id])

    assert keys(shown(versions, answers)) == [key for key, one in by_key.items() if holds(one)]
