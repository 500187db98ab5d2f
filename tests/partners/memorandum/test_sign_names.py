"""Names that change: an organization is called otherwise, or another leader signs, before it is signed."""

import pytest

from partners.memorandum.domain import document_words, freezing, sign_requests
from partners.memorandum.exceptions import ChangedMeanwhile
from partners.models import Organization, Signature
from tests.partners.signing_pages import address, sign, words
from tests.partners.signing_rows import (
    LATER,
    a_circulated_mou,
    a_next_text,
    an_accepted_part,
    boss,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
NEW = "Unified School District"


def one_signed():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    locked(mou)
    return mou, signed(Signature.objects.get())


def locked_again(mou, *, weight):
    a_next_text(mou, body="Every child builds.", weight=weight)
    (document,) = locked(mou, at=LATER, weight=weight)
    return document


def renamed(mou):
    Organization.objects.filter(mou_roles__mou=mou).update(name=NEW)


def test_a_signature_binds_the_name_that_the_document_says_and_the_page_says_the_new_one(client, signature):
    old = signature.organization_name
    Organization.objects.update(name=NEW)
    assert f"{old} is now called {NEW}." in words(client.get(address(signature)))
    sign(client, signature)
    signature.refresh_from_db()
    assert (signature.status, signature.organization_name, NEW in signature.statement) == (
        "signed",
        old,
        False,
    )


def test_a_new_document_names_an_organization_as_it_is_called_by_then():
    mou, first = one_signed()
    renamed(mou)
    document = locked_again(mou, weight="material")
    asked = Signature.objects.asked().get()
    assert (document.words["parts"][0]["organization"], asked.organization_name) == (NEW, NEW)
    assert first.document.words["parts"][0]["organization"] != NEW


def test_a_new_document_names_the_leader_who_signs_by_then():
    mou, first = one_signed()
    Signature.objects.update(status="declined")
    new = {"name": "Ada Byron", "title": "Dean", "address": "ada@example.org"}
    sign_requests.name_another(first.part, **new, reason="Retired", by=boss(mou), at=LATER)
    signed(Signature.objects.asked().get())
    document = locked_again(mou, weight="material")
    assert "Signs for" in document.html
    assert "Ada Byron, Dean" in document.html


def test_another_name_alone_does_not_ask_a_partner_for_an_editorial_change():
    mou, _first = one_signed()
    renamed(mou)
    document = locked_again(mou, weight="editorial")
    assert (document.parts.get().organization_name, Signature.objects.asked().exists()) == (NEW, False)


def test_a_name_that_changed_after_the_page_to_lock_was_opened_is_not_locked_unseen():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    seen = document_words.gather_for_freezing(mou).digest
    renamed(mou)
    with pytest.raises(ChangedMeanwhile):
        freezing.freeze_for_signature(mou, seen=seen, by=boss(mou), at=LATER)
