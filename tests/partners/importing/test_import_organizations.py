"""What becomes of the rows of a table of organizations, and importing them."""

from datetime import timedelta

import pytest

from partners.importing.exceptions import ImportChanged, ImportRefused
from partners.importing.imports.guessing import guess
from partners.models import Alias, Organization, StageChange, TableImport
from stemnet.retention import sweeping
from tests.factories import NOW, an_organization
from tests.partners.tables import (
    answered,
    answered_all,
    brought,
    changes,
    imported,
    looked_at,
    matched,
    options,
    row,
    what,
)

pytestmark = pytest.mark.django_db
HEADER = "name,sector,city,state,state_org_code,aliases\n"
VOCATIONAL = "Greater Fall River Regional Vocational Technical"
TABLE = (
    HEADER
    + f"""{VOCATIONAL},cte_regional,Fall River,MA,08210000,Diman; Diman Regional
Escola São João,School,Acushnet,MA,,
"""
)


def everything():
    models = (Organization, Alias, Organization.history.model, StageChange)
    return [list(model.objects.order_by("pk").values()) for model in models]


def diman(**fields):
    plain = {"name": VOCATIONAL, "sector": "cte_regional"}
    place = {"city": "Fall River", "state": "MA", "state_org_code": "08210000", "level": "local"}
    return an_organization(**{**plain, **place, **fields})


def test_looking_writes_nothing():
    before = everything()
    table = looked_at(TABLE)
    assert (what(table), everything()) == (["create", "create"], before)


def test_importing_adds_organizations_with_other_names_and_history():
    table = imported(looked_at(TABLE))
    one = Organization.objects.get(state_org_code="08210000")
    assert sorted(one.aliases.values_list("name", flat=True)) == ["Diman", "Diman Regional"]
    assert (one.slug, one.stage) == ("greater-fall-river-regional-vocational-technical", "none")
    said = one.history.values_list("history_type", "history_user__person", "history_change_reason")
    assert list(said) == [("+", table.by.pk, "Import of list.csv")]


def test_the_same_file_twice_changes_nothing():
    imported(looked_at(TABLE))
    before = everything()
    again = looked_at(TABLE)
    assert what(again) == ["same", "same"]
    with pytest.raises(ImportRefused, match="nothing to import"):
        imported(again)
    assert everything() == before


def test_a_row_is_found_by_its_code_even_if_a_spreadsheet_took_its_zeros():
    diman(name="Diman")
    table = looked_at("name,state,code\nDiman Regional,MA,8210000\n")
    assert (what(table), changes(table)) == (["change"], [("Name", "Diman", "Diman Regional")])


def test_a_new_name_leaves_the_old_one_as_a_former_name():
    one = diman(name="Diman")
    imported(looked_at("name,state,code\nDiman Regional,MA,08210000\n"))
    one.refresh_from_db()
    assert one.name == "Diman Regional"
    assert list(one.aliases.values_list("name", "kind")) == [("Diman", "former")]


def test_a_new_code_of_massachusetts_gets_its_zeros():
    imported(looked_at("name,sector,state,code\nAcushnet,school,MA,30000\n"))
    assert Organization.objects.get().state_org_code == "00030000"


@pytest.mark.parametrize(
    "line",
    ["GREATER FALL RIVER  regional vocational technical,Fall River,MA", "Diman,FALL RIVER,MA", "Díman,,"],
)
def test_a_row_is_found_by_name_or_other_name_with_its_place(line):
    diman().aliases.create(name="Diman")
    assert what(looked_at(f"name,city,state\n{line}\n")) == ["same"]


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("Massachusetts", "MA"),
        ("rhode  island", "RI"),
        ("Washington, D.C.", "DC"),
        ("Puerto Rico", "PR"),
        ("U.S. Virgin Islands", "VI"),
        (" or ", "OR"),
    ],
)
def test_a_state_is_read_by_its_letters_or_its_name(written, letters):
    imported(looked_at(f'name,sector,state\nA,school,"{written}"\n'))
    assert Organization.objects.get().state == letters


