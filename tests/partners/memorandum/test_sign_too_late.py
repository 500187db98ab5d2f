"""Signing when it is too late, leaving, and what a term that is over does to whoever did not renew."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from partners.exchange.domain import exchange
from partners.memorandum.domain import amending, sign_answers, sign_requests, signature_board, terms
from partners.memorandum.exceptions import MouRefused, TermOver
from partners.models import Category, Contribution, Mou, MouDocument, MouRole, Signature
from partners.models.memorandum import binding
from tests.factories import NOW, a_partnership, a_user
from tests.partners.signing_pages import address, log_in, words
from tests.partners.signing_rows import (
    DAY,
    LATER,
    a_circulated_mou,
    a_next_text,
    a_signature,
    an_accepted_part,
    boss,
    code_for,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
LAST = date(2020, 9, 30)
PAST = NOW + timedelta(days=29)


def two_signed(**fields):
    mou = a_circulated_mou(**fields)
    roles = [an_accepted_part(mou) for _number in range(2)]
    locked(mou)
    for signature in Signature.objects.all():
        signed(signature)
    mou.refresh_from_db()
    return mou, *roles


def renewed(mou, *, until, at=LATER):
    Mou.objects.update(ends_on=until)
    mou.refresh_from_db()
    a_next_text(mou, body="Every child builds on.", weight="material", at=at)
    (document,) = locked(mou, at=at, weight="material")
    return document


def one_leaves_during_an_editorial_change():
    mou, leaver, stayer = two_signed(notice_days=5)
    a_next_text(mou, body="Every child builds.")
    terms.give_notice(leaver, on=None, reason="Moved", by=boss(mou), at=LATER)
    (document,) = locked(mou, at=LATER, weight="editorial")
    terms.sweep_terms(at=LATER + 7 * DAY)
    return document, leaver, stayer


def test_nothing_is_signed_after_the_last_day():
    one = a_signature(ends_on=LAST)
    Signature.objects.update(token_until=PAST + 9 * DAY)
    with pytest.raises(TermOver):
        signed(one, at=PAST)
    one.refresh_from_db()
    assert (one.status, one.part.role.organization.stage) == ("asked", "drafting")


def test_nothing_is_signed_once_the_memorandum_has_ended():
    one = a_signature()
    Mou.objects.update(status="ended")
    with pytest.raises(TermOver):
        signed(one)


def test_nothing_is_signed_on_the_day_on_which_the_partner_leaves():
    one = a_signature()
    MouRole.objects.update(withdrawn_on=LATER.date())
    with pytest.raises(TermOver):
        signed(one)


def test_the_page_says_that_it_is_too_late(client, signature):
    MouRole.objects.update(withdrawn_on=date(2020, 1, 1))
    page = words(client.get(address(signature)))
    assert ("Too late to sign" in page, "Send me the code" in page) == (True, False)


def test_a_paper_that_was_signed_in_time_is_recorded_after_the_last_day():
    one = a_signature(ends_on=LAST)
    given = {
        "place": "Wilsonville",
        "scan": ContentFile(b"%PDF-1.7"),
        "by": boss(one.document.mou),
        "at": PAST,
    }
    one = sign_answers.record_paper(one, signed_on=LAST, **given)
    one.part.role.organization.refresh_from_db()
    assert (one.status, one.part.role.organization.stage) == ("signed", "drafting")


def test_the_time_to_object_ends_with_the_fourteenth_day_at_the_partnership_s_place():
    a_partnership(zone="America/Los_Angeles")
    mou, *_roles = two_signed()
    a_next_text(mou, body="Every child builds.")
    zone = ZoneInfo("America/Los_Angeles")
    (document,) = locked(mou, at=datetime(2020, 10, 20, 17, tzinfo=zone), weight="editorial")
    document.refresh_from_db()
    first = Signature.objects.first()
    last = datetime(2020, 11, 3, 23, 59, 59, tzinfo=zone)  # the clocks went back on 1 November
    assert document.objections_on == date(2020, 11, 3)
    assert amending.open_change(first, at=last) == document
    assert (
        amending.sweep_carrying(at=last),
        amending.open_change(first, at=last + timedelta(seconds=1)),
    ) == (
        0,
        None,
    )
    assert amending.sweep_carrying(at=last + timedelta(seconds=1)) == 2


def test_nothing_is_carried_over_for_a_partner_that_has_left():
    _document, _leaver, stayer = one_leaves_during_an_editorial_change()
    amending.sweep_carrying(at=LATER + 16 * DAY)
    carried = Signature.objects.filter(method="carried")
    assert [one.part.role for one in carried] == [stayer]


def test_an_objection_asks_nothing_of_a_partner_that_has_left():
    document, _leaver, stayer = one_leaves_during_an_editorial_change()
    at, one = LATER + 8 * DAY, Signature.objects.signed().get(part__role=stayer)
    amending.send_code(one, seen=document.sha256, at=at)
    code = code_for(one, fresh=False)
    amending.object_to(one, code=code, reason="No", seen=document.sha256, at=at)
    assert [asked.part.role for asked in Signature.objects.asked()] == [stayer]


def test_a_partner_that_has_left_objects_to_nothing():
    document, leaver, _stayer = one_leaves_during_an_editorial_change()
    one = Signature.objects.signed().get(part__role=leaver)
    with pytest.raises(MouRefused):
        amending.send_code(one, seen=document.sha256, at=LATER + 8 * DAY)


def test_a_part_that_names_its_drafter_as_signatory_is_not_submitted():
    drafter = a_user().person
    drafter.first_name, drafter.last_name = "Ada", "Byron"
    drafter.save()
    with pytest.raises(MouRefused, match="drafts the part"):
        an_accepted_part(a_circulated_mou(), drafter=drafter, signatory_name="ada  BYRON")


def test_a_renewal_that_is_signed_late_brings_the_memorandum_in_force_again():
    mou, first, _second = two_signed(ends_on=LAST)
    renewed(mou, until=date(2021, 9, 30), at=PAST - 3 * DAY)
    found = []
    for _again in range(2):
        terms.sweep_terms(at=PAST)
        mou.refresh_from_db()
        found.append(mou.status)
    signed(Signature.objects.asked().get(part__role=first), at=PAST + DAY)
    mou.refresh_from_db()
    assert [*found, mou.status] == ["signing", "signing", "in_force"]
    assert binding.binds(first, on=PAST.date() + DAY)


def test_who_does_not_sign_the_renewal_is_no_partner_until_it_does():
    mou, first, second = two_signed(ends_on=LAST)
    gift = exchange.write_contribution(
        organization=second.organization, category=Category.objects.first(), at=LATER
    )
    renewed(mou, until=date(2021, 9, 30), at=PAST - 3 * DAY)
    signed(Signature.objects.asked().get(part__role=first), at=PAST - 2 * DAY)
    stages = []
    for sign in (False, True):
        if sign:
            signed(Signature.objects.asked().get(part__role=second), at=PAST)
        terms.sweep_terms(at=PAST)
        second.organization.refresh_from_db()
        stages.append((second.organization.stage, gift in Contribution.objects.open()))
    first.organization.refresh_from_db()
    assert (stages, first.organization.stage) == ([("former", False), ("partner", True)], "partner")


def test_the_end_makes_former_partners():
    mou, first, _second = two_signed(ends_on=LAST)
    terms.sweep_terms(at=PAST)
    first.organization.refresh_from_db()
    mou.refresh_from_db()
    assert (mou.status, first.organization.stage) == ("ended", "former")


def test_what_nobody_signed_before_its_last_day_ends_too():
    one = a_signature(ends_on=LAST)
    terms.sweep_terms(at=PAST)
    assert MouDocument.objects.get(pk=one.document_id).mou.status == "ended"


def test_nobody_else_is_asked_once_the_term_is_over():
    one = a_signature(ends_on=LAST)
    who = {"name": "Ada Byron", "title": "Dean", "address": "ada@example.org", "reason": "Retired"}
    with pytest.raises(TermOver):
        sign_requests.name_another(one.part, **who, by=boss(one.document.mou), at=PAST)


def test_who_has_left_is_not_among_those_who_have_not_signed():
    one = a_signature()
    MouRole.objects.update(status="withdrawn")
    assert [
        line.waits for line in signature_board.signature_lines(one.document.mou, None, today=NOW.date())
    ] == [False]


def test_days_that_change_are_never_an_editorial_change(client):
    mou, *_roles = two_signed(ends_on=LAST)
    Mou.objects.update(ends_on=date(2099, 9, 30))
    mou.refresh_from_db()
    a_next_text(mou, body="Every child builds on.")
    with pytest.raises(MouRefused, match="so the change is material"):
        locked(mou, at=LATER, weight="editorial")
    log_in(client, boss(mou))
    assert "so it's a material change" in words(client.get(reverse("mou_lock", args=[mou.slug])))
    locked(mou, at=LATER, weight="material")
    assert Signature.objects.asked().count() == 2


def test_a_signature_that_was_carried_over_is_in_force_since_the_first():
    mou, *_roles = two_signed()
    a_next_text(mou, body="Every child builds.")
    locked(mou, at=LATER, weight="editorial")
    amending.sweep_carrying(at=LATER + 16 * DAY)
    zone = ZoneInfo("UTC")
    found = {binding.in_force_from(one, zone=zone) for one in Signature.objects.all()}
    assert found == {LATER.date()}


def test_a_signatory_is_not_flooded_with_links():
    one = a_signature()
    for minutes in range(1, 5):
        sign_requests.send_again(one, at=NOW + timedelta(minutes=minutes))
    with pytest.raises(MouRefused, match="in the last hour"):
        sign_requests.send_again(one, at=NOW + timedelta(minutes=9))
    sign_requests.send_again(one, at=NOW + timedelta(hours=2))
