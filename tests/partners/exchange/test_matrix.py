"""The matrix: who sees what, its cells, its files, and one query however many partners there are."""

import csv
import io
from itertools import islice, product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from partners.exchange.domain import exchange, exchange_book, matrix
from partners.models import Category, Contribution, Need, Organization, Standard, Subject
from tests.factories import NOW, SWEEP, a_contact, a_coordinator, a_position, a_user, an_organization
from tests.partners.offers import a_contribution, a_match, a_need, mentors

pytestmark = pytest.mark.django_db


def built(person=None, **fields):
    return matrix.build(person or a_coordinator(), **fields)


def words(found, organization, category=None):
    cell = found.cell(organization, category or mentors())
    return [text for _kind, text in exchange_book.said(cell)]


def get(client, person=None, **query):
    if person:
        client.force_login(person.user)
    return client.get(reverse("matrix"), query)


def a_crowd(*, partners: int, categories: int) -> None:
    """Every partner needs and gives something in every category."""
    for number in range(categories):
        Category.objects.get_or_create(code=f"c{number}", defaults={"name": f"Category {number}"})
    used = list(Category.objects.filter(code__regex=r"^c\d+$"))
    bodies = [an_organization() for _number in range(partners)]
    pairs = [
        {"organization": one, "category": category, "written_at": NOW}
        for one, category in product(bodies, used)
    ]
    Need.objects.bulk_create(Need(**pair) for pair in pairs)
    Contribution.objects.bulk_create(Contribution(**pair) for pair in pairs)


def test_a_hundred_partners_and_twenty_categories_are_one_query_and_a_small_page(client):
    a_crowd(partners=100, categories=20)
    coordinator = a_coordinator()
    assert coordinator.is_coordinator
    with CaptureQueriesContext(connection) as asked:
        cells = matrix.cells(coordinator)
    assert (len(asked), len(cells)) == (1, 2000)
    assert len(get(client, coordinator).content) < 300_000


@pytest.mark.parametrize("by", ["", "category"])
def test_the_page_asks_the_same_for_one_and_for_thirty(client, by):
    coordinator = a_coordinator()
    a_crowd(partners=1, categories=3)
    get(client, coordinator, by=by)
    with CaptureQueriesContext(connection) as few:
        get(client, by=by)
    a_crowd(partners=30, categories=12)
    with CaptureQueriesContext(connection) as many:
        get(client, by=by)
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("state", "taker", "giver"),
    [
        ("", ["gap"], ["offered"]),
        ("introduced", ["gap"], ["offered"]),
        ("confirmed", ["needed, confirmed"], ["offered, confirmed"]),
        ("delivered", ["needed, delivered"], ["offered, delivered"]),
        ("dropped", ["gap"], ["offered"]),
    ],
)
def test_a_cell_says_how_far_it_is(state, taker, giver):
    match = a_match(state=state)
    found = built()
    assert words(found, match.need.organization) == taker
    assert words(found, match.contribution.organization) == giver


def test_a_cell_counts_several_and_tells_needs_and_contributions_apart():
    organization = an_organization()
    a_need(organization=organization)
    a_need(organization=organization)
    a_contribution(organization=organization)
    assert words(built(), organization) == ["2 gaps", "offered"]


def test_withdrawn_rows_and_former_partners_are_not_in_it():
    need, left = a_need(), a_contribution()
    exchange.withdraw_need(need, by=SWEEP, at=NOW)
    Organization.objects.filter(pk=left.organization_id).update(stage="former")
    assert built().cells == {}


def test_a_match_with_a_former_partner_leaves_the_gap():
    match = a_match(state="confirmed")
    Organization.objects.filter(pk=match.contribution.organization_id).update(stage="former")
    found = built()
    assert words(found, match.need.organization) == ["gap"]
    assert list(Need.objects.gaps()) == [match.need]


def test_gaps_single_givers_and_unused_contributions_are_named():
    match, alone = a_match(), a_need()
    line = built().lines()[0]
    assert {one.pk for one in line.gaps} == {match.need.organization_id, alone.organization_id}
    assert line.single_giver == match.contribution.organization
    assert line.unused == []
    second = a_contribution()
    line = built().lines()[0]
    assert (line.single_giver, line.unused) == (None, [second.organization])


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"state": "gap"}, {"Taker"}),
        ({"state": "offered"}, {"Giver"}),
        ({"state": "delivered"}, set()),
        ({"sector": "business"}, {"Giver"}),
        ({"sector": "nonsense", "state": "nonsense"}, {"Taker", "Giver"}),
    ],
)
def test_it_is_narrowed_by_sector_and_state(client, query, shown):
    a_need(organization=an_organization(name="Taker"))
    a_contribution(organization=an_organization(name="Giver", sector="business"))
    response = get(client, a_coordinator(), **query)
    assert {row.name for row, _cells, _part in response.context["rows"]} == shown


@pytest.mark.parametrize("narrowed", [{"state": "gap"}, {"sector": "k12_district"}])
def test_givers_are_said_of_all_partners_however_it_is_narrowed(narrowed):
    need, gift = a_need(), a_contribution(organization=an_organization(sector="business"))
    found = built(**narrowed)
    assert found.partners == [need.organization]
    assert [(line.single_giver, line.unused) for line in found.lines()] == [
        (gift.organization, [gift.organization])
    ]


