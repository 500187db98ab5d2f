"""Educator numbers on documents, in the export, and before staff."""

import io
import zipfile

import pytest
from django.test import Client
from pypdf import PdfReader

from meetings.models import Appointment
from partners.models import NumberKind
from partners.people.domain import educator_numbers
from registrations.credit.domain import issuing, replacing
from registrations.credit.domain.exporting import export
from registrations.credit.exports import write_export
from tests.factories import SWEEP, a_network, a_registration, a_user
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.credit.test_exporting import PEOPLE, book_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


def a_number(person, typed="00123456", *, on_documents=True):
    return educator_numbers.save_number(
        person, kind=NumberKind.MEPID, typed=typed, on_documents=on_documents, at=JUNE
    )


def words_of(document):
    with document.pdf.open() as file:
        return PdfReader(file).pages[0].extract_text()


@pytest.mark.parametrize("kind", ["pdp", "attendance"])
def test_a_document_carries_the_numbers_that_the_person_wants_on_it(kind):
    registration = a_participant(an_awarding_network())
    a_number(registration.person)
    document = issuing.issue(registration=registration, kind=kind, by=SWEEP, at=JUNE)
    assert document.snapshot["educator_numbers"] == ["MEPID 00123456"]
    assert "MEPID 00123456" in words_of(document)


def test_a_number_that_is_not_wanted_on_documents_is_on_none():
    registration = a_participant(an_awarding_network())
    a_number(registration.person, on_documents=False)
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    assert (document.snapshot["educator_numbers"], "00123456" in words_of(document)) == ([], False)


def test_an_issued_document_keeps_its_number_and_one_issued_again_has_the_new_one():
    registration = a_participant(an_awarding_network())
    a_number(registration.person)
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    a_number(registration.person, "00999999")
    document.refresh_from_db()
    assert (document.snapshot["educator_numbers"], document.to_be_reviewed_at) == (["MEPID 00123456"], None)
    again = replacing.reissue(document=document, by=SWEEP, at=JUNE, reason="Another number")
    assert again.snapshot["educator_numbers"] == ["MEPID 00999999"]


def test_the_page_that_anybody_may_open_never_says_the_number(client):
    registration = a_participant(an_awarding_network())
    a_number(registration.person)
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    assert "00123456" not in client.get(f"/verify/{document.printed_code}/").content.decode()


def test_the_export_has_a_column_a_kind_and_the_zeros():
    network = an_awarding_network()
    person = a_participant(network).person
    a_participant(network)
    a_number(person, on_documents=False)
    header, *rows = book_of(network)[PEOPLE].values
    column = header.index("MEPID (Massachusetts)")
    assert sorted(row[column] or "" for row in rows) == ["", "00123456"]
    file = io.BytesIO()
    write_export(export(network, at=JUNE), file, kind="csv")
    with zipfile.ZipFile(file) as archive:
        assert ',"00123456",' in archive.read("people.csv").decode()


def test_the_export_without_numbers_has_no_column_for_them():
    network = an_awarding_network()
    a_participant(network)
    a_number(a_user().person)  # of nobody in this network
    assert "MEPID (Massachusetts)" not in next(book_of(network)[PEOPLE].values)


def test_staff_of_a_network_see_the_number_and_staff_of_another_do_not(client):
    network, other = a_network(), a_network()
    registration = a_registration(network)
    a_number(registration.person, on_documents=False)
    page = f"/staff/networks/{network.slug}/people/{registration.uid}/"
    seen = []
    for staffed in (network, other):
        browser = Client()
        person = a_user().person
        Appointment.objects.create(network=staffed, person=person)
        browser.force_login(person.user)
        answer = browser.get(page)
        seen.append((answer.status_code, "00123456" in answer.content.decode()))
    assert seen == [(200, True), (404, False)]


def test_who_gets_a_document_reads_before_which_number_it_will_carry(client):
    network = an_awarding_network()
    me = a_user().person
    a_participant(network, person=me)
    a_number(me)
    client.force_login(me.user)
    page = client.get(f"/learning/{network.slug}/documents/").content.decode()
    assert "MEPID 00123456" in page


@pytest.mark.parametrize(("code", "first"), [("IL-CLOCK", "IEIN"), ("MA-PDP", "MEPID")])
def test_the_kind_that_the_rule_of_a_network_names_is_offered_first(client, code, first):
    me = a_user().person
    a_registration(a_network(credit_code=code), me)
    client.force_login(me.user)
    form = client.get("/learning/numbers/").context["form"]
    assert form.fields["kind"].choices[0][0] == first