def test_a_state_written_out_finds_what_is_listed_by_its_letters():
    an_organization(name="Central School", city="Wareham", state="MA")
    assert what(looked_at("name,city,state\nCentral School,Wareham,Massachusetts\n")) == ["same"]


def test_one_of_the_same_name_elsewhere_is_another():
    an_organization(name="Central School", city="Wareham", state="MA")
    table = looked_at("name,city,state,sector\nCentral School,Salem,OR,school\n")
    assert what(table) == ["create"]


def test_empty_cells_never_erase():
    diman(website="https://diman.example.org")
    table = looked_at(
        "name,city,state,website,region\nGreater Fall River Regional Vocational Technical,,,,\n"
    )
    assert what(table) == ["same"]


def test_an_import_never_touches_a_stage():
    one = diman(stage="suggested")
    imported(looked_at("name,city,state,region\nGreater Fall River Regional Vocational Technical,,,South\n"))
    one.refresh_from_db()
    assert (one.stage, one.region, StageChange.objects.count()) == ("suggested", "South", 0)


def test_two_of_one_name_are_for_the_coordinator():
    first = an_organization(name="Sea Lab", city="Wareham", state="MA")
    second = an_organization(name="Sea Lab", city="Salem", state="OR")
    table = looked_at("name,sector\nSea Lab,school\n")
    assert (what(table), options(table)) == (["ask"], [[str(first.pk), str(second.pk), "new"]])


def test_code_of_one_and_name_of_another_are_for_the_coordinator():
    by_code, by_name = diman(), an_organization(name="Fall River Tech", city="Fall River", state="MA")
    table = looked_at("name,city,state,code\nFall River Tech,Fall River,MA,08210000\n")
    assert (what(table), options(table)) == (["ask"], [[str(by_code.pk), str(by_name.pk)]])


def test_another_code_under_the_same_name_is_for_the_coordinator():
    diman()
    table = looked_at(
        "name,city,state,code\nGreater Fall River Regional Vocational Technical,Fall River,MA,09990000\n"
    )
    assert what(table) == ["ask"]


def test_an_acronym_is_no_key():
    one = an_organization(name="Mathematics Teacher Externship Program")
    one.aliases.create(name="MTEP")
    table = looked_at("name,sector\nMTEP,partnership_body\n")
    assert (what(table), options(table)) == (["ask"], [[str(one.pk), "new"]])


def test_what_the_coordinator_chose_is_done_and_known_again():
    first = an_organization(name="Sea Lab", city="Wareham", state="MA", region="")
    an_organization(name="Sea Lab", city="Salem", state="OR")
    content = "name,region\nSea Lab,South\n"
    table = answered(looked_at(content), answers={"2": {"who": str(first.pk)}})
    assert changes(table) == [("Region", "", "South")]
    imported(table)
    assert what(looked_at(content)) == ["same"]


def test_a_new_one_beside_others_of_its_name_is_known_again():
    for city in ("Wareham", "Westport"):
        an_organization(name="Sea Lab", city=city, state="MA")
    content = "name,sector\nSea Lab,school\n"
    imported(answered(looked_at(content), answers={"2": {"who": "new"}}))
    assert (Organization.objects.count(), what(looked_at(content))) == (3, ["same"])


def test_a_row_can_be_left_out():
    an_organization(name="MTEP Program").aliases.create(name="MTEP")
    table = answered(looked_at("name,sector\nMTEP,school\n"), answers={"2": {"who": "out"}})
    assert what(table) == ["out"]


def test_an_answer_that_is_no_candidate_is_asked_again():
    an_organization(name="Sea Lab", city="Wareham", state="MA")
    other = an_organization(name="Another", city="Salem", state="OR")
    an_organization(name="Sea Lab", city="Salem", state="OR")
    table = answered(looked_at("name\nSea Lab\n"), answers={"2": {"who": str(other.pk)}})
    assert what(table) == ["ask"]


