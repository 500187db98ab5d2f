"""Results of several networks side by side: averages, never of few, and of one's own networks alone."""

import csv
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from meetings.models import Appointment
from registrations.evaluation.domain import evaluating
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_network,
    a_registration,
    a_user,
    an_attendance,
    an_evaluation,
)

pytestmark = pytest.mark.django_db
PAGE = "/staff/evaluations/"


def published(title, answers, **fields):
    """A network whose people answered the first question so, closed and published."""
    network = a_network(title=title, **fields)
    evaluation = an_evaluation(network)
    for answer in answers:
        registration = a_registration(network)
        an_attendance(registration, network.meetings.first())
        given = {} if answer is None else {"1": answer}
        evaluating.answer_evaluation(registration=registration, answers=given, at=NOW)
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluating.close_and_publish(evaluation=evaluation, by=SWEEP, at=NOW)
    return network


@pytest.fixture
def coordinator(client):
    person = a_coordinator()
    client.force_login(person.user)
    return person


def means(client, year=""):
    """The averages of the first question by network, as the page has them, and its text."""
    page = client.get(PAGE, {"year": year})
    names = [evaluation.network.title for evaluation, _people in page.context["evaluations"]]
    lines = {line.label: line.means for line in page.context["lines"]}
    return dict(zip(names, next(iter(lines.values()), []), strict=False)), page.content.decode()


def test_averages_stand_side_by_side_in_a_year(client, coordinator):
    published("Labs", [5, 5, 5, 5, 3])
    published("Maths", [2, 2, 2, 2, 2, 5])
    published("Long ago", [1, 1, 1, 1, 1], school_year="2019-20", slug="long-ago")
    shown, page = means(client)
    assert shown == {"Labs": Decimal("4.6"), "Maths": Decimal("2.5")}
    assert ("5 answers" in page, "6 answers" in page, "Long ago" in page) == (True, True, False)
    assert means(client, "2019-20")[0] == {"Long ago": Decimal("1.0")}
    assert means(client, "1900-01")[0] == shown


def test_a_question_that_four_answered_shows_nothing(client, coordinator):
    published("Labs", [5, 5, 5, 5, None])
    published("Maths", [2, 2, 2, 2, 2])
    assert means(client)[0] == {"Labs": None, "Maths": Decimal("2.0")}


def test_staff_see_their_own_networks(client):
    mine = published("Labs", [5, 5, 5, 5, 5])
    published("Maths", [2, 2, 2, 2, 2])
    staff = a_user().person
    Appointment.objects.create(network=mine, person=staff)
    client.force_login(staff.user)
    shown, page = means(client)
    assert (shown, "Maths" in page) == ({"Labs": Decimal("5.0")}, False)


def test_files_say_what_the_page_says_and_run_no_formula(client, coordinator):
    published("=Labs", [5, 5, 5, 5, 3])
    published("Maths", [2, 2, 2, 2, 2, 5])
    text = b"".join(client.get(reverse("evaluations_file", args=["csv"])).streaming_content).decode(
        "utf-8-sig"
    )
    header, people, first = list(csv.reader(io.StringIO(text)))[:3]
    assert header[1:] == ["'=Labs 2020-21", "Maths 2020-21"]
    assert (people[1:], first[1:]) == (["5", "6"], ["4.6", "2.5"])
    book = load_workbook(io.BytesIO(b"".join(client.get(reverse("evaluations_file", args=["xlsx"])))))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert (rows[1][1:], [float(mean) for mean in rows[2][1:]]) == ([5, 6], [4.6, 2.5])
    assert book.active.cell(1, 2).data_type == "s"


def test_an_ending_that_nobody_offers_is_not_found(client, coordinator):
    assert client.get(reverse("evaluations_file", args=["pdf"])).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_the_same_statements(client, coordinator, number, django_assert_num_queries):
    for place in range(number):
        published(f"Network {place:02}", [5, 4, 3, 2, 1])
    client.get(PAGE)
    with django_assert_num_queries(9):
        client.get(PAGE)
