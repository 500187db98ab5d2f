"""A document checks by its code and by its file whatever happened to those whom it names."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meetings.models import Network
from partners.merging.domain import merging
from partners.models import Partnership, Person, Provider
from partners.people.domain import deletion
from registrations.credit.domain import issuing
from registrations.credit.domain.keeping import remove_old_marks
from registrations.models import Document
from tests.factories import (
    a_coordinator,
    a_partnership,
    a_person,
    a_position,
    a_user,
    an_organization,
)
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.credit.test_keeping import marked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
NAME, LATER = "Science lead Wareham", JUNE + timedelta(days=30 * 365)


@pytest.fixture
def document():
    a_partnership()
    person = a_user(first_name="Science lead", last_name="Wareham").person
    a_position(person, organization=an_organization(name="Wareham Public Schools"))
    registration = a_participant(an_awarding_network(title="Leaders"), person=person)
    return issuing.issue(registration=registration, kind="pdp", by=person, at=JUNE)


def person_renamed(document):
    Person.objects.filter(pk=document.person_id).update(first_name="Another", last_name="Name")


def person_merged_into_another(document):
    other, person = a_person(first_name="Another", last_name="Name"), document.person
    by = a_coordinator()
    merging.merge_people(kept=other, gone=person, take=set(), by=by, at=LATER)


def organizations_merged(document):
    (position,) = document.person.positions.all()
    kept = an_organization(name="Wareham")
    merging.merge_organizations(
        kept=kept, gone=position.organization, take=set(), by=a_coordinator(), at=LATER
    )


def network_provider_and_partnership_renamed(_document):
    Network.objects.update(title="Called otherwise")
    Provider.objects.update(name="Another university", number="1")
    Partnership.objects.update(name="Another partnership", short_name="Another")


def marks_kept_no_longer(document):
    marked(document.network.registrations.get())
    assert remove_old_marks(at=LATER)


def person_removed(document):
    deletion.remove_person(document.person, by=document.person, at=LATER)


@pytest.mark.parametrize(
    "happens",
    [
        person_renamed,
        person_merged_into_another,
        organizations_merged,
        network_provider_and_partnership_renamed,
        marks_kept_no_longer,
        person_removed,
    ],
    ids=lambda act: act.__name__,
)
def test_it_says_what_was_printed_by_code_and_by_file(document, client, happens):
    with document.pdf.open() as file:
        content = file.read()
    happens(document)
    page = client.get(reverse("verified", args=[document.code])).content.decode()
    assert (NAME in page, "Leaders" in page) == (True, True)
    answer = client.post(reverse("verify_file"), {"file": SimpleUploadedFile("mine.pdf", content)})
    page = client.get(answer.url).content.decode()
    assert ("byte for byte" in page, NAME in page) == (True, True)
    stands = Document.objects.get(pk=document.pk)
    assert (stands.status, stands.sha256) == (Document.Status.VALID, document.sha256)
