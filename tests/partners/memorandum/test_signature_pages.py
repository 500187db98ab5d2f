"""The pages about signatures for staff, coordinators and contacts: locking, paper, files, who sees what."""

from datetime import date

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from model_bakery import baker

from partners.memorandum.domain import document_words, sign_answers
from partners.models import MouDocument, Signature
from tests.factories import a_part, a_staff_member, a_user, an_organization
from tests.partners.signing_pages import log_in, sign, words
from tests.partners.signing_rows import (
    a_circulated_mou,
    an_accepted_part,
    boss,
    code_for,
    locked,
    pdf_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
PDF = b"%PDF-1.7\n%scan of the page"


def test_locking_from_the_page(client):
    mou = a_circulated_mou()
    an_accepted_part(mou)
    log_in(client, boss(mou))
    page = client.get(reverse("mou_lock", args=[mou.slug]))
    assert "None. Every partner you asked is ready." in words(page)
    seen = document_words.gather_for_freezing(mou).digest
    response = client.post(reverse("mou_lock", args=[mou.slug]), {"seen": seen})
    assert response.status_code == 302
    assert "Asked to sign" in words(client.get(response.url))


def test_locking_an_old_page_is_refused(client):
    mou = a_circulated_mou()
    an_accepted_part(mou)
    log_in(client, boss(mou))
    response = client.post(reverse("mou_lock", args=[mou.slug]), {"seen": "old"})
    assert response.status_code == 409
    assert not MouDocument.objects.exists()


def paper(client, signature, **fields):
    given = {
        "signed_on": timezone.localdate().isoformat(),
        "place": "Wilsonville",
        "scan": SimpleUploadedFile("scan.pdf", PDF),
        "same": "on",
    }
    url = reverse("mou_paper", args=[signature.document.mou.slug, signature.uid])
    return client.post(url, {**given, **fields})


def test_staff_record_a_signature_on_paper_with_its_scan(client, signature):
    log_in(client, a_staff_member())
    assert paper(client, signature).status_code == 302
    signature.refresh_from_db()
    assert (signature.method, signature.place, signature.status) == ("paper", "Wilsonville", "signed")
    scan = client.get(reverse("mou_scan", args=[signature.document.mou.slug, signature.uid]))
    assert b"".join(scan.streaming_content) == PDF


def test_a_paper_for_a_document_that_was_unlocked_is_refused_in_a_sentence(client, signature):
    log_in(client, a_staff_member())
    type(signature.document).objects.filter(pk=signature.document_id).update(unlocked_at=timezone.now())
    answer = paper(client, signature)
    assert (answer.status_code, "This changed after you opened the page" in words(answer)) == (200, True)


@pytest.mark.parametrize(("readable", "warned"), [(False, True), (True, False)])
def test_staff_are_told_where_a_scan_cannot_be_opened(client, signature, readable, warned):
    log_in(client, a_staff_member())
    scan = SimpleUploadedFile("scan.pdf", typst.compile(b"= Signed", format="pdf") if readable else PDF)
    page = client.get(paper(client, signature, scan=scan).headers["Location"])
    assert ("open the scan here. Check that you chose the right file." in words(page)) is warned


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"scan": SimpleUploadedFile("a.pdf", b"MZ program")}, "a PDF, PNG or JPEG"),
        ({"signed_on": "2001-01-01"}, "between the day"),
        ({"place": ""}, "required"),
        ({"same": ""}, "required"),
    ],
)
def test_a_paper_that_is_not_right_is_refused(client, signature, fields, said):
    log_in(client, a_staff_member())
    assert said in words(paper(client, signature, **fields))
    signature.refresh_from_db()
    assert signature.status == "asked"


def test_a_scan_that_is_too_large_is_refused(client, signature, monkeypatch):
    monkeypatch.setattr("partners.memorandum.forms.signing.SCAN_BYTES", 10)
    log_in(client, a_staff_member())
    assert "The limit is" in words(paper(client, signature))


def test_the_lead_contact_names_another_signatory(client, signature):
    role = signature.part.role
    log_in(client, role.lead_contact)
    url = reverse("mou_signatory", args=[role.mou.slug, signature.uid])
    given = {"name": "Pat New", "title": "Interim", "address": "pat@example.org", "reason": "Left"}
    drafting = {**given, "address": role.drafter.primary_address}
    assert "drafts the part" in words(client.post(url, drafting))
    assert client.post(url, given).status_code == 302
    assert Signature.objects.asked().get().signatory_name == "Pat New"


def test_the_coordinator_asks_again_whoever_declined_and_finds_the_refusal(client, signature):
    code = code_for(signature, at=timezone.now(), to_sign=False)
    sign_answers.decline_to_sign(signature, code=code, reason="Our board meets in May", at=timezone.now())
    log_in(client, boss(signature.document.mou))
    assert "Ask again" in words(client.get(signature.get_absolute_url()))
    given = {"name": "Pat New", "title": "Chief", "address": "pat@example.org", "reason": "It is May"}
    url = reverse("mou_signatory", args=[signature.document.mou.slug, signature.uid])
    page = words(client.post(url, given, follow=True))
    assert "It is May" in page
    assert "Our board meets in May" in page


