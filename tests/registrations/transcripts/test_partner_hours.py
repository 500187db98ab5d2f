"""What the contacts of an organization see: hours of its own people who agreed, and never an answer."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.merging.domain import merging
from registrations.credit.domain import issuing as documents
from registrations.models import HoursConsent
from registrations.transcripts.domain import consents
from registrations.transcripts.domain.district import hours_at
from tests.factories import (
    SWEEP,
    a_contact,
    a_coordinator,
    a_position,
    an_organization,
)
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.transcripts.test_transcript import an_educator, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def now():
    with time_machine.travel(JUNE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def district(now):
    return an_organization(name="Wareham Public Schools", slug="wareham", stage="partner")


def works_at(organization, *, network=None, agrees=True, at=None, certificate=False, **fields):
    """Somebody who works there, registered through it, was at five meetings, and agreed."""
    person = an_educator(**fields)
    position = a_position(person, organization=organization)
    registration = a_participant(network or an_awarding_network(), person=person)
    registration.position = position
    registration.save()
    if certificate:
        documents.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    if agrees:
        consents.agree(person, at or organization, at=JUNE)
    return person


def page_of(person, organization):
    return signed_in(person).get(reverse("partner_hours", args=[organization.slug]))


def test_a_contact_sees_hours_by_school_and_year_of_who_agreed(district):
    school = an_organization(name="Wareham Middle School", sector="school", part_of=district)
    works_at(school, at=district, first_name="Ana", last_name="Nuñez", certificate=True)
    works_at(district, first_name="Bo", last_name="Silva")
    works_at(district, first_name="Cy", last_name="Private", agrees=False)
    text = text_of(page_of(a_contact(district), district))
    for words in (
        "2020-21, Wareham Middle School",
        "Ana Nuñez",
        "15 PDPs",
        "2020-21, Wareham Public Schools",
        "Bo Silva",
    ):
        assert words in text
    assert "Private" not in text


def test_consent_is_for_one_organization_alone(district):
    school = an_organization(name="Wareham Middle School", sector="school", part_of=district)
    works_at(school, at=school, last_name="Nuñez")
    assert hours_at(district, at=JUNE) == []
    assert [one.school for one in hours_at(school, at=JUNE)] == ["Wareham Middle School"]


def test_what_was_taken_back_shows_nothing(district):
    person = works_at(district)
    for _twice in range(2):
        consents.take_back(person, district, at=JUNE + timedelta(hours=1))
    assert hours_at(district, at=JUNE) == []
    consents.agree(person, district, at=JUNE + timedelta(hours=2))
    consents.agree(person, district, at=JUNE + timedelta(hours=2))
    assert HoursConsent.objects.standing().count() == 1
    assert len(hours_at(district, at=JUNE)) == 1


def test_who_left_or_was_never_confirmed_is_not_shown(district):
    left, unconfirmed = works_at(district), works_at(district)
    left.positions.update(ended_on=JUNE.date())
    unconfirmed.positions.update(confirmed_at=None)
    assert hours_at(district, at=JUNE) == []


def test_hours_through_another_employer_are_not_shown(district):
    person = works_at(district)
    other = a_participant(an_awarding_network(title="Elsewhere"), person=person)
    other.position = a_position(person, organization=an_organization())
    other.save()
    text = text_of(page_of(a_contact(district), district))
    assert "Elsewhere" not in text


def test_nobody_but_contacts_and_coordinators_opens_it(district):
    person = works_at(district)
    assert page_of(person, district).status_code == 404
    assert page_of(a_contact(an_organization(stage="partner")), district).status_code == 404
    assert page_of(a_coordinator(), district).status_code == 200


def test_the_page_says_nothing_of_evaluations(district):
    network = an_awarding_network()
    works_at(district, network=network)
    response = page_of(a_contact(district), district)
    assert "valuated" not in response.content.decode()
    assert network.evaluation.completions.count() == 1


def test_the_tables_say_the_same_and_keep_formulas_from_running(district):
    works_at(district, first_name="=1+1", last_name="\u200fNuñez", certificate=True)
    contact = signed_in(a_contact(district))
    address = reverse("partner_hours_file", args=[district.slug, "csv"])
    content = b"".join(contact.get(address).streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["First name"], row["Hours"], row["Units with a certificate"]) == ("'=1+1", "15", "15 PDPs")
    book = b"".join(
        contact.get(reverse("partner_hours_file", args=[district.slug, "xlsx"])).streaming_content
    )
    cells = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(book)).active[2]]
    assert cells[:2] == ["2020-21", "Wareham Public Schools"]
    assert contact.get(reverse("partner_hours_file", args=[district.slug, "pdf"])).status_code == 404


def test_the_person_agrees_and_takes_back_on_their_page(district):
    person = works_at(district, agrees=False)
    client, address = signed_in(person), reverse("transcript_share", args=[district.slug])
    page = client.post(address, {"agrees": "yes"}, follow=True)
    assert "Wareham Public Schools can see your hours now." in text_of(page)
    page = client.post(address, {"agrees": "no"}, follow=True)
    assert "Wareham Public Schools can&#x27;t see your hours anymore." in text_of(page)


def test_nobody_agrees_for_an_organization_where_they_don_t_work(district):
    client = signed_in(an_educator())
    assert (
        client.post(reverse("transcript_share", args=[district.slug]), {"agrees": "yes"}).status_code == 404
    )
    assert not HoursConsent.objects.exists()


def test_thirty_people_ask_as_much_as_one(district):
    network = an_awarding_network()
    contact = a_contact(district)
    counts = []
    for number in (1, 29):
        for _one in range(number):
            works_at(district, network=network)
        page_of(contact, district)
        with CaptureQueriesContext(connection) as asked:
            assert page_of(contact, district).status_code == 200
        rules = '"registrations_creditrule"'  # read once in a moment by each process
        counts.append(sum(f"FROM {rules}" not in one["sql"] for one in asked))
    assert counts[0] == counts[1]


def test_a_consent_that_was_taken_back_stays_so_when_two_records_of_a_person_are_merged(district):
    kept, gone = works_at(district), works_at(district, network=an_awarding_network(title="Other"))
    consents.take_back(kept, district, at=JUNE)
    merging.merge_people(kept=kept, gone=gone, take=set(), by=a_coordinator(), at=JUNE)
    assert hours_at(district, at=JUNE) == []


def test_a_consent_that_was_taken_back_stays_so_when_two_organizations_are_merged(district):
    other = an_organization(name="Wareham Schools", stage="partner")
    person = works_at(district)
    a_position(person, organization=other)
    consents.take_back(person, district, at=JUNE)
    consents.agree(person, other, at=JUNE)
    merging.merge_organizations(kept=district, gone=other, take=set(), by=a_coordinator(), at=JUNE)
    assert hours_at(district, at=JUNE) == []
