"""Names as other programs write them: titles, degrees, pronouns; what is not sure is asked."""

import pytest

from partners.importing.imports.names import is_title, readings, without_titles
from partners.models import Person
from tests.partners.tables import answered, imported, looked_at, options, row, what

SURE = [
    ("Jane Testsmith", "Jane", "Testsmith"),
    ("Testsmith, Jane", "Jane", "Testsmith"),
    ("Jane Testsmith, Ed.D.", "Jane", "Testsmith"),
    ("Jane Testsmith, Ed. D.", "Jane", "Testsmith"),
    ("Jane Testsmith Ed.D.", "Jane", "Testsmith"),
    ("Jane Testsmith PhD", "Jane", "Testsmith"),
    ("Jane Testsmith MEd", "Jane", "Testsmith"),
    ("Jane Testsmith, M.Ed.", "Jane", "Testsmith"),
    ("Jane Testsmith, LCSW", "Jane", "Testsmith"),
    ("Jane Testsmith, Ph.D., LCSW", "Jane", "Testsmith"),
    ("Testsmith, Jane, Ph.D.", "Jane", "Testsmith"),
    ("Testsmith, Dr. Jane", "Jane", "Testsmith"),
    ("Dr. Jane Testsmith, Ed.D., M.A.", "Jane", "Testsmith"),
    ("Ms. Jane Testsmith", "Jane", "Testsmith"),
    ("Prof. Dr. Jane Testsmith", "Jane", "Testsmith"),
    ("Jane Testsmith, Jr.", "Jane", "Testsmith Jr."),
    ("Jane Testsmith III", "Jane", "Testsmith III"),
    ("Testsmith, Jr., Jane", "Jane", "Testsmith Jr."),
    ("Testsmith Jr., Jane", "Jane", "Testsmith Jr."),
    ("Jane Testsmith (she/her)", "Jane", "Testsmith"),
    ("Jane Testsmith (she/her/hers)", "Jane", "Testsmith"),
    ("Jane Testsmith [they/them]", "Jane", "Testsmith"),
    ("Jane Testsmith - she/her", "Jane", "Testsmith"),
    ("Jane Q. Testsmith", "Jane Q.", "Testsmith"),
    ("Robert (Bob) Testsmith", "Robert (Bob)", "Testsmith"),
    ("Maria de la Cruz", "Maria", "de la Cruz"),
    ("de la Cruz, Maria", "Maria", "de la Cruz"),
    ("Piet van Dyke", "Piet", "van Dyke"),
    ("St. John, Jane", "Jane", "St. John"),
    ("Jane Ma", "Jane", "Ma"),  # a name, and no degree
    ("JANE MA", "JANE", "MA"),
    ("Jane Do", "Jane", "Do"),
    ("Jane Testsmith, Superintendent", "Jane", "Testsmith"),
    ("Jane Testsmith, Wareham Public Schools", "Jane", "Testsmith"),
    ("O’Brien, Ann", "Ann", "O’Brien"),
]


@pytest.mark.parametrize(("name", "first", "last"), SURE)
def test_name_is_read(name, first, last):
    assert [(one.first, one.last) for one in readings(name)] == [(first, last)]


def test_what_is_left_out_of_a_name_is_said_in_its_order():
    left_out = [one.left_out for one in readings("Dr. Jane Testsmith, Ed.D., LCSW")]
    assert left_out == [("Ed.D.", "LCSW", "Dr.")]


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("Mary Ann Testsmith", [("Mary Ann", "Testsmith"), ("Mary", "Ann Testsmith")]),
        ("Jane Testsmith, XYZP", [("Jane", "Testsmith"), ("XYZP", "Jane Testsmith")]),
        ("García López, María", [("María", "García López"), ("García", "López")]),
    ],
)
def test_name_that_can_be_read_in_several_ways_is_asked_about(name, ways):
    assert [(one.first, one.last) for one in readings(name)] == ways


@pytest.mark.parametrize(
    "name", ["Testsmith", "Ms.", "", "Mr. & Mrs. Testsmith", "Jane Testsmith and Jo Lead"]
)
def test_what_is_no_full_name_has_no_reading(name):
    assert readings(name) == []


@pytest.mark.parametrize(
    ("name", "is_last", "kept"),
    [
        ("Dr. Jane", False, "Jane"),
        ("Jane (she/her)", False, "Jane"),
        ("Testsmith, Ed.D.", True, "Testsmith"),
        ("Testsmith PhD", True, "Testsmith"),
        ("Testsmith, Jr.", True, "Testsmith Jr."),
        ("Ma", True, "Ma"),
        ("Testsmith, Jones", True, "Testsmith, Jones"),
    ],
)
def test_a_part_of_a_name_loses_titles(name, is_last, kept):
    assert without_titles(name, is_last=is_last)[0] == kept


@pytest.mark.parametrize(
    ("words", "is_one"), [("Ms.", True), ("Dr", True), ("Prof. Dr.", True), ("Coach", False)]
)
def test_a_title_is_how_somebody_is_addressed(words, is_one):
    assert is_title(words) == is_one


@pytest.mark.django_db
def test_the_choice_of_a_reading_is_done():

    table = looked_at("name,email\nMary Ann Testsmith,mary@example.org\n", kind="people")
    assert (what(table), options(table)) == (["ask"], [["Mary Ann|Testsmith", "Mary|Ann Testsmith"]])
    table = answered(table, answers={"2": {"name": "Mary|Ann Testsmith"}})
    imported(table)
    assert list(
        Person.objects.filter(emails__address="mary@example.org").values_list("first_name", "last_name")
    ) == [("Mary", "Ann Testsmith")]


@pytest.mark.django_db
def test_what_is_left_out_is_said_with_the_row():
    table = looked_at('name,email\n"Jane Testsmith, Ed.D.",jane@example.org\n', kind="people")
    assert (what(table), row(table)["notes"]) == (["create"], ["We left out “Ed.D.”."])
