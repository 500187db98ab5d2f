"""Who may be meant by a name that the rules did not find: the likely ones first, for a person to choose.

Rules come before likeness: a shared last name, an initial, the name in an address; likeness of letters alone
joins people who have nothing in common.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from rapidfuzz import fuzz, process

from registrations.attendance.domain.report_people import People, Someone
from registrations.attendance.imports.names import bare_name
from stemnet.plain_names import plain_name

LEAST_ALIKE = 72
MOST = 5
Finder = Callable[[Sequence[str], str], list[Someone]]


def finder(people: People) -> Finder:
    """Return a function that gives the likely people for the names and the address of one visitor."""
    crowd = cache(lambda: Crowd(people.all))  # sorted once somebody is asked for

    def find(names: Sequence[str], address: str) -> list[Someone]:
        """Return at most `MOST`, the likeliest first."""
        everyone, scores = crowd().everyone, dict[int, float]()
        for words in asked(names, address):
            for place, alike in crowd().alike(words):
                scores[place] = max(scores.get(place, 0), alike)
            for place in crowd().sharing(words):
                if rules := by_rule(words, everyone[place]):
                    scores[place] = max(scores.get(place, 0), rules)
        likeliest = sorted(scores, key=lambda place: (-scores[place], place))
        return [everyone[place] for place in likeliest[:MOST]]

    return find


class Crowd:
    """Everyone of a network in order, and by what they can share with a name, so that few are looked at."""

    def __init__(self, people: Iterable[Someone]) -> None:
        self.everyone = sorted(people, key=lambda one: one.sort_key)
        self.letters = [in_order(f"{one.plain_first} {one.plain_last}") for one in self.everyone]
        self.by_last: dict[str, list[int]] = defaultdict(list)  # the first word of the last name
        self.by_whole: dict[str, list[int]] = defaultdict(list)  # all that is said: "jo ann", "jsmith"
        for place, one in enumerate(self.everyone):
            for word in one.plain_last.split()[:1]:
                self.by_last[word].append(place)
            for words in wholes(one):
                self.by_whole[words].append(place)

    def alike(self, words: str) -> list[tuple[int, float]]:
        """Return the places whose letters are like those of ``words`` in any order, and how much."""
        found = process.extract(
            in_order(words), self.letters, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=MOST
        )
        return [(place, alike) for _name, alike, place in found]

    def sharing(self, words: str) -> set[int]:
        """Return the places for which a rule may hold."""
        split = words.split()
        found = set(self.by_whole.get(" ".join(split), ()))
        return found.union(*(self.by_last.get(word, ()) for word in split))


def in_order(name: str) -> str:
    """Return the words of a name in the order of letters: likeness asks for no order of names."""
    return " ".join(sorted(name.split()))


def wholes(one: Someone) -> set[str]:
    """Return what means somebody where nothing else is said: first names alone, or a name and an initial."""
    first, last = one.plain_first.split(), one.plain_last.split()
    found = {" ".join(first[:number]) for number in range(1, len(first) + 1)}
    return found | shortened(first, last)


def shortened(first: Sequence[str], last: Sequence[str]) -> set[str]:
    """Return a name as addresses shorten it: jsmith, janes."""
    return {first[0][0] + last[-1], first[0] + last[-1][0]} if first and last else set()


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
    return 90 if words in shortened(first, last) else 0