def test_what_another_sector_wrote_about_is_not_called_empty():
    a_need(organization=an_organization(sector="business"))
    silent = an_organization(sector="k12_district")
    found = built(sector="k12_district")
    assert (mentors() in found.idle, found.silent) == (False, [silent])


def test_the_figures_are_of_the_sector_and_open_its_lists(client):
    home = an_organization(sector="k12_district")
    a_need(organization=home)
    a_contribution(organization=home, category=Category.objects.exclude(code="mentor").first())
    a_need(organization=an_organization(sector="business"))
    response = get(client, a_coordinator(), sector="k12_district", state="gap", by="category")
    found = response.context["matrix"]
    assert (found.gaps, found.needs, found.contributions) == (1, 1, 1)
    assert 'href="?sector=k12_district&amp;by=category&amp;state=offered"' in response.content.decode()


def test_it_is_shown_both_ways_round(client):
    need = a_need()
    response = get(client, a_coordinator(), by="category")
    assert [str(row) for row, _cells, _part in response.context["rows"]] == [str(mentors())]
    assert list(response.context["columns"]) == [need.organization]


def test_a_cell_opens_its_list(client):
    need = a_need(detail="Four engineers")
    other = a_need(
        Category.objects.exclude(code="mentor").first(), need.organization, detail="Something else"
    )
    page = get(client, a_coordinator()).content.decode()
    address = f"{reverse('needs_of', args=[need.organization.slug])}?category=mentor"
    assert f'<td><a href="of/{need.organization.slug}/?category=mentor"><b class=gap>gap</b></a></td>' in page
    listed = client.get(address).content.decode()
    assert ("Four engineers" in listed, other.detail in listed) == (True, False)


def test_anonymous_see_public_contributions_and_nothing_of_needs(client):
    match = a_match(contribution=a_contribution(public=True), state="confirmed")
    hidden = a_contribution()
    response = get(client)
    assert [row for row, _cells, _part in response.context["rows"]] == [match.contribution.organization]
    page = response.content.decode()
    assert "offered" in page
    assert [word in page for word in ("gap", "confirmed", hidden.organization.name)] == [False] * 3


def test_a_stranger_who_is_signed_in_sees_no_needs(client):
    a_need()
    assert get(client, a_user().person).context["rows"] == []


@pytest.mark.parametrize("role", ["position", "contact", "coordinator"])
def test_people_of_partners_see_needs(client, role):
    need, home = a_need(), an_organization()
    if role == "position":
        person = a_user().person
        a_position(person, organization=home)
    else:
        person = a_contact(home) if role == "contact" else a_coordinator()
    rows = get(client, person).context["rows"]
    assert need.organization in [row for row, _cells, _part in rows]


def test_people_of_former_partners_and_past_positions_see_no_needs():
    a_need()
    former, left = a_user().person, a_user().person
    a_position(former, organization=an_organization(stage="former"))
    a_position(left, organization=an_organization(), ended_on=NOW.date())
    assert [list(Need.objects.visible_to(person)) for person in (former, left, None)] == [[], [], []]


def test_the_csv_has_what_the_page_has_and_runs_nothing(client):
    a_need(organization=an_organization(name="=1+1"))
    client.force_login(a_coordinator().user)
    response = client.get(reverse("matrix_export", args=["csv"]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Partner", "Sector", str(mentors())],
        ["'=1+1", "School district", "gap"],
    ]


def test_the_book_has_the_matrix_and_the_rows_behind_it(client):
    teacher = a_position(a_user(last_name="Secret").person).person
    match = a_match(need=a_need(detail="Mentors", teacher=teacher), state="confirmed")
    client.force_login(a_coordinator().user)
    response = client.get(reverse("matrix_export", args=["xlsx"]))
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["Matrix", "Gaps and offers", "Needs", "Contributions"]
    needs = next(islice(book["Needs"].values, 1, None))
    assert needs[2] == "a teacher"
    assert needs[9:] == ("confirmed", str(match.contribution.organization))
    assert "Secret" not in str([list(page.values) for page in book])


def test_strangers_get_no_needs_in_the_book(client):
    a_need()
    client.force_login(a_user().person.user)
    response = client.get(reverse("matrix_export", args=["xlsx"]))
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["Matrix", "Contributions"]
    assert client.get(reverse("matrix_export", args=["pdf"])).status_code == 404


def test_needs_are_narrowed_by_subject_and_by_part_of_a_standard_that_may_be_replaced(client):
    one, other = an_organization(), an_organization()
    need, _other = a_need(organization=one), a_need(organization=other)
    old, new = Standard.objects.get(code="HS-PS3-2"), Standard.objects.get(code="HS-LS1-1")
    need.standards.set([old, Standard.objects.get(code="HS-PS3-1")])
    need.subjects.set([Subject.objects.get(code="science")])
    Standard.objects.filter(pk=old.pk).update(replaced_by=new)
    page = get(client, a_coordinator(), standard="LS1-1")
    assert (page.context["matrix"].partners, page.context["matrix"].needs) == ([one], 1)
    assert (
        get(client, standard="hs-ps3").context["matrix"].needs == 1
    )  # once, though two of its own are meant
    assert get(client, subject="science").context["matrix"].partners == [one]
    assert get(client).context["matrix"].needs == 2
    said = page.content.decode()
    assert ('name="subject"' in said, 'value="ls 1 1"' in said or 'value="LS1-1"' in said) == (True, True)
