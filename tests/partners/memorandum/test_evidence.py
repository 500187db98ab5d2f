"""The evidence of a signature as a file: what it says of each way to sign, and who gets it."""

import hashlib
import io
import struct
import unicodedata
import zlib
from datetime import timedelta

import pytest
import typst
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from partners.memorandum.documents import evidence, scans
from partners.memorandum.domain import amending, sign_answers
from partners.models import Signature
from tests.factories import a_user
from tests.partners.signing_pages import address, log_in, sign, words
from tests.partners.signing_rows import (
    DAY,
    LATER,
    SOMEWHERE,
    a_next_text,
    a_signature,
    boss,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
SCAN = b"%PDF-1.7\n%scan of the page"


def pdf(signature):
    return evidence.as_pdf(signature, zone="America/New_York")


def text(signature):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(signature))).pages)


def plain(words):
    return "".join(words.split())


def on_paper(signature, *, at=LATER, scan=SCAN):
    given = {"signed_on": at.date(), "place": "Wilsonville", "scan": ContentFile(scan, name="scan.pdf")}
    return sign_answers.record_paper(signature, **given, by=boss(signature.document.mou), at=at)


def url(signature):
    return reverse("mou_evidence_pdf", args=[signature.document.mou.slug, signature.uid])


def test_the_file_says_all_that_is_known_of_an_electronic_signature():
    one = signed(a_signature())
    said = plain(text(one))
    facts = [*evidence.bound(one, one.document, zone="America/New_York"), *evidence.known(one)]
    assert [fact.label for fact in facts if plain(fact.text) not in said] == []
    wanted = ["192.0.2.7", SOMEWHERE.user_agent, one.part_sha256, one.consent, one.statement]
    assert [words for words in wanted if plain(words) not in said] == []


def test_it_says_utc_and_the_clock_of_the_signatory():
    facts = {fact.label: fact.text for fact in evidence.known(signed(a_signature()))}
    assert facts["Signed, UTC"].endswith("2:00 p.m. UTC (2020-09-08T14:00:00Z)")
    assert facts["On the signatory's clock"].endswith("7:00 a.m. PT (America/Los_Angeles)")


def test_the_file_of_a_signature_on_paper_says_place_day_and_hash_of_the_scan():
    one = on_paper(a_signature())
    said = plain(text(one))
    assert "Wilsonville" in said
    assert hashlib.sha256(SCAN).hexdigest() in said


def a_scan(*, pages=1, format="pdf"):
    source = "#set page(width: 6in, height: 4in)\n" + "\n#pagebreak()\n".join(["= Signed"] * pages)
    return typst.compile(source.encode(), format=format)


def a_bomb():
    """Return a small PNG that would take 40 GB when it is opened."""
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1_000_000))), (b"IEND", b"")]
    made = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


@pytest.mark.parametrize(
    ("pages", "shown", "said"), [(1, 1, ""), (2, 2, ""), (8, 6, "Its first 6 pages follow.")]
)
def test_the_file_shows_the_pages_of_a_scan_as_pictures(pages, shown, said):
    reader = PdfReader(io.BytesIO(pdf(on_paper(a_signature(), scan=a_scan(pages=pages)))))
    pictures = [len(page.images) for page in reader.pages]
    assert (sum(pictures), pictures[-shown:]) == (shown, [1] * shown)
    words = " ".join(page.extract_text() for page in reader.pages)
    assert plain(f"Scan of the signed paper, page {shown}") in plain(words)
    assert plain(said) in plain(words)


@pytest.mark.parametrize("scan", [SCAN, a_scan(), a_scan(format="png"), a_bomb()])
def test_the_file_carries_the_scan_byte_for_byte_and_stays_tagged(scan):
    reader = PdfReader(io.BytesIO(pdf(on_paper(a_signature(), scan=scan))))
    assert [content for contents in reader.attachments.values() for content in contents] == [scan]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value


@pytest.mark.parametrize("scan", [SCAN, a_bomb(), a_scan()[:3000], b"\xff\xd8\xff\xe0 no picture"])
def test_a_scan_that_cannot_be_opened_is_attached_and_this_is_said(scan):
    one = on_paper(a_signature(), scan=scan)
    assert plain("We could not open this scan to show it here.") in plain(text(one))


def test_a_scan_that_takes_too_long_is_attached_without_its_pictures(monkeypatch):
    monkeypatch.setattr(scans, "SECONDS", 0.001)
    assert scans.read(a_scan()).pictures == []


