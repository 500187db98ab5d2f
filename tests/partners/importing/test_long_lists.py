"""The national file and bundles of some thousand rows: in parts of equal cost, in bounded memory."""

import io
import tracemalloc
import zipfile
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.importing.domain import importing
from partners.importing.exceptions import ImportRefused
from partners.importing.imports import recognized
from partners.importing.imports.recognizing import read_upload
from partners.models import Organization, Position
from tests.factories import NOW, a_coordinator
from tests.partners.importing.test_bundles import MANIFEST, ORGS, ROLES, USERS
from tests.partners.importing.test_national_file import HEADER
from tests.partners.tables import imported, matched, what

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SCHOOLS_OF_ONE = 19  # with their district twenty rows, so that whole parts are written


def lines(schools, *, state="MA", first=25):
    """Schools as the national file has them, each nineteen in a district."""
    for number in range(schools):
        lea = f"{first:02}{number // SCHOOLS_OF_ONE:05}"
        code = f"{number // SCHOOLS_OF_ONE:04}"
        place = number % SCHOOLS_OF_ONE + 1
        yield (
            f"2025-2026,{first:02},X,{state},School {number},District {lea},,,{state}-{code},{lea},"
            f"{state}-{code}-{code}{place:04},{lea}{place:05},1,Wareham,"
            f"{state},02571,Wareham,{state},02571,,,Open,Regular School,No,Middle\n"
        )


def packed(**files):
    """An archive of files, by their names without the ending."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    file.seek(0)
    return file


def nation(schools, elsewhere=0):
    """The national file as it is downloaded: so many schools of Massachusetts, and of Alabama."""
    return packed(ccd=HEADER + "".join([*lines(elsewhere, state="AL", first=1), *lines(schools)]))


def a_bundle(staff):
    """A district's bundle, with a teacher at each of two schools in turn."""
    users = "".join(
        f"t{n},,,true,t{n},,Teacher {n},T,,,teacher{n}@example.org,,,,,,,,,,o2,\n" for n in range(staff)
    )
    roles = "".join(f"t{n},,,t{n},primary,teacher,,,o{1 + n % 2},\n" for n in range(staff))
    header = (USERS.partition("\n")[0], ROLES.partition("\n")[0])
    return packed(manifest=MANIFEST, orgs=ORGS, users=f"{header[0]}\n{users}", roles=f"{header[1]}\n{roles}")


def tables(file, *, kind, state=""):
    """What comes out of a file, brought: the first table, which may be followed by another."""
    found = read_upload(file, kind=kind, name="list.zip", state=state)
    return importing.bring_all(found, name="list.zip", by=a_coordinator(), at=NOW)


def looked_at(table, **defaults):
    return matched(table, columns=table.columns, defaults={**table.defaults, **defaults})


def schools_looked_at(schools, **given):
    return looked_at(tables(nation(schools, **given), kind="organizations", state="MA"), only_listed="")


def staff_looked_at(staff):
    """The people of a bundle whose organizations were imported."""
    orgs = tables(a_bundle(staff), kind="bundle")
    people = orgs.followed_by
    orgs = looked_at(orgs, state="MA")
    if set(what(orgs)) != {"same"}:
        imported(orgs)
    return looked_at(people)


def test_3000_schools_of_one_state_are_imported_out_of_a_nation():
    imported(schools_looked_at(3000, elsewhere=2000))
    assert Organization.objects.filter(state="MA").count() == 3000 + 158
    assert not Organization.objects.filter(state="AL").exists()
    last = Organization.objects.get(nces_id="250014900019")
    assert (last.state_org_code, last.part_of.nces_id, last.part_of.state_org_code) == (
        "01490019",
        "2500149",
        "01490000",
    )
    assert set(what(schools_looked_at(3000))) == {"same"}


def test_3000_staff_of_a_bundle_are_imported():
    people = staff_looked_at(3000)
    imported(people)
    names = ("Wareham Public Schools", "Wareham Middle School")
    assert [Position.objects.filter(organization__name=name).count() for name in names] == [1500, 1500]
    assert set(what(staff_looked_at(3000))) == {"same"}


@pytest.mark.parametrize("looked", [schools_looked_at, staff_looked_at])
def test_looking_asks_equally_often(looked):
    looked(1)
    counts = []
    for number in (1, 600):
        with CaptureQueriesContext(connection) as queries:
            looked(number)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("looked", "rows", "most"), [(schools_looked_at, 380, 28), (staff_looked_at, 400, 19)]
)
def test_each_part_takes_so_many_statements_at_most(looked, rows, most, settings):
    settings.IMPORT_JOB_ROWS = 100
    counts = []
    for times in (1, 2, 3):
        Position.objects.all().delete()
        Organization.objects.update(part_of=None)
        Organization.objects.all().delete()
        table = looked(rows * times)
        with CaptureQueriesContext(connection) as queries:
            imported(table)
        counts.append(len(queries))
    for fewer, more in pairwise(counts):
        assert more - fewer <= 4 * most  # 400 rows more, districts among them, are four parts


def most_memory(act):
    """Return the most bytes that an act takes."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_rows_of_other_states_take_no_memory():
    alone, among = nation(1000), nation(1000, elsewhere=10_000)
    read = {"kind": "organizations", "name": "ccd.zip", "state": "MA"}
    most_memory(lambda: read_upload(alone, **read))  # fills what a process remembers
    without = most_memory(lambda: read_upload(alone, **read))
    assert most_memory(lambda: read_upload(among, **read)) < 1.5 * without


def test_a_whole_nation_without_a_state_is_refused_before_it_is_read_to_its_end(monkeypatch):
    monkeypatch.setattr(recognized, "MOST_ROWS", 200)
    few, many = nation(300), nation(10_000)

    def refused(file):
        with pytest.raises(ImportRefused, match="Choose one state"):
            read_upload(file, kind="organizations", name="ccd.zip")

    most_memory(lambda: refused(few))
    assert most_memory(lambda: refused(many)) < 1.5 * most_memory(lambda: refused(few))
