"""Documents that carry the operator's seal, and the pages that check a document by its file."""

import subprocess
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from registrations.credit.domain import issuing, replacing
from registrations.credit.forms.checking import MOST_BYTES
from registrations.credit.views import verify_file
from registrations.models import Document, Seal
from stemnet.exceptions import SealUnusable
from tests.factories import a_staff_member, a_user
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.seal_keys import NAME, PASSWORD, a_seal_file

pytestmark = pytest.mark.django_db
BEGINS = datetime(2021, 1, 1, tzinfo=UTC)


@pytest.fixture
def sealing(settings, tmp_path):
    settings.SEAL_FILE, settings.SEAL_PASSWORD = a_seal_file(tmp_path, begins=BEGINS), PASSWORD
    return settings


def issued() -> Document:
    registration = a_participant(an_awarding_network())
    return issuing.issue(registration=registration, kind="pdp", by=a_staff_member(), at=JUNE)


def upload(client, content: bytes):
    return client.post(reverse("verify_file"), {"file": SimpleUploadedFile("some.pdf", content)})


def content_of(document: Document) -> bytes:
    with document.pdf.open() as file:
        return file.read()


def test_an_issued_document_is_sealed_and_its_page_names_the_seal(sealing, client):
    document = issued()
    assert b"ETSI.CAdES.detached" in content_of(document)
    page = client.get(reverse("verified", args=[document.printed_code])).content.decode()
    assert f"{NAME}." in page
    certificate = reverse("seal_certificate", args=[document.seal.fingerprint])
    assert certificate in page
    assert client.get(certificate).content.startswith(b"-----BEGIN CERTIFICATE-----")


def test_a_seal_that_was_replaced_is_kept_for_the_documents_that_carry_it(sealing, client, tmp_path):
    document = issued()
    sealing.SEAL_FILE = a_seal_file(tmp_path, begins=BEGINS, name="The seal of next year")
    new = replacing.reissue(document=document, reason="A name", by=a_staff_member(), at=JUNE)
    document.refresh_from_db()
    assert (document.seal.name, new.seal.name) == (NAME, "The seal of next year")
    assert client.get(reverse("seal_certificate", args=[document.seal.fingerprint])).status_code == 200


def test_without_a_seal_documents_are_issued_as_before(client):
    document = issued()
    assert (document.seal, Seal.objects.count()) == (None, 0)
    assert (
        "Electronic seal"
        not in client.get(reverse("verified", args=[document.printed_code])).content.decode()
    )


def test_a_seal_that_has_ended_issues_nothing_and_says_so(settings, tmp_path, client):
    settings.SEAL_FILE, settings.SEAL_PASSWORD = a_seal_file(tmp_path, begins=BEGINS, days=60), PASSWORD
    with pytest.raises(SealUnusable, match="its certificate ended on March 2, 2021"):
        issued()
    assert Document.objects.count() == 0


def test_replacing_with_an_ended_seal_leaves_the_old_document_valid(sealing, tmp_path):
    document = issued()
    sealing.SEAL_FILE = a_seal_file(tmp_path, begins=BEGINS, days=60)
    with pytest.raises(SealUnusable):
        replacing.reissue(document=document, reason="A name", by=a_staff_member(), at=JUNE)
    document.refresh_from_db()
    assert document.status == Document.Status.VALID


def test_a_list_of_what_was_issued_says_why_there_is_no_document(settings, tmp_path):
    settings.SEAL_FILE, settings.SEAL_PASSWORD = a_seal_file(tmp_path, begins=BEGINS, days=60), PASSWORD
    registration = a_participant(an_awarding_network())
    outcomes = list(
        issuing.issue_all(
            [issuing.stand_of(registration.network, registration.person, at=JUNE)],
            by=a_staff_member(),
            at=JUNE,
        )
    )
    assert "its certificate ended on March 2, 2021" in outcomes[0].reason


def test_the_file_itself_leads_to_the_page_of_its_document(sealing, client):
    document = issued()
    answer = upload(client, content_of(document))
    assert answer.url.startswith(reverse("verified", args=[document.printed_code]))
    assert "The file you chose is this document, byte for byte." in client.get(answer.url).content.decode()


def test_the_page_says_so_only_of_that_file(client):
    document = issued()
    address = reverse("verified", args=[document.printed_code])
    for query in ("", "?file=", f"?file={'0' * 64}"):
        assert "byte for byte" not in client.get(address + query).content.decode()


