"""Who is at the table against a list: sector and stakeholder group are two dimensions."""

import pytest

from partners.models import RequiredItem, RequiredList
from partners.people.domain import coverage
from partners.people.domain.coverage import Seat

pytestmark = pytest.mark.django_db


def seat(name, sector="", *groups):
    return Seat(key=("slug", name), label=name, slug=name, sector=sector, groups=set(groups))


def lines(slug, *seats):
    found = coverage.compare_with_list(RequiredList.objects.get(slug=slug).items.all(), list(seats))
    return {line.label: line.missing for line in found}


def test_the_oregon_rule_wants_four_kinds_of_partner():
    assert list(lines("oregon-stem-hub").values()) == [1, 1, 1, 1]
    partly = lines(
        "oregon-stem-hub", seat("A", "k12_district"), seat("B", "higher_ed_2yr"), seat("C", "business")
    )
    assert [label for label, missing in partly.items() if missing] == [
        "A student-focused non-profit organization"
    ]


def test_the_amte_list_has_seven_lines_met_by_people_or_sectors():
    assert len(lines("amte-p1")) == 7
    met = lines("amte-p1", seat("A", "higher_ed_4yr", "teacher_educators"), seat("B", "school"))
    assert [label for label, missing in met.items() if not missing] == [
        "Mathematics teacher educators",
        "PreK-12 school-based personnel",
    ]


def test_a_line_may_want_more_than_one():
    item = RequiredItem(label="Districts", sectors=["k12_district"], at_least=3)
    (line,) = coverage.compare_with_list([item], [seat("A", "k12_district"), seat("B", "k12_district")])
    assert (line.missing, [one.label for one in line.seats]) == (1, ["A", "B"])


def test_sector_and_group_are_counted_apart():
    seats = [
        seat("A", "higher_ed_4yr", "teacher_educators", "mathematics_faculty"),
        seat("B", "higher_ed_4yr"),
    ]
    assert [(share.label, len(share.seats)) for share in coverage.by_sector(seats)] == [
        ("College or university", 2)
    ]
    assert [len(share.seats) for share in coverage.by_group(seats)] == [1, 1, 0, 0, 0, 0, 0]