def test_a_file_is_recognized_and_one_changed_letter_is_not(client, signature):
    document = signature.document
    url = reverse("check_mou")
    for content in (pdf_of(document), document.html.encode()):
        found = client.post(url, {"file": SimpleUploadedFile("mou", content)})
        assert "Yes, this is the document for signature" in words(found)
    other = document.html.replace("robotics", "Robotics").encode()
    assert "one of our documents" in words(client.post(url, {"file": SimpleUploadedFile("mou", other)}))


def test_a_hash_or_a_text_is_checked(client, signature):
    document, url = signature.document, reverse("check_mou")
    assert "Yes" in words(client.post(url, {"words": f" {document.pdf_sha256.upper()} "}))
    assert "Yes" in words(client.post(url, {"words": document.html.replace("\n", "\r\n")}))
    assert client.post(url, {}).status_code == 422


def grouped(digest, by):
    return by.join(digest[place : place + 8] for place in range(0, 64, 8))


@pytest.mark.parametrize(
    "typed",
    [
        lambda digest: grouped(digest, " "),
        lambda digest: grouped(digest, " – "),
        lambda digest: grouped(digest, "\u200b"),
        lambda digest: grouped(digest, "-\n"),
        lambda digest: f"SHA-256 of the text: {digest.upper()}",
        lambda digest: f"No. partners/1\nSHA-256 of the text: {grouped(digest, ' ')}   Page 2 of 9",
        lambda digest: digest.replace("0", "O").replace("1", "l"),
    ],
)
def test_a_printed_hash_is_known_however_it_is_typed(client, signature, typed):
    answer = client.post(reverse("check_mou"), {"words": typed(signature.document_sha256)})
    assert "Yes, this is the document for signature" in words(answer)


@pytest.mark.parametrize("dash", ["-", " ", "–", " - "])
@pytest.mark.parametrize("begin", ["", "No. ", "Document no. "])
def test_a_printed_number_is_looked_up(client, signature, begin, dash):
    number = signature.document.printed_number.upper().replace("-", dash).replace("/", " / ")
    said = words(client.post(reverse("check_mou"), {"words": f" {begin}{number}."}))
    assert "Yes, there is a document with this number" in said
    assert [one in said for one in (signature.document_sha256, signature.document.pdf_sha256)] == [True] * 2


def test_the_hash_of_a_part_is_known(client, signature):
    said = words(client.post(reverse("check_mou"), {"words": signature.part_sha256}))
    assert f"Yes, this is the hash of the part of {signature.organization_name}" in said


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("no-such-memorandum/1", 200, "No, we have no document with this number"),
        ("a" * 63, 422, "A hash has 64 letters and digits, and this one has 63."),
        ("b" * 64, 200, "one of our documents"),
    ],
)
def test_what_is_not_known_says_so(client, signature, typed, status, said):
    answer = client.post(reverse("check_mou"), {"words": typed})
    assert (answer.status_code, said in words(answer)) == (status, True)


def test_checking_is_limited_for_a_client(client, signature, settings):
    settings.VERIFY_TRIES_A_MINUTE = 2
    url, given = reverse("check_mou"), {"words": signature.document_sha256}
    answers = [client.post(url, given, REMOTE_ADDR="192.0.2.8") for _number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Wait a minute" in words(answers[-1])
    assert client.post(url, given, REMOTE_ADDR="192.0.2.9").status_code == 200


@pytest.mark.parametrize("given", [{"words": "x" * 4_000_000}, {"file": "large"}])
def test_what_is_too_large_to_check_is_refused_in_a_sentence(client, given):
    if given.get("file"):
        given = {"file": SimpleUploadedFile("mou", b"x" * 22 * 1024 * 1024)}
    response = client.post(reverse("check_mou"), given)
    assert response.status_code == 413
    assert "The limit is 20 MB for a file" in words(response).replace("\xa0", " ")


def test_a_check_without_the_token_of_the_form_is_refused(signature):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse("check_mou"), {"words": signature.document_sha256}).status_code == 403


@pytest.mark.parametrize("typed", ["\x00", "é" * 100, "f" * 63, "{" * 64])
def test_odd_words_to_check_make_no_error(client, typed):
    assert client.post(reverse("check_mou"), {"words": typed}).status_code in (200, 422)


def test_a_file_that_is_too_large_to_check_is_refused(client, monkeypatch):
    monkeypatch.setattr("partners.memorandum.forms.signing.CHECK_BYTES", 5)
    response = client.post(reverse("check_mou"), {"file": SimpleUploadedFile("mou", b"too large")})
    assert response.status_code == 422


def pages(signature):
    slug, part = signature.document.mou.slug, signature.part.role.organization.slug
    return {
        "mou_document": [slug, 1],
        "mou_document_html": [slug, 1],
        "mou_document_pdf": [slug, 1],
        "mou_evidence": [slug, signature.uid],
        "mou_signatures": [slug],
        "mou_term": [slug],
        "mou_paper": [slug, signature.uid],
        "mou_scan": [slug, signature.uid],
        "mou_signatory": [slug, signature.uid],
        "mou_lock": [slug],
        "mou_withdraw": [slug, part],
    }


