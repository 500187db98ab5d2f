"""Signing electronically: what is bound, what is refused, and that nothing is signed unseen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from partners.memorandum.domain import sign_answers, sign_requests, signing, unfreezing
from partners.memorandum.exceptions import LinkTooOld, MouRefused, NoLongerOpen, OtherName, SigningChanged
from partners.models import Signature, SignatureChange, StageChange
from partners.people.exceptions import LinkRefused
from stemnet.exceptions import CodeExpired, NoMoreTries, Refused, TooManyCodes, WrongCode
from stemnet.models import Mail
from tests.factories import NOW, an_organization
from tests.partners.signing_rows import (
    DAY,
    LATER,
    SOMEWHERE,
    a_circulated_mou,
    a_signature,
    an_accepted_part,
    boss,
    code_for,
    link_of,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def named(signature, **fields):
    """Name another signatory for the part of ``signature``."""
    given = {"name": "Pat New", "title": "Interim", "address": "new@example.org", "reason": "Left"}
    return sign_requests.name_another(signature.part, **{**given, **fields}, by="coordinator", at=LATER)


def test_a_signature_binds_hashes_version_signatory_and_name():
    signature = a_signature()
    role = signature.part.role
    done = signed(signature)
    assert done.status == "signed"
    assert done.method == "electronic"
    assert done.document_sha256 == signature.document.sha256
    assert done.part_sha256 == signature.part.sha256
    assert (done.text_number, done.organization_name) == (1, role.organization.name)
    assert (done.signatory_name, done.signatory_title) == (role.signatory_name, "Superintendent")


def test_a_signature_says_when_from_where_and_with_what():
    done = signed(a_signature())
    assert (done.signed_at, done.zone) == (LATER, "America/Los_Angeles")
    assert (done.ip_address, done.user_agent) == ("192.0.2.7", "Firefox on a school laptop")
    assert "electronically" in done.consent
    assert done.statement == signing.statement_words(done)


def test_a_code_and_a_link_are_kept_as_hashes_only():
    signature = a_signature()
    code = code_for(signature)
    signature.refresh_from_db()
    kept = f"{signature.token_hash} {signature.codes.get().code_hash}"
    assert code not in kept
    assert link_of(signature) not in kept
    assert Mail.objects.get(key__startswith="sign_code").secret


def test_no_code_without_consent():
    signature = a_signature()
    with pytest.raises(MouRefused, match="agree"):
        signing.send_code(signature, seen=signing.fingerprint(signature), consented=False, at=LATER)


def test_five_wrong_codes_end_it_and_the_right_one_comes_too_late():
    signature = a_signature()
    code = code_for(signature)
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(4):
        with pytest.raises(WrongCode):
            signed(signature, code=wrong)
    with pytest.raises(NoMoreTries):
        signed(signature, code=wrong)
    with pytest.raises(NoMoreTries):
        signed(signature, code=code)


def test_a_code_is_good_for_fifteen_minutes():
    signature = a_signature()
    code = code_for(signature)
    with pytest.raises(CodeExpired):
        signed(signature, code=code, at=LATER + timedelta(minutes=16))


def test_codes_are_few():
    signature = a_signature()
    code_for(signature)
    with pytest.raises(TooManyCodes):
        code_for(signature, at=LATER + timedelta(seconds=5))


def test_a_wrong_name_or_a_missing_statement_signs_nothing():
    signature = a_signature()
    with pytest.raises(
        OtherName, match=f"You typed “Somebody Else”, but .* names {signature.signatory_name}"
    ):
        signed(signature, typed_name="Somebody Else")
    with pytest.raises(MouRefused, match="Check the box that says"):
        signed(signature, code="000000", authorized=False)
    signature.refresh_from_db()
    assert signature.status == "asked"


def test_the_name_is_compared_without_case_and_spaces():
    signature = a_signature()
    assert signed(signature, typed_name=f"  {signature.signatory_name.upper()} ").status == "signed"


def test_a_link_runs_out_and_a_new_one_can_be_had():
    signature = a_signature()
    late = NOW + 31 * DAY
    with pytest.raises(LinkTooOld):
        signed(signature, code="000000", at=late)
    old = link_of(signature)
    sign_requests.send_again(signature, at=late)
    with pytest.raises(LinkRefused):
        sign_requests.find(old)
    assert signed(signature, at=late).status == "signed"


def test_another_page_than_the_current_one_signs_nothing():
    signature = a_signature()
    code = code_for(signature)
    with pytest.raises(SigningChanged):
        signed(signature, code=code, seen="0" * 64)


def test_a_document_that_was_tampered_with_signs_nothing():
    signature = a_signature()
    code = code_for(signature)
    document = signature.document
    document.html = document.html.replace("robotics", "chess")
    document.save()
    with pytest.raises(SigningChanged):
        signed(signature, code=code)


def test_a_part_that_was_reopened_signs_nothing():
    signature = a_signature()
    code, seen = code_for(signature), signing.fingerprint(signature)
    by = boss(signature.document.mou)
    unfreezing.reopen_part(signature.part.role, reason="Rooms", by=by, at=LATER)
    with pytest.raises(SigningChanged):
        signed(signature, code=code, seen=seen)


def test_whoever_drafts_cannot_sign_by_address_name_or_login():
    signature = a_signature()
    drafter = signature.part.role.drafter
    with pytest.raises(MouRefused, match="drafts"):
        named(signature, address=drafter.primary_address)
    with pytest.raises(MouRefused, match="drafts"):
        named(signature, name=str(drafter).upper())
    code = code_for(signature)
    with pytest.raises(MouRefused, match="draft"):
        signed(signature, code=code, by=drafter)


def test_a_drafter_who_became_the_signatory_by_a_back_door_cannot_sign():
    signature = a_signature()
    signature.signatory_name = str(signature.part.role.drafter)
    signature.save()
    with pytest.raises(MouRefused, match="drafts"):
        signed(signature)


def test_another_signatory_is_asked_and_the_first_stays_in_the_history():
    signature = a_signature()
    old = link_of(signature)
    new = named(signature)
    signature.refresh_from_db()
    assert (signature.status, signature.reason) == ("replaced", "Left")
    assert (new.status, new.signatory_email) == ("asked", "new@example.org")
    assert [step.to_status for step in signature.changes.all()] == ["asked", "replaced"]
    with pytest.raises(LinkRefused):
        sign_requests.find(old)
    assert signed(new).signatory_name == "Pat New"


def test_the_signatory_hands_on_by_the_code_only():
    signature = a_signature()
    who = {"name": "Pat New", "title": "Interim", "address": "new@example.org", "reason": "Left"}
    with pytest.raises(CodeExpired):
        sign_answers.hand_on(signature, code="123456", **who, at=LATER)
    new = sign_answers.hand_on(signature, code=code_for(signature, to_sign=False), **who, at=LATER)
    assert new.status == "asked"
    assert Mail.objects.filter(key__startswith="sign_handed_on").count() == 2


def declined(signature, *, fresh=True):
    code = code_for(signature, fresh=fresh, to_sign=False)
    return sign_answers.decline_to_sign(signature, code=code, reason="Our board meets in May", at=LATER)


def test_declining_needs_a_reason_and_is_told():
    signature = a_signature()
    with pytest.raises(MouRefused):
        sign_answers.decline_to_sign(signature, code=code_for(signature, to_sign=False), reason=" ", at=LATER)
    declined(signature, fresh=False)
    signature.refresh_from_db()
    assert (signature.status, signature.reason) == ("declined", "Our board meets in May")
    told = Mail.objects.filter(key__startswith="sign_declined")
    assert {mail.address for mail in told} == {
        signature.part.role.drafter.primary_address,
        boss(signature.document.mou).primary_address,
    }
    with pytest.raises(NoLongerOpen):
        signed(signature, code="000000")


def test_a_code_is_good_only_for_what_it_was_asked_for():
    signature = a_signature()
    code = code_for(signature)
    with pytest.raises(WrongCode):
        sign_answers.decline_to_sign(signature, code=code, reason="Not mine", at=LATER)
    who = {"name": "Eve", "title": "Nobody", "address": "eve@example.org", "reason": "Mine now"}
    with pytest.raises(WrongCode):
        sign_answers.hand_on(signature, code=code, **who, at=LATER)
    assert signed(signature, code=code).status == "signed"


def test_who_declined_can_be_asked_again():
    signature = a_signature()
    declined(signature)
    again = signed(named(signature))
    steps = list(SignatureChange.objects.order_by("pk").values_list("signature", "to_status"))
    old, new = signature.pk, again.pk
    assert steps == [(old, "asked"), (old, "declined"), (new, "asked"), (new, "signed")]


def test_whoever_got_the_mail_of_another_declines_nothing():
    signature = a_signature()
    with pytest.raises(CodeExpired):
        sign_answers.decline_to_sign(signature, code="123456", reason="Not mine", at=LATER)
    code_for(signature)
    with pytest.raises(WrongCode):
        sign_answers.decline_to_sign(signature, code="abcdef", reason="Not mine", at=LATER)
    assert Signature.objects.get().status == "asked"


def test_the_same_person_signs_for_two_organizations():
    mou = a_circulated_mou()
    chief = {"signatory_name": "Kim Chief", "signatory_email": "kim@example.org"}
    an_accepted_part(mou, **chief)
    an_accepted_part(mou, **chief)
    locked(mou)
    first, second = Signature.objects.all()
    signed(first)
    second.refresh_from_db()
    assert second.status == "asked"
    assert signed(second, at=LATER + timedelta(minutes=1)).status == "signed"
    assert Signature.objects.signed().count() == 2


def test_a_signature_makes_a_partner_from_the_effective_date():
    organization = an_organization(stage="interested")
    mou = a_circulated_mou()
    an_accepted_part(mou, organization=organization)
    locked(mou)
    signed(Signature.objects.get())
    organization.refresh_from_db()
    mou.refresh_from_db()
    assert (organization.stage, mou.status) == ("partner", "in_force")
    assert StageChange.objects.filter(organization=organization, to_status="partner").count() == 1


def test_signatory_and_contacts_get_the_way_to_their_copy():
    signature = signed(a_signature())
    copy = Mail.objects.get(key__startswith="sign_copy")
    assert copy.address == signature.signatory_email
    assert signature.document.sha256 in copy.text
    assert sign_requests.find(link_of(signature, begins="sign_copy")) == signature
    assert Mail.objects.filter(key__startswith="sign_told").count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_signatures_of_one_part_at_once_make_one():
    signature = a_signature()
    code, barrier = code_for(signature), Barrier(2)
    signature = sign_requests.find(link_of(signature))
    seen = signing.fingerprint(signature)

    def sign(_number):
        try:
            mine = sign_requests.find(token)
            barrier.wait(30)
            signing.sign_electronically(
                mine,
                token=token,
                seen=seen,
                code=code,
                typed_name=mine.signatory_name,
                authorized=True,
                circumstances=SOMEWHERE,
                by=None,
                at=LATER,
            )
        except Refused:
            return 0
        finally:
            connection.close()
        return 1

    token = link_of(signature)
    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(sign, range(2))) == 1
    assert Mail.objects.filter(key__startswith="sign_copy").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_partners_sign_at_once():
    mou = a_circulated_mou()
    for _number in range(6):
        an_accepted_part(mou)
    locked(mou)
    work = [(one, code_for(one)) for one in Signature.objects.all()]
    barrier = Barrier(len(work))

    def sign(pair):
        try:
            barrier.wait(30)
            return signed(pair[0], code=pair[1]).status
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        assert list(pool.map(sign, work)) == ["signed"] * 6
    mou.refresh_from_db()
    assert mou.status == "in_force"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_signing_while_the_part_is_reopened_ends_in_one_of_both():
    signature = a_signature()
    code, barrier = code_for(signature), Barrier(2)
    by = boss(signature.document.mou)

    def sign():
        try:
            barrier.wait(30)
            return signed(signature, code=code).status
        except Refused:
            return "refused"
        finally:
            connection.close()

    def reopen():
        try:
            barrier.wait(30)
            unfreezing.reopen_part(signature.part.role, reason="Rooms", by=by, at=LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        signing_it, reopening = pool.submit(sign), pool.submit(reopen)
        reopening.result()
        outcome = signing_it.result()
    signature.refresh_from_db()
    assert (outcome, signature.status) in (("signed", "signed"), ("refused", "stale"))
