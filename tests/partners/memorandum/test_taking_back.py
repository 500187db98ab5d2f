"""Unlocking takes back all that locking did: requests, signatures that stand, and parts that were closed."""

import pytest
from django.urls import reverse

from partners.memorandum.domain import amending, parts, sign_requests, signature_board, unfreezing
from partners.memorandum.exceptions import NoLongerOpen
from partners.models import MouDocument, MouRole, Signature
from stemnet.models import Mail
from tests.partners.signing_pages import log_in, words
from tests.partners.signing_rows import (
    DAY,
    LATER,
    a_circulated_mou,
    a_next_text,
    an_accepted_part,
    boss,
    code_for,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
SOON, THEN = LATER + DAY / 24, LATER + DAY


def one_signed_and_one_asked():
    mou = a_circulated_mou()
    first, second = an_accepted_part(mou), an_accepted_part(mou)
    locked(mou)
    signed(Signature.objects.get(part__role=first))
    return mou, first, second


def versions_two(mou, *, weight="material", **fields):
    a_next_text(mou, body="Every child builds.", weight=weight)
    (document,) = locked(mou, at=LATER, weight=weight, **fields)
    return document


def unlocked(document, *, reason="A page is missing", at=THEN):
    unfreezing.unlock_document(document, reason=reason, by=boss(document.mou), at=at)


def mails(signature, begins):
    return Mail.objects.filter(key__startswith=f"{begins}:{signature.uid}")


def test_who_had_not_signed_the_version_before_is_asked_for_it_again_with_a_mail():
    mou, _first, second = one_signed_and_one_asked()
    unlocked(versions_two(mou))
    again = Signature.objects.asked().get()
    said = mails(again, "sign_request").get().text
    assert (again.part.role, again.document.number, again.document.replaced_by) == (second, 1, None)
    assert ("was withdrawn" in said, "A page is missing" in said) == (True, True)
    signed(again, at=THEN)
    assert Signature.objects.asked().count() == 0


def test_who_had_signed_the_version_before_reads_that_it_stands():
    mou, first, second = one_signed_and_one_asked()
    document = versions_two(mou)
    unlocked(document)
    stale = {one.part.role: one for one in document.signatures.all()}
    said = mails(stale[first], "sign_stands").get().text
    assert (f"{mou.slug}/1, stays in effect" in said, "A page is missing" in said) == (True, True)
    assert not mails(stale[second], "sign_stands").exists()
    assert not Mail.objects.filter(key__startswith="sign_overtaken").exists()


def test_who_was_asked_for_the_first_time_is_told_to_wait():
    mou, *_roles = one_signed_and_one_asked()
    third = an_accepted_part(mou)
    document = versions_two(mou)
    unlocked(document)
    third.refresh_from_db()
    said = mails(document.signatures.get(part__role=third), "sign_overtaken").get().text
    assert (third.status, "Please don't sign yet" in said or "can't sign with" in said) == ("accepted", True)


def test_the_board_leaves_out_what_was_taken_back(client):
    mou, first, second = one_signed_and_one_asked()
    unlocked(versions_two(mou))
    lines = signature_board.signature_lines(mou, boss(mou), today=THEN.date())
    found = {line.role: (line.signature.document.number, line.signature.status) for line in lines}
    assert found == {first: (1, "signed"), second: (1, "asked")}
    log_in(client, boss(mou))
    assert "The text changed" not in words(client.get(reverse("mou_signatures", args=[mou.slug])))


def test_who_declined_the_version_before_is_not_asked_again():
    mou, _first, second = one_signed_and_one_asked()
    one = Signature.objects.get(part__role=second)
    Signature.objects.filter(pk=one.pk).update(status="declined")
    unlocked(versions_two(mou))
    assert not Signature.objects.asked().exists()


def test_a_part_that_was_opened_before_the_lock_is_not_asked_by_unlocking():
    mou, _first, second = one_signed_and_one_asked()
    unfreezing.reopen_part(second, reason="Name the rooms", by=boss(mou), at=LATER)
    unlocked(versions_two(mou))
    second.refresh_from_db()
    assert (Signature.objects.asked().count(), second.status) == (0, "returned")


def test_a_part_keeps_its_state_though_another_signatory_was_named_meanwhile():
    mou, _first, second = one_signed_and_one_asked()
    document = versions_two(mou)
    who = {"name": "Ada Byron", "title": "Dean", "address": "ada@example.org", "reason": "Retired"}
    part = document.parts.get(role=second)
    sign_requests.name_another(part, **who, by=boss(mou), at=LATER)
    unlocked(document)
    second.refresh_from_db()
    again = Signature.objects.asked().get()
    assert (second.status, again.signatory_name, again.document.number) == ("locked", "Ada Byron", 1)


def test_who_joined_later_is_asked_under_the_joinder_again():
    mou, _first, _second = one_signed_and_one_asked()
    late = an_accepted_part(mou)
    (joinder,) = locked(mou, at=LATER)
    unlocked(versions_two(mou))
    asked = {one.part.role: one.document for one in Signature.objects.asked()}
    assert (asked[late], len(asked)) == (joinder, 2)


def test_two_versions_taken_back_one_after_the_other_leave_the_first():
    mou, first, second = one_signed_and_one_asked()
    versions_two(mou)
    a_next_text(mou, body="Every child builds on.", weight="material", at=THEN)
    (third,) = locked(mou, at=THEN, weight="material")
    unlocked(third, at=THEN + DAY)
    asked = {one.part.role: one.document.number for one in Signature.objects.asked()}
    assert asked == {first: 2, second: 2}
    unlocked(MouDocument.objects.get(number=2), at=THEN + 2 * DAY)
    asked = {one.part.role: one.document.number for one in Signature.objects.asked()}
    assert asked == {second: 1}


def test_a_change_that_an_objection_made_material_is_taken_back_like_any_other():
    mou, first, second = one_signed_and_one_asked()
    document = versions_two(mou, weight="editorial")
    one = Signature.objects.get(part__role=first, document__number=1)
    amending.send_code(one, seen=document.sha256, at=SOON)
    code = code_for(one, fresh=False)
    amending.object_to(one, code=code, reason="No", seen=document.sha256, at=SOON)
    unlocked(document)
    asked = [(one.part.role, one.document.number) for one in Signature.objects.asked()]
    assert asked == [(second, 1)]


def test_unlocking_the_first_version_opens_its_parts():
    mou, *_roles = one_signed_and_one_asked()
    late = an_accepted_part(mou)
    (joinder,) = locked(mou, at=LATER)
    unlocked(joinder)
    late.refresh_from_db()
    rest = set(MouRole.objects.exclude(pk=late.pk).values_list("status", flat=True))
    assert (late.status, rest) == ("accepted", {"locked"})


def test_a_signatory_of_a_part_in_change_hands_on_what_is_asked_of_it():
    mou, first, _second = one_signed_and_one_asked()
    unfreezing.reopen_part(first, reason="Name the rooms", by=boss(mou), at=LATER)
    document = versions_two(mou)
    asked = document.signatures.asked().get(part__role=first)
    who = {"name": "Ada Byron", "title": "Dean", "address": "ada@example.org", "reason": "Retired"}
    new = sign_requests.name_another(asked.part, **who, by=boss(mou), at=THEN)
    assert (new.signatory_name, document.signatures.asked().filter(part__role=first).count()) == (
        "Ada Byron",
        1,
    )


def test_a_new_version_asks_whoever_signed_a_part_that_is_in_change_and_not_its_draft_s_signatory():
    mou, first, _second = one_signed_and_one_asked()
    unfreezing.reopen_part(first, reason="Name the rooms", by=boss(mou), at=LATER)
    MouRole.objects.filter(pk=first.pk).update(signatory_name="Not agreed", signatory_email="x@example.org")
    asked = versions_two(mou).signatures.asked().get(part__role=first)
    before = Signature.objects.signed().get(part__role=first)
    assert (asked.signatory_name, asked.signatory_email) == (before.signatory_name, before.signatory_email)
    assert asked.part.words["signatory_name"] == asked.signatory_name


def test_whose_changed_part_joins_is_asked_for_that_only_and_for_the_older_words_once_it_is_unlocked():
    mou, first, _second = one_signed_and_one_asked()
    first = unfreezing.reopen_part(first, reason="Name the rooms", by=boss(mou), at=LATER)
    document = versions_two(mou)
    words_now = {"does": "We teach rooms."}
    first = parts.save_part(first, words=words_now, seen=first.revision, by=first.drafter, at=SOON)
    first = parts.submit_part(first, by=first.drafter, at=SOON)
    parts.accept_part(first, seen=first.revision, by=boss(mou), at=SOON)
    (joinder,) = locked(mou, at=SOON)
    asked = Signature.objects.asked().filter(part__role=first)
    assert [one.document for one in asked] == [joinder]
    unlocked(joinder)
    first.refresh_from_db()
    assert ([one.document for one in asked.all()], first.status) == ([document], "accepted")


def test_who_is_asked_while_its_part_is_in_change_is_asked_again_when_a_newer_version_is_unlocked():
    mou, first, _second = one_signed_and_one_asked()
    unfreezing.reopen_part(first, reason="Name the rooms", by=boss(mou), at=LATER)
    document = versions_two(mou)
    a_next_text(mou, body="Every child builds on.", weight="material", at=SOON)
    (third,) = locked(mou, at=SOON, weight="material")
    unlocked(third)
    assert Signature.objects.asked().get(part__role=first).document == document


def test_whose_part_is_opened_while_a_new_version_is_asked_reads_that_the_earlier_signature_stands():
    mou, first, _second = one_signed_and_one_asked()
    document = versions_two(mou)
    unfreezing.reopen_part(first, reason="Name the rooms", by=boss(mou), at=SOON)
    said = mails(document.signatures.get(part__role=first), "sign_stands").get().text
    assert (f"{mou.slug}/1, stays in effect" in said, "Name the rooms" in said) == (True, True)


def test_nobody_is_asked_under_the_words_that_a_joinder_of_the_same_partner_replaced():
    mou, _first, second = one_signed_and_one_asked()
    old = MouDocument.objects.get().parts.get(role=second)
    role = unfreezing.reopen_part(second, reason="Name the rooms", by=boss(mou), at=LATER)
    role = parts.save_part(
        role, words={"does": "We teach rooms."}, seen=role.revision, by=role.drafter, at=SOON
    )
    role = parts.submit_part(role, by=role.drafter, at=SOON)
    parts.accept_part(role, seen=role.revision, by=boss(mou), at=SOON)
    (joinder,) = locked(mou, at=SOON, join=True)
    who = {"name": "Ada Byron", "title": "Dean", "address": "ada@example.org", "reason": "Retired"}
    with pytest.raises(NoLongerOpen):
        sign_requests.name_another(old, **who, by=boss(mou), at=THEN)
    assert [one.document for one in Signature.objects.asked()] == [joinder]
