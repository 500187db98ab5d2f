"""Changes after signing: editorial with 14 days to object, material, and the memorandum's calendar."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from partners.exchange.domain import exchange
from partners.memorandum.domain import amending, document_changes, terms
from partners.memorandum.exceptions import MouRefused
from partners.models import Category, Contribution, MouDocument, MouRole, Organization, Signature
from partners.models.memorandum import binding
from stemnet.exceptions import CodeExpired, WrongCode
from stemnet.models import Mail
from tests.factories import NOW, an_organization
from tests.partners.signing_rows import (
    DAY,
    LATER,
    a_circulated_mou,
    a_next_text,
    a_signature,
    an_accepted_part,
    boss,
    code_for,
    link_of,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]

SOON = LATER + timedelta(minutes=5)


def two_signed(**fields):
    mou = a_circulated_mou(**fields)
    an_accepted_part(mou)
    an_accepted_part(mou)
    locked(mou)
    for signature in Signature.objects.all():
        signed(signature)
    mou.refresh_from_db()
    return mou


def objects(signature, document, *, code="", at=SOON, **fields):
    if not code:
        amending.send_code(signature, seen=document.sha256, at=at)
        code = code_for(signature, fresh=False)
    given = {"reason": "Not small", "seen": document.sha256, "at": at, **fields}
    return amending.object_to(signature, code=code, **given)


def changed(mou, *, weight="editorial"):
    a_next_text(mou, body="Every child learns to build.")
    (document,) = locked(mou, at=LATER, weight=weight)
    return document


def test_an_editorial_change_asks_nobody_and_gives_the_difference_and_fourteen_days():
    mou = two_signed()
    document = changed(mou)
    assert document.objections_on == LATER.date() + 14 * DAY
    assert not Signature.objects.asked().exists()
    assert Mail.objects.filter(key__startswith="sign_changed").count() == 2
    first = Signature.objects.first()
    assert amending.open_change(first, at=LATER) == document
    (change,) = [
        one for one in document_changes.compare(first.document, document) if one.heading != "At the top"
    ]
    assert "".join(piece.words for piece in change.pieces if piece.kind == "added").count("build") == 1


def test_the_contacts_are_told_until_when_their_signatory_may_object():
    mou = two_signed()
    changed(mou)
    told = Mail.objects.filter(key__startswith="sign_told_changed")
    assert {mail.address for mail in told} == {role.drafter.primary_address for role in mou.roles.all()}
    assert all("can object until the end of Tue, Sep 22, 2020." in mail.text for mail in told)


def test_without_objection_the_signatures_are_carried_over_once():
    document = changed(two_signed())
    assert amending.sweep_carrying(at=LATER + 14 * DAY) == 0
    assert amending.sweep_carrying(at=LATER + 15 * DAY) == 2
    assert amending.sweep_carrying(at=LATER + 16 * DAY) == 0
    carried = Signature.objects.signed().filter(document=document)
    assert [one.method for one in carried] == ["carried", "carried"]
    assert {one.document_sha256 for one in carried} == {document.sha256}
    assert all(one.carried_from.document.number == 1 for one in carried)


def test_one_objection_makes_it_material_and_asks_everyone():
    document = changed(two_signed())
    signature = Signature.objects.first()
    objects(signature, document, at=LATER + DAY)
    document.refresh_from_db()
    assert (document.weight, document.objections_until) == ("material", None)
    assert Signature.objects.asked().filter(document=document).count() == 2
    assert Mail.objects.filter(key__startswith="sign_objected").count() == 1
    assert amending.sweep_carrying(at=LATER + 20 * DAY) == 0


def test_an_objection_comes_once_in_time_and_with_a_reason():
    document = changed(two_signed())
    first, second = Signature.objects.all()
    for fields in ({"reason": " "}, {"at": LATER + 15 * DAY}, {"seen": "0" * 64}):
        with pytest.raises(MouRefused):
            objects(first, document, code="123456", **fields)
    objects(first, document)
    with pytest.raises(MouRefused):
        objects(second, document, code="123456")


def test_whoever_got_the_mail_of_another_objects_to_nothing():
    document = changed(two_signed())
    first = Signature.objects.first()
    with pytest.raises(CodeExpired):
        objects(first, document, code="123456")
    amending.send_code(first, seen=document.sha256, at=SOON)
    with pytest.raises(WrongCode):
        objects(first, document, code="abcdef")
    document.refresh_from_db()
    assert (document.weight, document.objections.count()) == ("editorial", 0)


def test_a_material_change_asks_all_again_and_the_first_signatures_stay():
    document = changed(two_signed(), weight="material")
    assert Signature.objects.asked().filter(document=document).count() == 2
    assert Signature.objects.signed().filter(document__number=1).count() == 2
    assert MouDocument.objects.get(number=1).replaced_by == document
    for signature in Signature.objects.asked():
        assert signed(signature, at=LATER + DAY).status == "signed"


def test_a_change_while_objections_may_come_has_to_wait():
    mou = two_signed()
    changed(mou)
    a_next_text(mou, body="Every child and every teacher.")
    with pytest.raises(MouRefused, match="object"):
        locked(mou, at=LATER + DAY, weight="editorial")


def test_whoever_was_only_asked_is_asked_anew_by_an_editorial_change():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    an_accepted_part(mou)
    locked(mou)
    signed(Signature.objects.first())
    document = changed(mou)
    assert Signature.objects.asked().get().document == document
    assert Signature.objects.filter(status="stale").count() == 1


def test_the_link_to_object_leads_to_the_signature():
    changed(two_signed())
    signature = Signature.objects.first()
    assert link_of(signature, begins="sign_changed")


def test_before_the_effective_date_a_signature_makes_no_partner_and_the_sweep_does():
    organization = an_organization(stage="interested")
    mou = a_circulated_mou(effective_on=date(2020, 12, 14))
    role = an_accepted_part(mou, organization=organization)
    locked(mou)
    signed(Signature.objects.get())
    organization.refresh_from_db()
    assert organization.stage == "drafting"
    assert binding.binds(role, on=date(2020, 12, 13))
    terms.sweep_terms(at=NOW + 120 * DAY)
    organization.refresh_from_db()
    mou.refresh_from_db()
    role.refresh_from_db()
    assert (organization.stage, mou.status) == ("partner", "in_force")


def test_a_partner_withdraws_after_its_notice_and_its_contributions_drop_out():
    mou = two_signed(notice_days=60)
    role = MouRole.objects.first()
    exchange.write_contribution(
        organization=Organization.objects.get(pk=role.organization_id),
        category=Category.objects.first(),
        at=LATER,
    )
    with pytest.raises(MouRefused, match="60 days"):
        terms.give_notice(role, on=LATER.date() + 10 * DAY, reason="Merged", by=boss(mou), at=LATER)
    role = terms.give_notice(role, on=None, reason="Merged", by=boss(mou), at=LATER)
    assert role.withdrawn_on == date(2020, 11, 7)
    terms.sweep_terms(at=LATER + 59 * DAY)
    role.refresh_from_db()
    assert role.status == "locked"
    terms.sweep_terms(at=LATER + 60 * DAY)
    role.refresh_from_db()
    assert (role.status, role.organization.stage) == ("withdrawn", "former")
    assert Contribution.objects.get().withdrawn_at is not None
    assert Signature.objects.signed().filter(part__role=role).exists()


def test_renewal_is_said_ninety_sixty_and_thirty_days_ahead():
    mou, mails = two_signed(ends_on=date(2021, 6, 30)), {}
    said = Mail.objects.filter(key__startswith="mou_renewal", address=boss(mou).primary_address)
    for ahead in range(95, 28, -1):
        terms.sweep_terms(at=NOW.replace(year=2021, month=6, day=30) - timedelta(days=ahead))
        mails[ahead] = said.count()
    assert [mails[days] for days in (91, 90, 61, 60, 31, 30, 29)] == [0, 1, 1, 2, 2, 3, 3]


def test_the_memorandum_ends_after_its_last_day():
    mou = two_signed(ends_on=date(2021, 6, 30))
    terms.sweep_terms(at=NOW.replace(year=2021, month=6, day=30))
    mou.refresh_from_db()
    assert mou.status == "in_force"
    terms.sweep_terms(at=NOW.replace(year=2021, month=7, day=1))
    mou.refresh_from_db()
    assert mou.status == "ended"


def test_the_yearly_review_is_asked_for_once_and_the_next_is_a_year_later():
    mou = two_signed(review_on=date(2021, 2, 1))
    for day in (1, 2, 3):
        terms.sweep_terms(at=NOW.replace(year=2021, month=2, day=day))
    assert Mail.objects.filter(key__startswith="mou_review").count() == 1
    terms.write_review(
        mou, on=date(2021, 2, 2), note="All well", by=boss(mou), at=NOW.replace(year=2021, month=3)
    )
    mou.refresh_from_db()
    assert mou.review_on == date(2022, 2, 2)


def test_a_leap_day_is_followed_by_the_last_of_february():
    assert terms.a_year_after(date(2024, 2, 29)) == date(2025, 2, 28)


def test_the_days_that_count_are_those_that_were_signed():
    mou = two_signed(ends_on=date(2021, 6, 30), notice_days=60)
    role = MouRole.objects.first()
    mou.effective_on, mou.ends_on, mou.notice_days = date(2030, 1, 1), date(2035, 1, 1), 1
    mou.save()
    assert binding.binds(role, on=date(2021, 6, 30))
    assert not binding.binds(role, on=date(2021, 7, 1))
    assert binding.bond(role, on=LATER.date()).notice_days == 60
    an_accepted_part(mou)
    (joinder,) = locked(mou, at=LATER)
    assert (joinder.words["effective_on"], joinder.words["ends_on"]) == ("2020-09-01", "2021-06-30")
    terms.sweep_terms(at=NOW.replace(year=2021, month=7, day=1))
    mou.refresh_from_db()
    assert mou.status == "ended"


@pytest.mark.parametrize(
    ("effective_on", "binds_from"),
    [(date(2020, 12, 14), date(2020, 12, 14)), (date(2020, 9, 1), date(2020, 9, 8))],
    ids=["the day in the document", "signed later"],
)
def test_it_is_in_force_for_who_signed_from_the_later_of_both_days(effective_on, binds_from):
    signature = a_signature(effective_on=effective_on)
    assert binding.in_force_from(signature, zone=ZoneInfo("America/New_York")) is None
    assert binding.in_force_from(signed(signature), zone=ZoneInfo("America/New_York")) == binds_from