def test_every_picture_says_what_it_shows_to_who_cannot_see_it():
    reader = PdfReader(io.BytesIO(pdf(on_paper(a_signature(), scan=a_scan(pages=2)))))
    rows = (reader.get_object(number) for number in range(1, len(reader.xref[0]) + 1))
    figures = [row["/Alt"] for row in rows if isinstance(row, dict) and row.get("/S") == "/Figure"]
    assert figures == [f"Scan of the signed paper, page {number}" for number in (1, 2)]


def test_the_same_paper_makes_the_same_file():
    one = on_paper(a_signature(), scan=a_scan(pages=2))
    assert pdf(one) == pdf(one)


def test_the_file_of_a_carried_signature_names_the_one_that_stands_behind_it():
    first = signed(a_signature())
    a_next_text(first.document.mou, body="Every child builds.")
    locked(first.document.mou, at=LATER, weight="editorial")
    amending.sweep_carrying(at=LATER + 15 * DAY)
    carried = Signature.objects.get(method="carried")
    assert plain(f"The signature under no. {first.document.printed_number}") in plain(text(carried))


def test_the_file_is_tagged_and_titled():
    reader = PdfReader(io.BytesIO(pdf(signed(a_signature()))))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    assert reader.metadata.title.startswith("Evidence of the signature of")


def test_the_same_evidence_makes_the_same_file():
    one = signed(a_signature())
    assert pdf(one) == pdf(one)


def test_the_page_says_the_same_as_the_file(client, signature):
    sign(client, signature)
    signature.refresh_from_db()
    log_in(client, signature.part.role.drafter)
    page = plain(words(client.get(signature.get_absolute_url())).replace("&#x27;", "'"))
    assert [fact.label for fact in evidence.known(signature) if plain(fact.text) not in page] == []


def test_signatory_contact_and_coordinator_get_the_file_and_others_do_not(client, signature):
    sign(client, signature)
    assert client.get(f"{address(signature)}evidence.pdf").content.startswith(b"%PDF")
    found = {}
    for who in (signature.part.role.drafter, boss(signature.document.mou), a_user().person):
        found[who.pk] = log_in(client, who).get(url(signature)).status_code
    assert list(found.values()) == [200, 200, 404]


def test_there_is_no_evidence_before_it_is_signed(client, signature):
    log_in(client, boss(signature.document.mou))
    assert client.get(url(signature)).status_code == 404
    assert client.get(f"{address(signature)}evidence.pdf").status_code == 404


def test_the_signatory_on_paper_gets_the_scan_by_the_link(client, signature):
    on_paper(signature, at=timezone.now() + timedelta(minutes=1))
    file = client.get(f"{address(signature)}scan/")
    assert b"".join(file.streaming_content) == SCAN


def test_a_browser_may_call_itself_anything(client, signature):
    sign(client, signature)
    Signature.objects.update(user_agent="\U0001f9ec\U000e0041\x07")
    log_in(client, boss(signature.document.mou))
    assert client.get(url(signature)).status_code == 200


def test_numbers_and_hashes_are_copied_and_searched_as_they_are_printed():
    one = on_paper(a_signature())
    said = text(one)
    unseen = [sign for sign in said if unicodedata.category(sign) in ("Cf", "Cc", "Co") and sign != "\n"]
    printed = [one.document_sha256, one.part_sha256, one.scan_sha256, one.document.printed_number]
    assert (unseen, [words for words in printed if words not in said.replace("\n", "")]) == ([], [])


def checked(client, content):
    answer = client.post(reverse("check_mou"), {"file": SimpleUploadedFile("evidence.pdf", content)})
    return words(answer)


def test_the_check_page_knows_the_evidence_of_a_signature(client, signature):
    sign(client, signature)
    file = client.get(f"{address(signature)}evidence.pdf").content
    assert f"Yes, this is our evidence of the signature of {signature.organization_name}" in checked(
        client, file
    )
    assert "did sign, but this file isn" in checked(client, file + b"\n% changed")


def test_a_file_that_only_names_a_request_to_sign_is_no_evidence(client, signature):
    named = f"%PDF-1.7 stemnet-signature:{signature.uid}".encode()
    assert "No, this isn" in checked(client, named)


def test_the_check_page_knows_the_scan_of_a_paper_by_file_and_by_hash(client, signature):
    one = on_paper(signature, at=timezone.now() + timedelta(minutes=1))
    said = f"Yes, this is the scan of the paper that was signed for {one.organization_name}"
    by_hash = client.post(reverse("check_mou"), {"words": one.scan_sha256})
    assert (said in checked(client, SCAN), said in words(by_hash)) == (True, True)
