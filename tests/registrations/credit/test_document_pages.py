"""Pages of documents: checking one, one's own, and those of the staff."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from registrations.credit.domain import issuing, replacing
from registrations.models import Document
from stemnet import jobs
from stemnet.models import Job
from tests.factories import SWEEP, a_person, a_registration, a_staff_member, a_user
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def issued(registration, kind="pdp") -> Document:
    return issuing.issue(registration=registration, kind=kind, by=SWEEP, at=JUNE)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_form_leads_to_the_page_of_the_code(client):
    response = client.get(reverse("verify"), {"code": " 7kqm 4hzd 92xw tp3c"})
    assert response.url == "/verify/7KQM-4HZD-92XW-TP3C/"


def test_an_empty_form_says_so(client):
    assert "Type the code first." in text_of(client.get(reverse("verify"), {"code": " "}))


def test_a_valid_document_shows_what_an_auditor_needs_and_no_more(client):
    registration = a_participant(an_awarding_network())
    response = client.get(reverse("verified", args=[issued(registration).printed_code.lower()]))
    text = text_of(response)
    for words in (str(registration.person), "15 PDPs", "15.00", "Wed, Oct 14, 2020", "2020-0417", "Valid"):
        assert words in text
    assert registration.person.primary_address not in text
    assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_a_confirmation_says_that_it_is_not_pdps(client):
    document = issued(a_participant(an_awarding_network()), "attendance")
    text = text_of(client.get(reverse("verified", args=[document.code])))
    assert "This confirmation is not a PDP certificate." in text


def test_a_superseded_document_leads_to_the_new_one(client):
    document = issued(a_participant(an_awarding_network()))
    new = replacing.reissue(document=document, reason="Name", by=SWEEP, at=JUNE)
    text = text_of(client.get(reverse("verified", args=[document.code])))
    assert reverse("verified", args=[new.printed_code]) in text
    assert "Superseded" in text


def test_a_revoked_document_keeps_its_reason_to_itself(client):
    document = issued(a_participant(an_awarding_network()))
    replacing.revoke(document=document, reason="Private matter", by=SWEEP, at=JUNE)
    text = text_of(client.get(reverse("verified", args=[document.code])))
    assert "was revoked on Wed, Jun 2, 2021" in text
    assert "Private matter" not in text


def test_every_unknown_code_gets_the_same_answer(client):
    codes = ["7KQM-4HZD-92XW-TP3C", "nonsense", "7" * 200, "<script>", "ü"]
    answers = [client.get(reverse("verified", args=[code])) for code in codes]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_checking_is_limited(client, settings):
    settings.VERIFY_TRIES_A_MINUTE = 3
    codes = [client.get(reverse("verified", args=["X"])).status_code for _ in range(4)]
    assert codes == [404, 404, 404, 429]


def test_one_click_issues_and_the_file_can_be_had():
    registration = a_participant(an_awarding_network(), person=a_user().person)
    client = signed_in(registration.person)
    page = reverse("my_documents", args=[registration.network.slug])
    assert "Issue my documents" in text_of(client.get(page))
    assert "Download the PDF" in text_of(client.post(page, follow=True))
    document = Document.objects.get(kind="pdp")
    response = client.get(reverse("document", args=[document.uid]))
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"
    assert response["Content-Disposition"] == f'attachment; filename="pdp-{document.number}.pdf"'


def test_a_look_at_one_s_documents_issues_nothing():
    registration = a_participant(an_awarding_network(), person=a_user().person)
    signed_in(registration.person).get(reverse("my_documents", args=[registration.network.slug]))
    assert Document.objects.count() == 0


def test_what_is_missing_is_said():
    registration = a_participant(an_awarding_network(), person=a_user().person, attended=3)
    client = signed_in(registration.person)
    text = text_of(client.get(reverse("my_documents", args=[registration.network.slug])))
    assert "PDP certificate: 9 of 10 hours, no PDPs yet" in text


def test_while_the_network_lacks_something_the_educator_reads_of_hours_only():
    network = an_awarding_network(objectives="")
    registration = a_participant(network, person=a_user().person)
    text = text_of(signed_in(registration.person).get(reverse("my_documents", args=[network.slug])))
    assert "15 hours of attendance" in text
    assert not re.search(r"\bPDPs?\b", text.partition("<main")[2])  # a token may hold the letters


def test_a_name_that_cannot_be_printed_is_a_clear_sentence():
    person = a_user(certificate_name="Ann 🦄").person
    registration = a_participant(an_awarding_network(), person=person)
    client = signed_in(person)
    response = client.post(reverse("my_documents", args=[registration.network.slug]), follow=True)
    assert "We can&#x27;t print these characters in documents: 🦄" in text_of(response)


def test_a_document_is_for_its_owner_and_the_staff_of_its_network():
    registration = a_participant(an_awarding_network(), person=a_user().person)
    address = reverse("document", args=[issued(registration).uid])
    for person in (registration.person, a_staff_member()):
        response = signed_in(person).get(address)
        assert (response.status_code, b"".join(response.streaming_content)[:4]) == (200, b"%PDF")
    assert signed_in(a_user().person).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_documents_of_a_network_one_is_not_in_do_not_exist():
    network = an_awarding_network()
    page = reverse("my_documents", args=[network.slug])
    assert signed_in(a_user().person).get(page).status_code == 404
    assert signed_in(a_user().person).post(page).status_code == 404


def test_staff_see_where_everyone_stands():
    network = an_awarding_network()
    a_participant(network, attended=3, person=a_person(first_name="Ada", last_name="Short"))
    text = text_of(signed_in(a_staff_member()).get(reverse("staff_documents", args=[network.slug])))
    assert "Short, Ada" in text
    assert "PDP certificate: 9 of 10 hours, no PDPs yet" in text
    assert "ready: Confirmation of attendance" in text


def test_staff_see_what_the_network_lacks():
    network = an_awarding_network(provider=None)
    text = text_of(signed_in(a_staff_member()).get(reverse("staff_documents", args=[network.slug])))
    assert "It's missing:</strong> the provider, the provider&#x27;s number." in text


def test_staff_issue_for_all_with_one_post():
    network = an_awarding_network()
    for _number in range(2):
        a_participant(network)
    response = signed_in(a_staff_member()).post(
        reverse("staff_documents_issue", args=[network.slug]), follow=True
    )
    assert "4 documents issued, to 2 people." in text_of(response)


def test_issuing_for_many_is_a_job_that_lists_what_happened():
    network = an_awarding_network()
    for name in "ACDE":
        a_participant(network, person=a_person(last_name=name))
    a_participant(network, person=a_person(last_name="B"), attended=3)
    response = signed_in(a_staff_member()).post(reverse("staff_documents_issue", args=[network.slug]))
    job = Job.objects.get()
    jobs.run_waiting(at=JUNE)
    job.refresh_from_db()
    assert (response.url, job.state, Document.objects.count()) == (job.get_absolute_url(), "done", 9)
    with job.result.open() as file:
        rows = file.read().decode("utf-8-sig").splitlines()
    assert rows[2].endswith('"PDP certificate: 9 of 10 hours, no PDPs yet"')


@pytest.mark.parametrize(
    ("act", "status"), [("revoke", "revoked"), ("reissue", "superseded"), ("keep", "valid")]
)
def test_staff_act_on_a_document_with_a_reason(act, status):
    document = issued(a_participant(an_awarding_network()))
    client = signed_in(a_staff_member())
    client.post(reverse("staff_document_act", args=[document.uid, act]), {"reason": "Because"})
    document.refresh_from_db()
    assert (document.status, document.changes.last().reason) == (status, "Because")


def test_without_a_reason_nothing_happens_and_the_page_says_so():
    document = issued(a_participant(an_awarding_network()))
    response = signed_in(a_staff_member()).post(
        reverse("staff_document_act", args=[document.uid, "revoke"]), {"reason": ""}
    )
    document.refresh_from_db()
    assert (response.status_code, document.status) == (422, "valid")
    assert "This field is required." in text_of(response)


def test_an_act_that_does_not_exist_is_not_found():
    document = issued(a_participant(an_awarding_network()))
    address = reverse("staff_document_act", args=[document.uid, "burn"])
    assert signed_in(a_staff_member()).post(address).status_code == 404


def test_staff_pages_are_for_the_staff_of_the_network():
    registration = a_participant(an_awarding_network(), person=a_user().person)
    document = issued(registration)
    client = signed_in(registration.person)
    for address in (
        reverse("staff_documents", args=[registration.network.slug]),
        reverse("staff_document", args=[document.uid]),
    ):
        assert client.get(address).status_code == 404
    for address in (
        reverse("staff_documents_issue", args=[registration.network.slug]),
        reverse("staff_document_act", args=[document.uid, "revoke"]),
    ):
        assert client.post(address, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("people", [1, 30])
def test_the_staff_list_takes_the_same_queries_for_any_number(people, django_assert_max_num_queries):
    network = an_awarding_network()
    for _number in range(people):
        registration = a_participant(network)
    issued(registration)
    client = signed_in(a_staff_member())
    address = reverse("staff_documents", args=[network.slug])
    client.get(address)
    with django_assert_max_num_queries(27):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_one_s_documents_take_the_same_queries_for_any_number(number, django_assert_max_num_queries):
    registration = a_participant(an_awarding_network(), person=a_user().person)
    document = issued(registration)
    for _step in range(number - 1):
        document = replacing.reissue(document=document, reason="x", by=SWEEP, at=JUNE)
    client = signed_in(registration.person)
    address = reverse("my_documents", args=[registration.network.slug])
    client.get(address)
    with django_assert_max_num_queries(30):
        assert client.get(address).status_code == 200


def test_who_only_waits_has_no_page_of_documents():
    network = an_awarding_network(seats=1)
    a_participant(network)
    person = a_user().person
    a_registration(network, person)
    page = reverse("my_documents", args=[network.slug])
    assert signed_in(person).get(page).status_code == 404


def test_whoever_holds_a_memorandum_is_led_to_where_it_is_checked(client):
    assert f'href="{reverse("check_mou")}"' in client.get(reverse("verify")).content.decode()
