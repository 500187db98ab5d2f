"""A partner's year in review: what is counted, who sees it, who speaks first, and the PDF."""

import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from partners.exchange.domain import exchange
from partners.home.domain import year_remarks
from partners.home.domain.year_review import review
from partners.home.exceptions import RemarkRefused
from partners.models import Person
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_network,
    a_part,
    a_person,
    a_position,
    a_registration,
    a_user,
    an_organization,
)
from tests.partners.offers import a_contribution, a_match, a_need

pytestmark = pytest.mark.django_db
YEAR = 2020
AFTER = datetime(2023, 1, 1, tzinfo=UTC)


@pytest.fixture
def role():
    return a_part()


def address(role, name="year_review", year=YEAR):
    return reverse(name, args=[role.organization.slug, year])


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def year_of(role):
    return review(role.organization, year=YEAR, at=AFTER)


def test_promised_confirmed_and_delivered_are_counted(role):
    gift = a_contribution(organization=role.organization)
    for state in ("", "confirmed", "delivered"):
        a_match(a_need(), gift, state=state)
    found = year_of(role)
    assert [(one.confirmed, one.delivered) for one in found.promises] == [(2, 1)]
    assert (found.delivered, found.received) == (1, 0)


def test_what_was_received_and_what_is_a_gap(role):
    a_match(a_need(organization=role.organization), state="delivered")
    a_need(organization=role.organization)
    found = year_of(role)
    assert (found.received, found.needs, found.gaps) == (1, 2, 1)


def test_what_was_withdrawn_before_the_year_is_left_out(role):
    gift = a_contribution(organization=role.organization)
    exchange.withdraw_contribution(gift, by=SWEEP, at=NOW)
    assert len(year_of(role).promises) == 1
    assert review(role.organization, year=YEAR + 1, at=AFTER).promises == []


def test_a_delivery_taken_back_does_not_count(role):
    match = a_match(a_need(), a_contribution(organization=role.organization), state="delivered")
    exchange.move_match(match, to="confirmed", by=SWEEP, at=NOW)
    assert year_of(role).delivered == 0


def test_a_delivery_taken_back_and_given_again_counts_in_the_later_year_only(role):
    match = a_match(a_need(), a_contribution(organization=role.organization), state="delivered")
    exchange.move_match(match, to="confirmed", by=SWEEP, at=NOW)
    exchange.move_match(match, to="delivered", by=SWEEP, at=NOW.replace(year=2021))
    years = [review(role.organization, year=year, at=AFTER) for year in (YEAR, YEAR + 1)]
    assert [(one.delivered, one.promises[0].delivered) for one in years] == [(0, 0), (1, 1)]


def test_what_was_confirmed_in_a_later_year_was_only_offered_before(role):
    match = a_match(a_need(), a_contribution(organization=role.organization))
    exchange.move_match(match, to="confirmed", by=SWEEP, at=NOW.replace(year=2021))
    years = [review(role.organization, year=year, at=AFTER) for year in (YEAR, YEAR + 1)]
    assert [one.promises[0].confirmed for one in years] == [0, 1]


def test_public_contributions_are_shared(role):
    a_contribution(organization=role.organization, public=True)
    a_contribution(organization=role.organization)
    assert year_of(role).shared.contributions == 1


def test_no_person_is_named(role):
    a_registration(a_network(), a_person(first_name="Biology", last_name="teacher"))
    body = client_of(role.drafter).get(address(role)).content
    assert b"Biology" not in body


@pytest.mark.parametrize("name", ["year_review", "year_review_pdf"])
def test_only_the_partner_itself_and_coordinators_see_it(role, name):
    worker = a_user().person
    a_position(worker, organization=role.organization)
    other = a_part(role.mou, organization=an_organization()).drafter
    codes = [
        client_of(person).get(address(role, name)).status_code
        for person in (role.drafter, a_coordinator(), worker, other)
    ]
    assert codes == [200, 200, 404, 404]


def test_a_year_that_has_not_begun_is_not_there(role):
    assert client_of(role.drafter).get(address(role, year=2999)).status_code == 404


def test_the_partner_speaks_first(role):
    coordinator = a_coordinator()
    with pytest.raises(RemarkRefused):
        year_remarks.remark(role.organization, year=YEAR, text="Well done", by=coordinator, at=NOW)
    year_remarks.remark(role.organization, year=YEAR, text="A good year", by=role.drafter, at=NOW)
    year_remarks.remark(role.organization, year=YEAR, text="Well done", by=coordinator, at=NOW)
    assert list(role.organization.year_remarks.values_list("text", "by_partner")) == [
        ("A good year", True),
        ("Well done", False),
    ]


def test_a_remark_is_mailed_to_the_other_side(role):
    coordinator = a_coordinator()
    Mail.objects.all().delete()
    year_remarks.remark(role.organization, year=YEAR, text="A good year", by=role.drafter, at=NOW)
    to_coordinators = set(Mail.objects.values_list("address", flat=True))
    Mail.objects.all().delete()
    year_remarks.remark(role.organization, year=YEAR, text="Well done", by=coordinator, at=NOW)
    told = [(mail.address, "Well done" in mail.text) for mail in Mail.objects.all()]
    everyone = {person.primary_address for person in Person.objects.coordinators()}
    assert (to_coordinators, told) == (everyone, [(role.drafter.primary_address, True)])


def test_a_coordinator_is_told_who_comments_first(role):
    response = client_of(a_coordinator()).post(address(role), {"text": "Well done"})
    assert (response.status_code, b"comments first" in response.content) == (422, True)


def test_the_pdf_says_the_same_and_is_tagged(role):
    gift = a_contribution(organization=role.organization, detail="Rooms #set page(fill: red)")
    a_match(a_need(), gift, state="delivered")
    client_of(role.drafter).post(address(role), {"text": "A good year"})
    response = client_of(role.drafter).get(address(role, "year_review_pdf"))
    pdf = PdfReader(io.BytesIO(response.content))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Rooms #set page(fill: red)" in words
    assert "1 delivery to other partners" in words
    assert "A good year" in words
    assert "Year in review, school year 2020-21" in words


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow(role, number, django_assert_max_num_queries):
    for _row in range(number):
        a_match(a_need(), a_contribution(organization=role.organization), state="delivered")
    client = client_of(role.drafter)
    with django_assert_max_num_queries(34):
        client.get(address(role))
