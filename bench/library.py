"""How long a search of the library takes beside the same questions written by hand in SQL.

    DATABASE_URL=postgres://… python -m bench.library [RESOURCES] [TIMES]

Into a database of its own, which may be dropped afterwards, it puts resources with grades, subjects and
standards, unless they are there. By hand and by the portal the same is asked: the number of results, the keys
of a page in order, and the counts of four facets; another answer ends it. Both answer in turn; written is the
median of the milliseconds.
"""

import os
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

RESOURCES, TIMES, PAGE = 20_000, 15, 12
NOW = datetime(2026, 9, 1, 14, tzinfo=UTC)
WORDS = ["wave", "energy", "ocean", "tide", "design", "bridge", "data", "heat"]
WORDS += ["cell", "plant", "orbit", "rock", "weather", "circuit", "ratio", "proof"]
ASKED = {
    "nothing": ("", {}),
    "a word": ("waves", {}),
    "a word and two facets": ("waves", {"grade": ["6-8"], "kind": ["task"]}),
    "a code": ("PS3-2", {}),
    "two words": ("tide data", {}),
}
TITLE, SUMMARY, TEXT = "r.searched_title", "r.searched_summary", "r.searched_description"


def fill(number: int) -> None:
    """Put the resources there, in batches."""
    from meetings.models import Resource, ResourceGrade
    from partners.models import GradeBand, Standard, Subject

    chance = random.Random(5)  # noqa: S311 - the same rows each time
    kinds, bands = list(Resource.Kind.values), list(GradeBand.values)
    rows = [
        Resource(
            title=" ".join(chance.choices(WORDS, k=3)).title(),
            summary=" ".join(chance.choices(WORDS, k=12)),
            description=" ".join(chance.choices(WORDS, k=60)),
            kind=chance.choice(kinds),
            url=f"https://example.org/{n}",
            state="public",
            trial_count=chance.randrange(20),
            made_at=NOW,
            changed_at=NOW,
            published_at=NOW - timedelta(minutes=n),
        )
        for n in range(number)
    ]
    Resource.objects.bulk_create(rows, batch_size=1_000)
    keys = [row.pk for row in rows]
    subjects, standards = (list(model.objects.values_list("pk", flat=True)) for model in (Subject, Standard))
    ResourceGrade.objects.bulk_create(
        [ResourceGrade(resource_id=key, band=band) for key in keys for band in chance.sample(bands, 2)],
        batch_size=2_000,
    )
    about, of = Resource.subjects.through, Resource.standards.through
    about.objects.bulk_create(
        [about(resource_id=key, subject_id=chance.choice(subjects)) for key in keys], batch_size=2_000
    )
    of.objects.bulk_create(
        [of(resource_id=key, standard_id=one) for key in keys for one in chance.sample(standards, 2)],
        batch_size=2_000,
    )


def by_portal(words: str, chosen: dict[str, list[str]]) -> Any:
    """Ask as the page does."""
    from meetings.library.domain import searching

    asked = searching.Asked(words, chosen)
    found = searching.search(asked)
    return found.count(), [one.pk for one in found[:PAGE]], searching.counted(asked)