def reached(client, signature):
    found = {}
    for name, arguments in pages(signature).items():
        response = client.get(reverse(name, args=arguments))
        found[name] = response.status_code
        if response.streaming:
            b"".join(response.streaming_content)
    return found


NOBODY = dict.fromkeys(
    (
        "mou_document",
        "mou_document_html",
        "mou_document_pdf",
        "mou_evidence",
        "mou_signatures",
        "mou_term",
        "mou_paper",
        "mou_scan",
        "mou_signatory",
        "mou_lock",
        "mou_withdraw",
    ),
    404,
)
READS = {"mou_document": 200, "mou_document_html": 200, "mou_document_pdf": 200, "mou_signatures": 200}


def test_a_stranger_and_another_partner_reach_what_is_theirs_only(client, signature):
    mou = signature.document.mou
    assert reached(log_in(client, a_user().person), signature) == NOBODY
    other = an_accepted_part(mou, organization=an_organization(stage="interested"))
    met = reached(log_in(client, other.drafter), signature)
    assert met == {**NOBODY, **READS, "mou_term": 200, "mou_lock": 403}


def test_contacts_reach_their_own_and_coordinators_all(client, signature):
    role = signature.part.role
    own = {**NOBODY, **READS, "mou_evidence": 200, "mou_term": 200, "mou_signatory": 200}
    met = reached(log_in(client, role.lead_contact), signature)
    assert met == {**own, "mou_lock": 403, "mou_paper": 403, "mou_withdraw": 200}
    all_of_it = dict.fromkeys(NOBODY, 200) | {"mou_scan": 404}
    assert reached(log_in(client, boss(role.mou)), signature) == all_of_it


def test_staff_reach_what_paper_needs(client, signature):
    met = reached(log_in(client, a_staff_member()), signature)
    staff = {**NOBODY, **READS, "mou_evidence": 200, "mou_paper": 200, "mou_signatory": 403}
    assert met == staff


def test_a_signatory_who_signs_in_reads_the_own_signature(client, signature):
    chief = a_user(address=signature.signatory_email).person
    met = reached(log_in(client, chief), signature)
    read = {name: status for name, status in met.items() if status == 200}
    assert sorted(read) == ["mou_document", "mou_document_html", "mou_document_pdf", "mou_evidence"]


def test_the_list_of_signatures_asks_the_same_for_one_and_thirty(
    client, signature, django_assert_num_queries
):
    mou = signature.document.mou
    log_in(client, boss(mou))
    url = reverse("mou_signatures", args=[mou.slug])
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _number in range(29):
        an_accepted_part(mou)
    locked(mou, at=timezone.now())
    with django_assert_num_queries(len(one)):
        client.get(url)


def a_part_with_rows(mou):
    role = an_accepted_part(mou)
    school = an_organization(part_of=role.organization)
    baker.make("partners.Need", organization=role.organization, role=role, school=school, _quantity=2)
    baker.make("partners.Contribution", organization=role.organization, role=role, _quantity=2)
    a_part(mou)


def test_the_page_to_lock_asks_the_same_for_one_and_thirty(client, django_assert_num_queries):
    mou = a_circulated_mou()
    a_part_with_rows(mou)
    log_in(client, boss(mou))
    url = reverse("mou_lock", args=[mou.slug])
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _number in range(29):
        a_part_with_rows(mou)
    with django_assert_num_queries(len(one)):
        assert client.get(url).status_code == 200


def test_unlocking_and_reopening_from_the_pages(client, signature):
    mou, role = signature.document.mou, signature.part.role
    log_in(client, boss(mou))
    client.post(reverse("mou_reopen", args=[mou.slug, role.organization.slug]), {"reason": "Rooms"})
    role.refresh_from_db()
    assert role.status == "returned"
    client.post(reverse("mou_unlock", args=[mou.slug, 1]), {"reason": "A page is missing"})
    assert MouDocument.objects.get().unlocked_at is not None


def test_a_review_and_a_notice_from_the_pages(client, signature):
    sign(client, signature)
    mou, role = signature.document.mou, signature.part.role
    log_in(client, boss(mou))
    client.post(reverse("mou_term", args=[mou.slug]), {"on": "2026-01-02", "note": "All well"})
    mou.refresh_from_db()
    assert mou.review_on == date(2027, 1, 2)
    withdraw = reverse("mou_withdraw", args=[mou.slug, role.organization.slug])
    assert client.post(withdraw, {"reason": "Merged"}).status_code == 422
    assert client.post(withdraw, {"reason": "Merged", "sure": "on"}).status_code == 302
    role.refresh_from_db()
    assert role.withdrawn_on is not None


def test_the_page_to_lock_says_what_is_missing(client):
    mou = a_circulated_mou(effective_on=None)
    an_accepted_part(mou)
    log_in(client, boss(mou))
    assert "Set the date the memorandum takes effect" in words(
        client.get(reverse("mou_lock", args=[mou.slug]))
    )
