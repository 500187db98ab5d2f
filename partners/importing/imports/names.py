"""Names of people as other programs write them: titles, degrees, pronouns, and which word is the last name.

What is sure is read: "Testsmith, Jane, Ph.D.", "Dr. Jane Q. Testsmith", "Maria de la Cruz (she/her)". What
could be read in several ways is left to the coordinator, as a list of readings. Junior and III belong to the
last name; titles and degrees are left out, and said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words("dr doctor mr mrs ms miss mx prof professor rev reverend hon honorable fr sir madam sra srta")
GENERATIONS = _words("jr sr ii iii iv")
DEGREES = _words(
    "phd edd md jd dds dmd dvm psyd scd dsc eds dmin dnp dpt ded do mba mpa mph mpp msw mfa med edm mat ma "
    "ms msc mst mse msed mis mls mlis alm llm mta ba bs bsc bed bsed bsn msn aa as cags caes cas lcsw licsw "
    "lmhc lpc lmft lsw ncsp bcba rn np cpa pe esq esquire nbct slp cccslp otr pmp tesol ret retired"
)
PARTICLES = _words(
    "de del della da das do dos di du des la las le los lo van von der den ter ten vande vander zu zur af al "
    "el bin ibn abu ben st saint o mac san santa y"
)
PRONOUN = r"(?:she|he|they|her|him|them|hers|his|theirs|ze|zir|xe|xem|any|all|ella|él|elle|el|ask me)"
PRONOUNS = re.compile(
    rf"[\s,|–-]*[(\[]\s*{PRONOUN}(?:\s*[/,|]\s*\w+|\s+pronouns)*\s*[)\]]|[\s,|–-]+{PRONOUN}(?:\s*/\s*\w+)+\s*$",
    re.IGNORECASE,
)
AT_WORK = _words(
    "superintendent principal director coordinator teacher coach chair dean manager president professor "
    "specialist supervisor consultant librarian counselor school schools district university college academy "
    "department public"
)
AS_DEGREE = re.compile(r"[A-Z][A-Za-z]?(?:[.A-Z-][A-Za-z.-]*)+|[A-Z]{2,8}")
NO_SIGNS = re.compile(r"[.\s()’'-]")
INITIAL = re.compile(r"\w\.?|(?:\w\.){2,}")
LONGEST = 100


@dataclass(frozen=True)
class Reading:
    """One way to read a name, and the words that are left out of it."""

    first: str
    last: str
    left_out: tuple[str, ...] = ()


@dataclass
class _Taken:
    """Words without titles, degrees and pronouns, and what was taken off."""

    words: list[str]
    generation: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def readings(name: str) -> list[Reading]:
    """Return the ways in which a full name can be read: one where it is sure, none where nothing fits."""
    text, pronouns = without_pronouns(name)
    parts = [part.split() for part in text.split(",") if part.strip()]
    loud = not any(letter.islower() for letter in text)
    if not parts:
        return []
    tail, suffixes = _Taken([]), list[list[str]]()
    if any(word.casefold() in ("and", "&", "/") for part in parts for word in part):
        return []  # two people in one cell
    while len(parts) > 1 and _are_suffixes(parts[-1]):
        suffixes.insert(0, parts.pop())
    for part in suffixes:
        _keep(tail, part)
    if len(parts) > 2 and all(_key(word) in GENERATIONS for word in parts[1]):
        tail.generation += parts.pop(1)
    left = [*pronouns, *tail.left_out]
    if len(parts) == 1:
        return _in_order(parts[0], loud, tail.generation, left)
    if len(parts) == 2:
        return _last_first(parts[0], parts[1], loud, tail.generation, left)
    return []


def without_pronouns(name: str) -> tuple[str, list[str]]:
    """Return a name without pronouns at its end, and those."""
    if not ("/" in name or "(" in name or "[" in name):
        return name.strip(), []
    found = [one.group().strip(" ,|–-") for one in PRONOUNS.finditer(name)]
    return PRONOUNS.sub("", name).strip(), found


def without_titles(name: str, *, is_last: bool) -> tuple[str, list[str]]:
    """Return a first or a last name of its own without title, degrees and pronouns, and those."""
    if name.isalpha():  # most are one word
        return name, []
    text, left = without_pronouns(name)
    before, *behind = [part.split() for part in text.split(",") if part.strip()] or [[]]
    taken = _stripped(before, loud=False, least=1)
    for part in behind:
        if is_last and _are_suffixes(part):
            _keep(taken, part)
        else:
            return name, []
    return " ".join([*taken.words, *taken.generation]), [*left, *taken.left_out]


def is_title(words: str) -> bool:
    """Say whether words are nothing but how somebody is addressed, such as "Ms."."""
    parts = words.replace("/", " ").split()
    return bool(parts) and all(_key(word) in TITLES for word in parts)


def _in_order(words: list[str], loud: bool, generation: list[str], left: list[str]) -> list[Reading]:
    """Read first and last name as they are spoken."""
    taken = _stripped(words, loud=loud, least=2)
    names, generation = taken.words, [*taken.generation, *generation]
    left = [*left, *taken.left_out]
    if len(names) < 2:
        return []
    return [
        reading
        for place in _places(names)
        if (reading := _reading(names[:place], [*names[place:], *generation], left))
    ]


def _places(names: list[str]) -> Iterable[int]:
    """Return where the last name may begin."""
    if len(names) == 2:
        return [1]
    middle = range(1, len(names) - 1)
    if particle := next((place for place in middle if _key(names[place]) in PARTICLES), 0):
        return [particle]
    if all(INITIAL.fullmatch(names[place]) or names[place].startswith(("(", '"', "“")) for place in middle):
        return [len(names) - 1]
    return range(len(names) - 1, 0, -1) if len(names) <= 5 else []


def _last_first(
    last: list[str], first: list[str], loud: bool, generation: list[str], left: list[str]
) -> list[Reading]:
    """Read "Last, First"; where what stands behind the comma may be a degree nobody knows, both ways."""
    behind, before = _stripped(first, loud=loud, least=1), _stripped(last, loud=loud, least=1)
    left = [*left, *before.left_out, *behind.left_out]
    generation = [*before.generation, *behind.generation, *generation]
    plain = _reading(behind.words, [*before.words, *generation], left)
    if {_key(word) for word in first} & AT_WORK:
        return _in_order(last, loud, generation, [*left, " ".join(first)])
    ways = [plain] if plain and len(behind.words) <= 4 else []
    if len(before.words) < 2 or _key(before.words[0]) in PARTICLES:
        return ways
    spoken = _in_order(last, loud, generation, [*left, " ".join(first)])
    as_degree = len(first) == 1 and AS_DEGREE.fullmatch(first[0]) and not loud
    return [*spoken, *ways] if as_degree else [*ways, *spoken]


def _reading(first: list[str], last: list[str], left: list[str]) -> Reading | None:
    names = " ".join(first), " ".join(last)
    return Reading(*names, tuple(left)) if all(0 < len(name) <= LONGEST for name in names) else None


def _stripped(words: list[str], *, loud: bool, least: int) -> _Taken:
    """Take off titles in front and suffixes behind, as long as ``least`` words stay."""
    taken = _Taken(list(words))
    while len(taken.words) > least and _key(taken.words[0]) in TITLES:
        taken.left_out.append(taken.words.pop(0))
    while len(taken.words) > least and _is_written_as_suffix(taken.words[-1], loud):
        _keep(taken, [taken.words.pop()])
    return taken


def _keep(taken: _Taken, words: list[str]) -> None:
    for word in words:
        (taken.generation if _key(word) in GENERATIONS else taken.left_out).append(word)


def _key(word: str) -> str:
    return (word if word.isalnum() else NO_SIGNS.sub("", word)).casefold()


def _are_suffixes(words: list[str]) -> bool:
    """Say whether what stands behind a comma is degrees and the like, also one written apart, as "Ed. D."."""
    return all(_is_suffix(word) for word in words) or _key("".join(words)) in DEGREES


def _is_suffix(word: str) -> bool:
    return _key(word) in GENERATIONS or _key(word) in DEGREES or _key(word) in ("", "and", "&")


def _is_written_as_suffix(word: str, loud: bool) -> bool:
    """Say whether a word without a comma before it is a suffix: "Ma" is a name, "M.A." and "MA" are not."""
    key = _key(word)
    if key in GENERATIONS:
        return True
    if key not in DEGREES:
        return False
    return "." in word.rstrip(".") or (not loud and sum(letter.isupper() for letter in word) > 1)