def by_hand(words: str, chosen: dict[str, list[str]]) -> Any:
    """Ask the same in SQL as one would write it."""
    from django.db import connection

    from stemnet.code_search import pieces, stem

    where, rank, values, ranked = ["r.state = 'public'"], ["0"], [], []
    for piece in pieces(words):
        whole = " " if piece[-1].isdigit() else ""
        likes = [f"% {piece}{whole}%"] + ([f"% {stem(piece)} %"] if " " not in piece else [])
        one = []
        for column, weight in ((TITLE, 8), (SUMMARY, 3), (TEXT, 1)):
            said = " OR ".join(f"{column} LIKE %s" for _like in likes)
            one.append(f"({said})")
            rank.append(f"CASE WHEN {said} THEN {weight} ELSE 0 END")
            values += likes
            ranked += likes
        tied = (
            "r.id IN (SELECT t.resource_id FROM meetings_resource_standards t JOIN partners_standard s "
            "ON s.id = t.standard_id WHERE s.searched_code LIKE %s OR LOWER(s.strand) LIKE %s "
            "OR LOWER(s.strand) LIKE %s)"
        )
        place = (
            "r.organization_id IN (SELECT o.id FROM partners_organization o "
            "WHERE o.plain_name LIKE %s OR o.plain_name LIKE %s)"
        )
        begins = [f"{piece}%", f"% {piece}%"] if piece.isalpha() else ["-", "-"]
        one += [tied, place]
        rank.append(f"CASE WHEN {tied} THEN 6 ELSE 0 END + CASE WHEN {place} THEN 1 ELSE 0 END")
        values += [likes[0], *begins, *begins]
        ranked += [likes[0], *begins, *begins]
        where.append(f"({' OR '.join(one)})")
    facets = {
        "grade": "r.id IN (SELECT resource_id FROM meetings_resourcegrade WHERE band = %s)",
        "kind": "r.kind = %s",
    }
    extra = {name: (facets[name], chosen[name][0]) for name in chosen}

    def condition(but: str = "") -> tuple[str, list[str]]:
        kept = [pair for name, pair in extra.items() if name != but]
        return " AND ".join([*where, *(one for one, _v in kept)]), [*values, *(v for _one, v in kept)]

    def asked(statement: str, given: list[str]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement, given)
            return cursor.fetchall()

    said, given = condition()
    number = asked(f"SELECT COUNT(*) FROM meetings_resource r WHERE {said}", given)[0][0]  # noqa: S608
    order = f"{' + '.join(rank)} DESC," if words else ""
    page = asked(
        f"SELECT r.id FROM meetings_resource r WHERE {said} "  # noqa: S608
        f"ORDER BY {order} r.trial_count DESC, r.published_at DESC, r.id DESC LIMIT {PAGE}",
        [*given, *ranked] if words else given,
    )
    joins = {
        "grade": ("g.band", "JOIN meetings_resourcegrade g ON g.resource_id = r.id"),
        "subject": (
            "s.code",
            "JOIN meetings_resource_subjects t ON t.resource_id = r.id "
            "JOIN partners_subject s ON s.id = t.subject_id",
        ),
        "strand": (
            "s.strand",
            "JOIN meetings_resource_standards t ON t.resource_id = r.id "
            "JOIN partners_standard s ON s.id = t.standard_id",
        ),
        "kind": ("r.kind", ""),
    }
    counts = {}
    for name, (column, join) in joins.items():
        said, given = condition(name)
        counts[name] = dict(
            asked(
                f"SELECT {column}, COUNT(DISTINCT r.id) FROM meetings_resource r {join} "  # noqa: S608
                f"WHERE {said} GROUP BY {column}",
                given,
            )
        )
    return number, [row[0] for row in page], counts


def timed(work: Callable[..., Any], *given: Any) -> tuple[float, Any]:
    """Return the milliseconds that ``work`` takes, and what it returns."""
    begun = perf_counter()
    answer = work(*given)
    return (perf_counter() - begun) * 1000, answer


def main(resources: int = RESOURCES, times: int = TIMES) -> None:
    """Fill, ask in turn, write."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemnet.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from meetings.models import Resource

    call_command("migrate", verbosity=0)
    if not Resource.objects.exists():
        fill(resources)
        from django.db import connection

        connection.cursor().execute("ANALYZE")
    for name, (words, chosen) in ASKED.items():
        portal, hand = [], []
        for _time in range(times):
            took, one = timed(by_portal, words, chosen)
            portal.append(took)
            took, other = timed(by_hand, words, chosen)
            hand.append(took)
            if one != other:
                raise SystemExit(f"{name}: {one} is not {other}")
        ours, theirs = median(portal), median(hand)
        print(f"{name:<26}{ours:9.1f}{theirs:9.1f}{ours / theirs:7.2f}")  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
