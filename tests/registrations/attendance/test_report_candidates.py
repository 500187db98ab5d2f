"""Whom a question offers: looking at few people must find whom looking at everyone finds."""

import random
from uuid import UUID

import pytest
from rapidfuzz import fuzz

from registrations.attendance.domain.report_candidates import LEAST_ALIKE, MOST, asked, by_rule, finder
from registrations.attendance.domain.report_people import People, Someone

FIRST = ("jane", "jo ann", "john", "maria", "li", "")
LAST = ("smith", "de la cruz", "smith jones", "lee", "cruz", "")
ASKED = (
    "Jane Smith",
    "jsmith",
    "janes",
    "Jo",
    "Cruz, Maria de la",
    "J. Smith Jones",
    "Li Lee",
    "lee",
    "Jon Smit",
)


def someone(number, first, last):
    uid = str(UUID(int=number))
    return Someone(number, uid, number, "seated", True, first, last, "", first, last, None, None)


def slowly(people, names, address):
    """Return the likely people by asking each rule of everyone, and likeness in any order of words."""
    everyone = sorted(people.all, key=lambda one: one.sort_key)
    scores = {}
    for words in asked(names, address):
        alike = [
            (fuzz.token_sort_ratio(words, f"{one.plain_first} {one.plain_last}"), -place)
            for place, one in enumerate(everyone)
        ]
        for score, place in sorted(alike, reverse=True)[:MOST]:
            if score >= LEAST_ALIKE:
                scores[-place] = max(scores.get(-place, 0), score)
        for place, one in enumerate(everyone):
            if rules := by_rule(words, one):
                scores[place] = max(scores.get(place, 0), rules)
    return [everyone[place] for place in sorted(scores, key=lambda place: (-scores[place], place))[:MOST]]


@pytest.mark.parametrize("seed", range(5))
def test_the_likely_people_are_those_whom_every_rule_finds_among_everyone(seed):
    draw = random.Random(seed)
    crowd = {n: someone(n, draw.choice(FIRST), draw.choice(LAST)) for n in range(60)}
    people = People(by_person=crowd)
    find = finder(people)
    for name in ASKED:
        for address in ("", "jane.smith@example.org"):
            assert find([name], address) == slowly(people, [name], address)
    assert find(["Jane Smith"], ""), "the drawn people have nobody to find"