def test_the_file_of_a_replaced_and_of_a_revoked_document_says_what_became_of_it(client):
    document = issued()
    content = content_of(document)
    new = replacing.reissue(document=document, reason="A name", by=a_staff_member(), at=JUNE)
    page = client.get(upload(client, content).url).content.decode()
    assert "This document was replaced" in page
    assert "byte for byte" in page
    replacing.revoke(document=new, reason="An error", by=a_staff_member(), at=JUNE)
    page = client.get(upload(client, content_of(new)).url).content.decode()
    assert "This document was revoked" in page


def test_a_file_saved_again_is_told_from_ours_with_what_that_may_mean(client):
    again = BytesIO()
    with pikepdf.open(BytesIO(content_of(issued()))) as pdf:
        pdf.save(again)
    page = upload(client, again.getvalue()).content.decode()
    assert "This file isn't one that we issued, byte for byte" in page
    assert "printed, scanned, or saved again" in page


def test_a_picture_of_a_printed_document_is_no_file_of_ours_and_its_code_is_asked_for(client):
    issued()
    page = upload(client, b"\xff\xd8\xff\xe0" + b"scanned" * 100).content.decode()
    assert "This file isn't one that we issued, byte for byte" in page
    assert 'name="code"' in page


def test_no_file_an_empty_one_and_a_large_one_are_refused_where_it_happened(client, settings):
    settings.VERIFY_TRIES_A_MINUTE = 100
    assert "Choose a file first." in client.post(reverse("verify_file"), {}).content.decode()
    assert "This file is empty." in upload(client, b"").content.decode()
    large = upload(client, b"0" * (MOST_BYTES + 1))
    assert (large.status_code, "larger than any document" in large.content.decode()) == (422, True)
    unread = client.post(
        reverse("verify_file"),
        b"",
        content_type="multipart/form-data; boundary=b",
        headers={"Content-Length": str(MOST_BYTES + verify_file.ROOM + 1)},
    )
    assert (unread.status_code, "larger than any document" in unread.content.decode()) == (413, True)


def test_files_are_checked_no_more_often_than_codes(client, settings):
    settings.VERIFY_TRIES_A_MINUTE = 2
    answers = [upload(client, b"x").status_code for _try in range(3)]
    assert answers == [200, 200, 429]


def test_looking_at_the_address_of_the_form_leads_to_the_form(client):
    assert client.get(reverse("verify_file")).url == reverse("verify")


def test_on_one_s_own_page_an_ended_seal_is_said_and_nothing_is_issued(settings, tmp_path, client):
    settings.SEAL_FILE, settings.SEAL_PASSWORD = a_seal_file(tmp_path, begins=BEGINS, days=60), PASSWORD
    registration = a_participant(an_awarding_network(), person=a_user().person)
    client.force_login(registration.person.user)
    page = client.post(reverse("my_documents", args=[registration.network.slug]), follow=True)
    assert "its certificate ended on March 2, 2021" in page.content.decode()
    assert Document.objects.count() == 0


def test_on_the_staff_page_an_ended_seal_is_said_and_the_reason_stays(sealing, tmp_path, client):
    document = issued()
    sealing.SEAL_FILE = a_seal_file(tmp_path, begins=BEGINS, days=60)
    client.force_login(a_staff_member().user)
    page = client.post(
        reverse("staff_document_act", args=[document.uid, "reissue"]), {"reason": "A new name"}
    )
    text = page.content.decode()
    assert (page.status_code, "its certificate ended on March 2, 2021" in text) == (422, True)
    assert "A new name" in text
    assert list(Document.objects.values_list("status", flat=True)) == [Document.Status.VALID]
    revoked = client.post(reverse("staff_document_act", args=[document.uid, "revoke"]), {"reason": "Wrong"})
    document.refresh_from_db()
    assert (revoked.status_code, document.status) == (302, Document.Status.REVOKED)  # this needs no seal


@pytest.mark.pdfsig
def test_a_document_that_was_printed_and_scanned_is_told_from_ours_and_its_code_leads_to_it(client, tmp_path):
    document = issued()
    (tmp_path / "paper.pdf").write_bytes(content_of(document))
    command = ["pdftoppm", "-r", "100", "-png", "-singlefile", tmp_path / "paper.pdf", tmp_path / "scan"]
    subprocess.run(command, check=True)
    scan = BytesIO()
    Image.open(tmp_path / "scan.png").convert("RGB").save(scan, "PDF")
    page = upload(client, scan.getvalue()).content.decode()
    assert "This file isn't one that we issued, byte for byte" in page
    assert ("printed, scanned, or saved again" in page, 'name="code"' in page) == (True, True)
    assert client.get(reverse("verify"), {"code": document.printed_code}, follow=True).status_code == 200


@pytest.mark.parametrize("address", ["/verify/seals/%00.pem", "/credentials/keys/%00.json"])
def test_what_is_no_fingerprint_is_not_found(client, address):
    assert client.get(address).status_code == 404