def test_rows_that_contradict_each_other_are_errors_both():
    table = looked_at(HEADER + "A,school,Wareham,MA,,\nB,school,,,,\nA,charter,Wareham,MA,,\n")
    assert what(table) == ["error", "create", "error"]
    assert row(table, 4)["reasons"] == [
        "Rows 2, 4 are about the same person or organization, but they don't "
        "agree on: Sector. Fix them in the file."
    ]


def test_the_same_row_twice_adds_one():
    table = imported(looked_at(HEADER + "A,school,Wareham,MA,,\n" * 2))
    assert (what(table), Organization.objects.count()) == (["create", "same"], 1)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (",school,,,,", "This row has no name."),
        ("A,,,,,", "This row has no sector. A new organization needs one."),
        ("A,nonsense,,,,", "Column “sector”: “nonsense” has to be one of these: School district, "),
        ("A,school,,Ontario,,", "Column “state”: “Ontario” isn't a state. Write two letters"),
        ("#N/A,school,,,,", "Column “name”: “#N/A” is an error in the spreadsheet."),
        (f"{'A' * 201},school,,,,", "Column “name”: This is longer than 200 characters."),
    ],
)
def test_a_row_that_is_wrong_says_why(line, reason):
    table = looked_at(HEADER + line + "\n")
    assert (what(table), row(table)["reasons"][0][: len(reason)]) == (["error"], reason)


def test_half_the_rows_wrong_is_refused_and_nothing_is_lost():
    before = everything()
    table = looked_at(HEADER + "A,school,,,,\nB,nonsense,,,,\n")
    with pytest.raises(ImportRefused, match="Nothing was imported: 1 rows still need fixing"):
        imported(table)
    kept = TableImport.objects.get()
    assert (everything(), kept.state, what(kept)) == (before, "checked", ["create", "error"])


def test_the_right_half_is_imported_where_the_coordinator_says_so():
    imported(looked_at(HEADER + "A,school,,,,\nB,nonsense,,,,\n"), leave_out=True)
    assert list(Organization.objects.values_list("name", flat=True)) == ["A"]


def test_what_changed_since_the_look_is_refused_and_marked():
    table = looked_at(HEADER + "A,school,,,,\nB,school,,,,\n")
    an_organization(name="B", city="", state="", sector="school")
    with pytest.raises(ImportChanged, match="Something changed after you checked"):
        imported(table)
    kept = TableImport.objects.get()
    assert [(one["what"], one["changed"]) for one in kept.decided] == [("create", False), ("same", True)]
    assert not Organization.objects.filter(name="A").exists()


def test_what_somebody_else_decided_meanwhile_is_looked_at_first():
    table = looked_at(HEADER + "A,school,,,,\n")
    matched(table, columns=table.columns, defaults={"state": "MA"})
    with pytest.raises(ImportChanged):
        imported(table)


def test_a_file_is_imported_once():
    table = looked_at(TABLE)
    imported(table)
    with pytest.raises(ImportRefused, match="already been imported"):
        imported(table)


def test_a_part_may_stand_before_what_it_is_part_of():
    imported(looked_at("name,sector,part of\nKaput Center,school,UMass Dartmouth\nUMass Dartmouth,school,\n"))
    assert Organization.objects.get(name="Kaput Center").part_of.name == "UMass Dartmouth"


def test_a_part_of_one_that_is_not_imported_is_an_error():
    table = looked_at("name,sector,part of\nLab,school,Center\nCenter,school,Nobody\n")
    assert what(table) == ["error", "ask"]
    assert row(table)["reasons"] == ["This depends on row 3, which can't be imported as it is."]


def test_a_circle_of_parts_is_an_error():
    assert what(looked_at("name,sector,part of\nA1,school,B1\nB1,school,A1\n"))[1] == "error"


