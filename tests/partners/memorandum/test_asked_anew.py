"""Asked to sign a newer version: what binds until then, why, and what is different, on pages and in mail."""

import pytest
from django.urls import reverse

from partners.memorandum.domain import amending, part_board, unfreezing
from partners.models import Signature
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

SOON = LATER + DAY / 24
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def three_signed(**fields):
    mou = a_circulated_mou(**fields)
    roles = [an_accepted_part(mou) for _number in range(3)]
    locked(mou)
    for signature in Signature.objects.all():
        signed(signature)
    mou.refresh_from_db()
    return mou, roles


def asked_anew(mou, *, weight="material"):
    a_next_text(mou, body="Every child builds.", weight=weight)
    (document,) = locked(mou, at=LATER, weight=weight)
    return document


def request_mail(signature):
    return Mail.objects.get(key__startswith=f"sign_request:{signature.uid}")


def test_the_mail_says_the_reason_the_difference_and_the_earlier_signature():
    mou, _roles = three_signed()
    one = asked_anew(mou).signatures.first()
    mail = request_mail(one)
    said = " ".join(mail.text.split())
    assert mail.subject == f"A new version to sign for {one.organization_name}: {mou}"
    assert f"{one.organization_name} signed no. {mou.slug}/1 on Tue, Sep 8, 2020." in said
    assert f"stays in effect until no. {mou.slug}/2 is signed" in said
    assert "What's different: Purpose and vision." in said
    assert "A word" in said  # the coordinator's note on the new version


def test_the_mail_after_an_objection_says_who_objected_and_why():
    mou, roles = three_signed()
    document = asked_anew(mou, weight="editorial")
    one = Signature.objects.get(part__role=roles[0])
    amending.send_code(one, seen=document.sha256, at=SOON)
    code = code_for(one, fresh=False)
    amending.object_to(one, code=code, reason="Too vague", seen=document.sha256, at=SOON)
    said = " ".join(request_mail(document.signatures.asked().last()).text.split())
    assert (f"{roles[0]} objects: Too vague" in said, f"signed no. {mou.slug}/1" in said) == (True, True)


def test_who_is_asked_for_the_first_time_reads_nothing_of_it():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    locked(mou)
    mail = request_mail(Signature.objects.get())
    assert (mail.subject[:15], "What's different" in mail.text) == ("Please sign for", False)


def test_the_pages_say_who_is_bound_and_asked_and_not_that_one_of_three_is_signed(client):
    mou, _roles = three_signed()
    signed(asked_anew(mou).signatures.first(), at=SOON)
    log_in(client, boss(mou))
    page = words(client.get(mou.get_absolute_url()))
    assert "3 are signed. 2 of the signed are also asked to sign a newer version" in page
    board = words(client.get(reverse("mou_board", args=[mou.slug])))
    found = [
        board.count(f"{state} no. {number} ")
        for state in ("Signed", "Asked to sign document")
        for number in (1, 2)
    ]
    assert found == [2, 0, 0, 2]
    signatures = words(client.get(reverse("mou_signatures", args=[mou.slug])))
    assert signatures.count("Signed no. 1") == 2


def test_the_partner_s_own_page_says_what_is_in_effect_until_then(client):
    mou, roles = three_signed()
    asked_anew(mou)
    log_in(client, roles[0].drafter)
    page = words(client.get(reverse("mine_of", args=[roles[0].organization.slug])))
    signatory = Signature.objects.asked().get(part__role=roles[0]).signatory_name
    assert (
        f"{signatory} needs to sign document no. 2 of “{mou}”. Document no. 1 is in effect until then."
        in page
    )
    assert "Signed no. 1" in page


def test_the_page_of_the_request_says_what_is_in_effect_until_then(client):
    mou, roles = three_signed()
    one = asked_anew(mou).signatures.get(part__role=roles[0])
    log_in(client, boss(mou))
    assert "No. 1, signed on Tue, Sep 8, 2020, is in effect until no. 2 is signed." in words(
        client.get(one.get_absolute_url())
    )


def test_a_signed_part_that_is_open_for_change_shows_both(client):
    mou, roles = three_signed()
    unfreezing.reopen_part(roles[0], reason="Name the rooms", by=boss(mou), at=LATER)
    lines = {line.role: line for line in part_board.part_lines(mou, today=LATER.date())}
    assert (lines[roles[0]].bond.binds, part_board.counts(list(lines.values()))["signed"]) == (True, 3)
    log_in(client, boss(mou))
    board = words(client.get(reverse("mou_board", args=[mou.slug])))
    found = [board.count(said) for said in ("Signed no. 1", "Returned with comments")]
    assert found == [1, 1]


def test_a_signed_partner_that_declines_the_new_version_is_still_bound(client):
    mou, roles = three_signed()
    document = asked_anew(mou)
    document.signatures.filter(part__role=roles[0]).update(status="declined")
    lines = {line.role: line for line in part_board.part_lines(mou, today=(LATER + DAY).date())}
    assert (lines[roles[0]].bond.binds, lines[roles[0]].bond.asked) == (True, None)


def test_every_partner_that_is_bound_is_told_of_who_joins_and_nobody_else():
    mou, roles = three_signed()
    unfreezing.reopen_part(roles[0], reason="Name the rooms", by=boss(mou), at=LATER)
    joined, asked = an_accepted_part(mou), an_accepted_part(mou)
    locked(mou, at=LATER)
    signed(Signature.objects.asked().get(part__role=joined), at=SOON)
    told = set(Mail.objects.filter(key__startswith="sign_joined").values_list("address", flat=True))
    assert told == {role.lead_contact.primary_address for role in roles}
    assert asked.lead_contact.primary_address not in told
