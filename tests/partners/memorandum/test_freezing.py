"""Locking the memorandum: who is in, what is frozen, and who edits meanwhile."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader

from partners.memorandum.documents import memorandum
from partners.memorandum.domain import document_words, freezing, mou_texts, parts, proposals, unfreezing
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.models import MouDocument, Signature
from stemnet.models import Mail
from tests.factories import NOW, a_mou, a_part
from tests.partners.signing_pages import log_in, words
from tests.partners.signing_rows import (
    LATER,
    a_circulated_mou,
    a_next_text,
    an_accepted_part,
    boss,
    link_of,
    locked,
    pdf_of,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def pdf_text(document):
    pages = PdfReader(io.BytesIO(pdf_of(document))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_locking_freezes_the_text_and_every_accepted_part():
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    (document,) = locked(mou)
    role.refresh_from_db()
    mou.refresh_from_db()
    assert (role.status, mou.status, document.text.status) == ("locked", "signing", "circulated")
    assert mou.texts.get().status == "locked"
    assert [part.words["does"] for part in document.parts.all()] == ["We teach **robotics**."]


def test_the_hash_is_that_of_the_file_that_is_handed_out():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    (document,) = locked(mou)
    assert document.sha256 == hashlib.sha256(document.html.encode()).hexdigest()
    assert document.pdf_sha256 == hashlib.sha256(pdf_of(document)).hexdigest()


def test_links_stand_on_paper_with_their_address():
    mou = a_circulated_mou()
    an_accepted_part(mou, does="See [our robots](https://example.org/robots).")
    (document,) = locked(mou)
    assert "our robots (https://example.org/robots)." in pdf_text(document)
    assert "our robots</a> (https://example.org/robots)." in document.html


def test_no_word_of_the_printed_copy_is_broken():
    """What typst 0.15.2 puts in at a break, pypdf 7.1.0 reads as text, and changes hyphens below it.

    findings/hyphens_of_a_typeset_agreement.sh shows it: a paper that is justified breaks words.
    """
    mou = a_circulated_mou()
    promise = "We offer professional development for elementary educators, internationally. " * 4
    an_accepted_part(mou, does=f"{promise}Call well-known people at 508-555-0100.")
    (document,) = locked(mou)
    assert f"{promise}Call well-known people at 508-555-0100." in pdf_text(document)


def test_the_printed_copy_carries_number_and_hash():
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    (document,) = locked(mou)
    text = pdf_text(document)
    assert f"No. {mou.slug}/1" in text
    assert document.sha256 in text.replace(" ", "")
    assert "robotics" in text
    assert f"{role.signatory_name}, Superintendent" in text


def test_the_pdf_is_tagged_and_titled():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    (document,) = locked(mou)
    catalog = PdfReader(io.BytesIO(pdf_of(document))).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value
    assert catalog["/Lang"] == "en-US"


def test_equal_words_make_equal_files():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    (document,) = locked(mou)
    assert memorandum.as_html(document.words) == document.html
    assert memorandum.as_pdf(document.words, html_sha256=document.sha256) == pdf_of(document)


def test_what_people_type_is_never_markup():
    mou = a_circulated_mou()
    an_accepted_part(mou, does="<script>alert(1)</script> #let x = 1 $x$ [a](javascript:alert(1))")
    (document,) = locked(mou)
    assert "<script" not in document.html
    assert "href" not in document.html
    assert "<script>alert(1)</script> #let x = 1 $x$" in pdf_text(document)


def test_whoever_is_not_ready_is_named_and_waits():
    mou = a_circulated_mou()
    ready, late = an_accepted_part(mou), a_part(mou)
    gathered = document_words.gather_for_freezing(mou)
    assert [part.role for part in gathered.ready] == [ready]
    assert [(role, why) for role, why in gathered.waiting] == [(late, "Not started")]


def test_each_signatory_is_asked_once_by_a_private_link():
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    locked(mou)
    signature = Signature.objects.get()
    mail = Mail.objects.get(key__startswith="sign_request")
    assert (mail.address, mail.secret) == (role.signatory_email, True)
    assert link_of(signature) not in str(vars(signature))


def test_nothing_is_locked_without_a_part_a_day_or_a_circulated_text():
    with pytest.raises(MouRefused, match="Circulate"):
        document_words.gather_for_freezing(a_mou())
    mou = a_circulated_mou()
    with pytest.raises(MouRefused, match="No part has been accepted"):
        locked(mou)
    no_day = a_circulated_mou(effective_on=None)
    an_accepted_part(no_day)
    with pytest.raises(MouRefused, match="Set the date the memorandum takes effect"):
        locked(no_day)


def test_nothing_is_locked_whose_last_day_is_past():
    mou = a_circulated_mou(ends_on=NOW.date() + timedelta(days=10))
    an_accepted_part(mou)
    with pytest.raises(MouRefused, match="has passed"):
        locked(mou, at=NOW + timedelta(days=11))


def test_a_part_that_changed_since_the_page_was_opened_is_not_locked():
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    seen = document_words.gather_for_freezing(mou).digest
    parts.give_back(role, comment="More, please", by=boss(mou), at=NOW)
    an_accepted_part(mou)
    with pytest.raises(ChangedMeanwhile):
        freezing.freeze_for_signature(mou, seen=seen, by=boss(mou), at=NOW)


def test_a_locked_part_cannot_be_written():
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    locked(mou)
    with pytest.raises(MouRefused):
        parts.save_part(role, words={"does": "Other"}, seen=role.revision, by=role.drafter, at=NOW)


def test_a_document_that_nobody_signed_can_be_unlocked():
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    (document,) = locked(mou)
    unfreezing.unlock_document(document, reason="A page was missing", by=boss(mou), at=LATER)
    role.refresh_from_db()
    mou.refresh_from_db()
    assert (role.status, mou.status, Signature.objects.get().status) == ("accepted", "drafting", "stale")
    assert "A page was missing" in Mail.objects.get(key__startswith="sign_overtaken").text


def test_a_signed_document_stays():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    (document,) = locked(mou)
    signed(Signature.objects.get())
    with pytest.raises(MouRefused, match="signed"):
        unfreezing.unlock_document(document, reason="Changed our minds", by=boss(mou), at=LATER)


def test_a_late_partner_joins_the_current_version_and_nobody_signs_again():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    (first,) = locked(mou)
    signed(Signature.objects.get())
    late = an_accepted_part(mou)
    (joinder,) = locked(mou, at=LATER)
    assert (joinder.joins, joinder.text, joinder.number) == (first, first.text, 2)
    assert [part.role for part in joinder.parts.all()] == [late]
    assert first.sha256 in joinder.html
    signed(Signature.objects.get(document=joinder), at=LATER)
    assert Signature.objects.signed().count() == 2
    assert Mail.objects.filter(key__startswith="sign_joined").count() == 1


def one_late_while_the_next_version_is_circulated():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    locked(mou)
    signed(Signature.objects.get())
    a_next_text(mou, body="Every child builds.", weight="material")
    return mou, an_accepted_part(mou, at=LATER)


def test_a_late_partner_joins_the_signed_version_while_the_next_is_circulated():
    mou, late = one_late_while_the_next_version_is_circulated()
    (joinder,) = locked(mou, at=LATER, join=True)
    assert (joinder.joins.number, joinder.text.number, [part.role for part in joinder.parts.all()]) == (
        (1, 1, [late])
    )
    signed(Signature.objects.asked().get())
    assert Signature.objects.signed().count() == 2
    (document,) = locked(mou, at=LATER, weight="material")
    assert (document.joins, document.text.number, document.parts.count()) == (None, 2, 2)


def test_joining_the_signed_version_is_offered_on_the_page(client):
    mou, late = one_late_while_the_next_version_is_circulated()
    log_in(client, boss(mou))
    url = reverse("mou_lock", args=[mou.slug])
    assert f"{url}?join=1" in client.get(url).content.decode()
    page = client.get(f"{url}?join=1")
    assert "join no." in words(page)
    client.post(url, {"seen": page.context["gathered"].digest, "join": "1"})
    assert MouDocument.objects.latest("number").parts.get().role == late


def test_changes_that_nobody_decided_are_named_before_locking(client):
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    section = mou.texts.get().sections.get(key="goals")
    given = {"organization": role.organization, "by": role.drafter, "why": "Because", "at": NOW}
    log_in(client, boss(mou))
    url = reverse("mou_lock", args=[mou.slug])
    assert "still needs a decision" not in words(client.get(url))
    proposals.propose_change(section, body="Our goals.", **given)
    assert "1 proposed change still needs a decision." in words(client.get(url))


def test_a_page_to_join_locks_no_newer_version():
    mou, _late = one_late_while_the_next_version_is_circulated()
    seen = document_words.gather_for_freezing(mou, join=True).digest
    with pytest.raises(ChangedMeanwhile):
        freezing.freeze_for_signature(mou, seen=seen, weight="material", by=boss(mou), at=LATER)


def test_a_reopened_part_goes_back_and_its_request_is_void():
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    locked(mou)
    unfreezing.reopen_part(role, reason="Name the rooms", by=boss(mou), at=LATER)
    role.refresh_from_db()
    assert (role.status, Signature.objects.get().status) == ("returned", "stale")
    mail = Mail.objects.get(key__startswith="part_returned")
    assert (mail.address, "Name the rooms" in mail.text) == (role.drafter.primary_address, True)


def test_a_next_version_keeps_the_words_that_were_signed_of_a_part_in_change():
    mou = a_circulated_mou()
    role, other = an_accepted_part(mou), an_accepted_part(mou)
    locked(mou)
    for signature in Signature.objects.all():
        signed(signature)
    role = unfreezing.reopen_part(role, reason="Name the rooms", by=boss(mou), at=LATER)
    parts.save_part(role, words={"does": "Half a sentence"}, seen=role.revision, by=role.drafter, at=LATER)
    a_next_text(mou, body="Every child.")
    (document,) = locked(mou, at=LATER, weight="material")
    assert {part.role: part.words["does"] for part in document.parts.all()} == {
        role: "We teach **robotics**.",
        other: "We teach **robotics**.",
    }


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_edits_while_it_is_locked_is_never_signed_unseen(monkeypatch):
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    typeset, edited = Event(), Event()
    real = freezing.typeset_documents

    def slow(*args, **kwargs):
        made = real(*args, **kwargs)
        typeset.set()
        assert edited.wait(30)
        return made

    def edit():
        assert typeset.wait(30)
        try:
            fresh = parts.give_back(role, comment="Add the rooms", by=boss(mou), at=NOW)
            return parts.save_part(
                fresh, words={"does": "Other"}, seen=fresh.revision, by=role.drafter, at=NOW
            )
        finally:
            edited.set()
            connection.close()

    monkeypatch.setattr(freezing, "typeset_documents", slow)
    with ThreadPoolExecutor(1) as pool:
        editing = pool.submit(edit)
        with pytest.raises(ChangedMeanwhile):
            locked(mou)
        assert editing.result().does == "Other"
    assert not MouDocument.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_lock_at_once_make_one_document():
    mou = a_circulated_mou()
    an_accepted_part(mou)

    def lock(_number):
        try:
            return locked(mou)
        except MouRefused:
            return []
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lock, range(2)))
    assert sorted(len(made) for made in results) == [0, 1]
    assert Signature.objects.count() == 1


def test_circulating_a_newer_text_changes_what_would_be_locked():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    seen = document_words.gather_for_freezing(mou).digest
    a_next_text(mou, body="Every child.")
    assert document_words.gather_for_freezing(mou).digest != seen
    assert mou_texts.draft_of(mou, by=boss(mou), at=LATER).number == 3
