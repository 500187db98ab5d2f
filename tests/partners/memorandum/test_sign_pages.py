"""The pages of locking and signing: the private link, evidence, paper, files, and who may see what."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.memorandum.domain import sign_requests, signing, unfreezing
from partners.models import MouDocument, Signature, SignatureCode
from stemnet.models import AskedCode, Mail
from tests.partners.signing_pages import address, get_code, log_in, sign, words
from tests.partners.signing_rows import (
    a_next_text,
    boss,
    locked,
    pdf_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def test_the_link_shows_all_of_the_document_without_a_login(client, signature):
    response = client.get(address(signature))
    assert response.status_code == 200
    shown = words(response)
    assert "We teach robotics" in shown.replace(" .", ".")
    assert signature.document_sha256 in shown
    assert "noindex" in response.content.decode()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_the_link_changes_nothing(client, signature, method):
    before = list(Signature.objects.values())
    mails = Mail.objects.count()
    getattr(client, method)(address(signature))
    getattr(client, method)(f"{address(signature)}?act=sign&consented=on")
    assert list(Signature.objects.values()) == before
    assert Mail.objects.count() == mails


def test_a_signature_from_link_to_copy(client, signature):
    response = sign(client, signature)
    assert response.status_code == 302
    signature.refresh_from_db()
    assert (signature.status, signature.user_agent, signature.ip_address) == (
        "signed",
        "Firefox",
        "127.0.0.1",
    )
    page = words(client.get(response.url))
    assert "Signed for" in page
    assert "PT" in page and "UTC" in page
    file = client.get(f"{response.url}document.pdf")
    assert b"".join(file.streaming_content) == pdf_of(signature.document)
    html = client.get(f"{response.url}document.html")
    assert html.content.decode() == signature.document.html


def test_a_wrong_code_is_said_beside_its_field_and_nothing_typed_is_lost(client, signature):
    code = get_code(client, signature)
    response = sign(client, signature, code="000000" if code != "000000" else "111111")
    assert response.status_code == 422
    assert "not the code we sent" in words(response)
    assert f'value="{signature.signatory_name}"' in response.content.decode()


def test_no_code_is_sent_without_consent(client, signature):
    response = client.post(address(signature), {"act": "code", "seen": signing.fingerprint(signature)})
    assert response.status_code == 422
    assert not Mail.objects.filter(key__startswith="sign_code").exists()


def test_who_agreed_and_has_to_wait_for_a_code_need_not_agree_again(client, signature):
    get_code(client, signature)
    SignatureCode.objects.update(sent_at=timezone.now() - timedelta(hours=1))
    seen = signing.fingerprint(signature)
    response = client.post(address(signature), {"act": "code", "seen": seen, "consented": "on"})
    assert response.status_code == 409
    assert re.search(r'name="consented"[^>]* checked', response.content.decode())


def test_code_tries_and_consent_belong_to_the_browser_that_asked(client, signature):
    code, other = get_code(client, signature), Client()
    assert 'name="sign-code"' in client.get(address(signature)).content.decode()
    assert 'name="sign-code"' not in other.get(address(signature)).content.decode()
    for _try in range(5):
        assert sign(other, signature, code=code).status_code == 422
    AskedCode.objects.all().delete()
    other.post(address(signature), {"act": "code-other", "seen": signing.fingerprint(signature)})
    assert SignatureCode.objects.count() == 2
    assert sign(client, signature, code=code).status_code == 302
    signature.refresh_from_db()
    assert (signature.status, SignatureCode.objects.count()) == ("signed", 0)
    assert "electronically" in signature.consent


def test_what_changed_since_the_page_was_opened_is_shown_and_not_signed(client, signature):
    code, seen = get_code(client, signature), signing.fingerprint(signature)
    mou = signature.document.mou
    a_next_text(mou, body="Every child learns to build.", at=timezone.now())
    locked(mou, at=timezone.now(), weight="material")
    response = sign(client, signature, code=code, seen=seen)
    assert response.status_code == 409
    assert "signed anything" in words(response)
    assert "Every child learns to build" in words(response)
    assert f"We sent a link to the new text to {signature.signatory_email}" in words(response)
    signature.refresh_from_db()
    assert signature.status == "stale"


def test_what_was_taken_back_says_that_a_link_comes_later(client, signature):
    unfreezing.unlock_document(
        signature.document, reason="A slip", by=boss(signature.document.mou), at=timezone.now()
    )
    assert "e-mail you a new link when there's something to sign" in words(client.get(address(signature)))


def test_declining_by_the_link(client, signature):
    link, given = address(signature), {"act": "decline", "decline-reason": "Our board said no"}
    assert client.post(link, {"act": "decline"}).status_code == 422
    assert client.post(link, {**given, "decline-code": "123456"}).status_code == 422
    code = code_to_decline(client, signature)
    client.post(link, {**given, "decline-code": code})
    signature.refresh_from_db()
    assert (signature.status, signature.reason) == ("declined", "Our board said no")
    assert "Our board said no" in words(client.get(link))


def code_to_decline(client, signature, **fields):
    given = {"act": "code-decline", "seen": signing.fingerprint(signature), **fields}
    assert client.post(address(signature), given).status_code == 200
    mail = Mail.objects.get(object=str(signature.uid), key__startswith="sign_code")
    assert "to decline" in mail.subject
    return re.search(r"\d{6}", mail.text)[0]


def test_the_reason_that_was_typed_stays_while_the_code_is_sent(client, signature):
    given = {"act": "code-decline", "seen": signing.fingerprint(signature), "decline-reason": "No money"}
    page = client.post(address(signature), given)
    assert "No money" in words(page)
    assert 'id="decline" open' in page.content.decode()


def test_a_code_to_decline_signs_nothing(client, signature):
    assert sign(client, signature, code=code_to_decline(client, signature)).status_code == 422
    assert Signature.objects.get().status == "asked"


def test_a_code_for_handing_on_signs_nothing(client, signature):
    seen = signing.fingerprint(signature)
    client.post(address(signature), {"act": "code-other", "seen": seen})
    mail = Mail.objects.get(object=str(signature.uid), key__startswith="sign_code")
    response = sign(client, signature, code=re.search(r"\d{6}", mail.text)[0])
    assert response.status_code == 422
    signature.refresh_from_db()
    assert (signature.status, signature.consent) == ("asked", "")


def test_handing_on_by_the_link(client, signature):
    client.post(address(signature), {"act": "code-other", "seen": signing.fingerprint(signature)})
    mail = Mail.objects.get(object=str(signature.uid), key__startswith="sign_code")
    code = re.search(r"\d{6}", mail.text)[0]
    other = {"name": "Pat New", "title": "Interim", "address": "pat@example.org", "reason": "I retire"}
    given = {f"other-{name}": value for name, value in {**other, "code": code}.items()}
    response = client.post(address(signature), {"act": "other", **given})
    assert "We asked Pat New, Interim," in words(response)
    assert Signature.objects.asked().get().signatory_email == "pat@example.org"


def test_a_link_that_is_unknown_or_ran_out(client, signature):
    assert client.get(reverse("sign", args=["nothing"])).status_code == 404
    link = address(signature)
    Signature.objects.update(token_until=timezone.now() - timedelta(minutes=1))
    response = client.get(link)
    assert response.status_code == 410
    Mail.objects.all().delete()
    client.post(link, {"act": "link"})
    assert client.get(address(signature)).status_code == 200
    assert client.get(link).status_code == 410


def test_a_replaced_link_says_so_and_has_a_new_one_sent_to_the_address_on_file(client, signature):
    old = address(signature)
    sign_requests.send_again(signature, at=timezone.now())
    page = client.get(old)
    assert page.status_code == 410
    assert "This link was replaced A newer link was sent." in words(page)
    assert client.get(f"{old}document.pdf").url == old
    Mail.objects.all().delete()
    assert "We sent a new link" in words(client.post(old, {"act": "link"}))
    assert [mail.address for mail in Mail.objects.all()] == [signature.signatory_email]
    assert client.get(address(signature)).status_code == 200


def test_the_link_of_who_was_replaced_says_so_and_sends_nothing(client, signature):
    old, new = address(signature), {"name": "Pat New", "title": "Dean", "address": "pat@example.org"}
    by = boss(signature.document.mou)
    sign_requests.name_another(signature.part, **new, reason="Left", by=by, at=timezone.now())
    Mail.objects.all().delete()
    page = client.get(old)
    assert (page.status_code, "Send me a new link" in words(page)) == (410, False)
    assert "Somebody else was named to sign" in words(page)
    assert "no longer open" in words(client.post(old, {"act": "link"}))
    assert Mail.objects.count() == 0


def test_a_drafter_who_is_signed_in_cannot_sign(client, signature):
    log_in(client, signature.part.role.drafter)
    response = sign(client, signature)
    assert response.status_code == 422
    assert "You drafted this part" in words(response)


def test_an_editorial_change_shows_the_difference_and_takes_an_objection(client, signature):
    sign(client, signature)
    mou = signature.document.mou
    a_next_text(mou, body="Every child learns to build.", at=timezone.now())
    locked(mou, at=timezone.now(), weight="editorial")
    link = address(signature)
    page = client.get(link)
    assert "A small change to what you signed" in words(page)
    assert "Every child learns to build" in words(page)
    change = MouDocument.objects.latest("number")
    given = {"object-reason": "Not small", "seen": change.sha256}
    Mail.objects.update(created_at=timezone.now() - timedelta(minutes=5))  # the code to sign
    assert client.post(link, {"act": "object", **given}).status_code == 422
    page = client.post(link, {"act": "code-object", **given})
    assert "Not small" in words(page)
    mail = Mail.objects.filter(key__startswith="sign_code").latest("pk")
    assert "to object" in mail.subject
    client.post(link, {"act": "object", **given, "object-code": re.search(r"\d{6}", mail.text)[0]})
    change.refresh_from_db()
    assert change.weight == "material"


def test_who_signed_before_sees_what_changed_since(client, signature):
    sign(client, signature)
    mou = signature.document.mou
    a_next_text(mou, body="Every child learns to build.", at=timezone.now())
    locked(mou, at=timezone.now(), weight="material")
    page = words(client.get(address(Signature.objects.asked().get())))
    assert f"What changed since no. {mou.slug}/1" in page
    assert "Every child learns to build" in page