def test_what_is_part_of_nobody_we_know_may_be_said_to_be_part_of_nothing():
    table = looked_at("name,sector,part of\nLab,school,Nobody\n")
    table = answered(table, answers={"2": {"where": "none"}})
    assert (what(table), what(looked_at("name,sector,part of\nLab,school,Nobody\n"))) == (["create"], ["ask"])
    imported(table)
    assert what(looked_at("name,sector,part of\nLab,school,Nobody\n")) == ["same"]


def test_sector_and_state_may_be_said_for_the_whole_file():
    imported(looked_at("name\nA\n", defaults={"sector": "school", "state": "MA"}))
    assert Organization.objects.values_list("sector", "state").get() == ("school", "MA")
    assert what(looked_at("name\nA\n", defaults={"sector": "charter", "state": "MA"})) == ["same"]


def test_columns_are_matched_as_for_the_last_file_with_the_same():
    table = brought("a,b\n1,2\n")
    assert table.columns == {}
    matched(table, columns={"1": "name"}, defaults={"sector": "school"})
    again = brought("a,b\n3,4\n")
    assert (again.columns, again.defaults) == ({"1": "name"}, {"sector": "school"})


def test_one_answer_may_go_to_every_question():
    for words in ("MTEP", "ORR"):
        an_organization().aliases.create(name=words)
    table = answered_all(looked_at("name,sector\nMTEP,school\nORR,school\n"), value="new")
    assert what(table) == ["create", "create"]


def test_a_file_without_rows_is_refused():
    with pytest.raises(ImportRefused, match="no rows"):
        brought("name,sector\n")


def test_rows_are_forgotten_after_a_month_and_the_outcome_stays(settings):
    waiting, done = looked_at(TABLE), imported(looked_at("name,sector\nA,school\n"))
    assert sweeping.run_class("imports", at=NOW + timedelta(days=29)) == 0
    assert sweeping.run_class("imports", at=NOW + timedelta(days=settings.IMPORT_KEPT_DAYS)) == 2
    waiting.refresh_from_db()
    done.refresh_from_db()
    assert (waiting.rows, waiting.decided, waiting.state) == ([], [], "forgotten")
    assert (done.rows, done.decided, done.state, done.counts["create"]) == ([], [], "applied", 1)
    assert sweeping.run_class("imports", at=NOW + timedelta(days=60)) == 0


@pytest.mark.parametrize(
    ("kind", "header", "fields"),
    [
        ("organizations", ["Organization name", "District", "Sector"], ["name", "", "sector"]),
        ("organizations", ["District", "Org Code", "City/Town"], ["name", "state_org_code", "city"]),
        ("people", ["E-mail", "District", "Job Title"], ["address", "organization", "title"]),
        ("people", ["Email address", "FIRST_NAME", "last name "], ["address", "first_name", "last_name"]),
        ("people", ["Name", "Email", "Notes"], ["full_name", "address", ""]),
    ],
)
def test_columns_are_guessed_from_what_people_call_them(kind, header, fields):
    guessed = guess(kind, header)
    assert [guessed.get(str(place), "") for place in range(len(header))] == fields


def test_a_list_of_a_state_is_imported_with_its_own_columns():
    content = """name,sector,city,state,region,state_org_code,alias_or_note,source
Marion School District,k12_district,Marion,MA,southcoast,01690000,ORR supervisory union,state list
Old Rochester Regional School District,k12_regional,Mattapoisett,MA,southcoast,07400000,ORR,state list
"""
    table = brought(content)
    assert "6" not in table.columns
    table = matched(table, columns={**table.columns, "6": "aliases"}, defaults={})
    imported(table)
    assert Alias.objects.count() == 2
    again = brought(content)
    assert again.columns["6"] == "aliases"
    assert what(matched(again, columns=again.columns, defaults={})) == ["same", "same"]
