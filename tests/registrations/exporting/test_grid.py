"""The grid of people by meetings: on the page, reopened as XLSX, and on landscape pages that fit."""

import io
from datetime import time
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from registrations.credit.domain.readiness import readiness_of
from registrations.exporting.domain.grid import Stand, grid_of, pages_of
from tests.factories import a_coordinator, a_group, a_meeting, a_person, a_registration, an_attendance
from tests.registrations.credit.stories import DATES, JUNE, a_participant, an_awarding_network
from tests.registrations.credit.test_document_pages import signed_in, text_of
from tests.registrations.exporting.test_pages import staff_of

pytestmark = pytest.mark.django_db


def a_story():
    network = an_awarding_network()
    group = a_group(network, title="Equity")
    a_meeting(
        network, working_group=group, title="Group", on=DATES[0], start_time=time(12), end_time=time(15)
    )
    member = a_participant(network, attended=2, person=a_person(last_name="Amaral"))
    member.group_memberships.create(working_group=group, joined_at=JUNE)
    absent = a_registration(network, a_person(last_name="Baker"))
    an_attendance(absent, network.meetings.own().first(), status="absent", minutes_counted=0)
    return network


def test_a_cell_says_there_absent_not_marked_or_not_asked():
    grid = grid_of(a_story(), at=JUNE)
    assert [str(one) for one in grid.meetings[:3]] == ["Meeting 1", "Group", "Meeting 2"]
    there, absent, unmarked, other = Stand.THERE, Stand.ABSENT, Stand.UNMARKED, Stand.NOT_ASKED
    assert [[cell.stand for cell in row.cells] for row in grid.rows] == [
        [there, unmarked, there, unmarked, unmarked, unmarked],
        [absent, other, unmarked, unmarked, unmarked, unmarked],
    ]
    assert [(row.hours, row.cells[0].hours) for row in grid.rows] == [(6, 3), (0, None)]


def test_the_spreadsheet_adds_up_to_what_counts():
    network = an_awarding_network()
    for attended in (1, 3, 5):
        a_participant(network, attended=attended)
    client = signed_in(staff_of(network))
    answer = client.get(reverse("staff_grid_file", args=[network.slug]))
    header, *rows, foot = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values
    assert header[3] == "2020-10-14 Meeting 1" and len(header) == 9
    total = sum(one.minutes_counted for one in readiness_of(network, at=JUNE)) / Decimal(60)
    assert sum(row[-1] for row in rows) == foot[-1] == total == 27
    assert sum(cell for row in rows for cell in row[3:8] if isinstance(cell, int | float)) == total
    assert foot[3:8] == (3, 2, 2, 1, 1)


def test_the_page_is_for_the_network_s_staff():
    network = a_story()
    with time_machine.travel(JUNE, tick=False):
        page = text_of(signed_in(staff_of(network)).get(reverse("staff_grid", args=[network.slug])))
    assert "Amaral" in page and "People there" in page
    other = staff_of(an_awarding_network(slug="other"))
    for name in ("staff_grid", "staff_grid_file"):
        assert signed_in(other).get(reverse(name, args=[network.slug])).status_code == 404


def test_many_meetings_stand_on_several_pages():
    network = an_awarding_network()
    for number in range(20):
        a_meeting(network, title=f"More {number}", on=DATES[4])
    a_participant(network)
    shown = [(len(page["meetings"]), page["is_last"]) for page in pages_of(grid_of(network, at=JUNE))]
    assert shown == [(9, False), (9, False), (7, True)]


def test_a_network_without_people_says_so():
    network = an_awarding_network()
    page = text_of(signed_in(a_coordinator()).get(reverse("staff_grid", args=[network.slug])))
    assert "Nothing to show yet" in page


@pytest.mark.parametrize("people", [1, 30])
def test_the_grid_takes_the_same_statements(people, django_assert_num_queries):
    network = an_awarding_network()
    for _number in range(people):
        a_participant(network)
    with django_assert_num_queries(12):
        grid_of(network, at=JUNE)


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "\u202e=1+1", "\u2066@SUM(A1)"])
def test_what_runs_as_a_formula_or_turns_the_direction_is_text(name):
    network = an_awarding_network()
    a_participant(network, person=a_person(last_name=name, first_name="Lead"))
    client = signed_in(staff_of(network))
    answer = client.get(reverse("staff_grid_file", args=[network.slug]))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cell = next(each for each in sheet[2] if name in str(each.value))
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    page = client.get(reverse("staff_grid", args=[network.slug]))
    assert (page.status_code, name in page.content.decode()) == (200, True)
