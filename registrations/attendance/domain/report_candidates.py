"""Who may be meant by a name that the rules did not find: the likely ones first, for a person to choose.

Rules come before likeness: a shared last name, an initial, the name in an address; likeness of letters alone
joins people who have nothing in common.
"""

from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from registrations.attendance.domain.report_people import People, Someone
from registrations.attendance.imports.names import bare_name
from stemnet.plain_names import plain_name

LEAST_ALIKE = 72
MOST = 5
Finder = Callable[[Sequence[str], str], list[Someone]]


def finder(people: People) -> Finder:
    """Return a function that gives the likely people for the names and the address of one visitor."""
    everyone = sorted(people.all, key=lambda one: one.sort_key)
    plain = [f"{one.plain_first} {one.plain_last}" for one in everyone]

    def find(names: Sequence[str], address: str) -> list[Someone]:
        """Return at most `MOST`, the likeliest first."""
        scores: dict[int, float] = {}
        for words in asked(names, address):
            for _name, alike, place in process.extract(
                words, plain, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST_ALIKE, limit=MOST
            ):
                scores[place] = max(scores.get(place, 0), alike)
            for place, one in enumerate(everyone):
                if rules := by_rule(words, one):
                    scores[place] = max(scores.get(place, 0), rules)
        likeliest = sorted(scores, key=lambda place: (-scores[place], place))
        return [everyone[place] for place in likeliest[:MOST]]

    return find


def asked(names: Sequence[str], address: str) -> list[str]:
    """Return the words to look for: each name, and the name in an address such as ``jane.smith@``."""
    local = address.partition("@")[0] if "." in address.partition("@")[0] else ""
    return [one for one in (plain_name(bare_name(name)) for name in (*names, local)) if one]


def by_rule(words: str, one: Someone) -> float:
    """Return how likely ``words`` mean somebody by what they share, 0 where it is nothing."""
    first, last = one.plain_first.split(), one.plain_last.split()
    asked_words = words.split()
    if last and set(last) <= set(asked_words):
        others = [word for word in asked_words if word not in last]
        initials = {word[0] for word in first}
        return 98 if any(word[0] in initials for word in others) or not others else 75
    if first and asked_words == first[: len(asked_words)]:
        return 80
    if first and last and words in (first[0][0] + last[-1], first[0] + last[-1][0]):
        return 90
    return 0
