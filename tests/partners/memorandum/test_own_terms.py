"""Term, notice, reminders and the end are each partner's own, by the document that it signed."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from partners.exchange.domain import exchange
from partners.memorandum.domain import coordinator_inbox, terms
from partners.memorandum.exceptions import MouRefused
from partners.models import Category, Contribution, Mou, MouRole, Need, Signature
from partners.models.memorandum import binding
from stemnet.models import Mail
from tests.factories import NOW, a_coordinator, a_partnership, an_organization
from tests.partners.signing_pages import log_in, words
from tests.partners.signing_rows import (
    DAY,
    LATER,
    a_circulated_mou,
    a_next_text,
    an_accepted_part,
    boss,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
SOON = LATER + timedelta(hours=1)
LAST, RENEWED = date(2021, 6, 30), date(2023, 6, 30)


def at_noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def two_signed(**fields):
    mou = a_circulated_mou(**{"ends_on": LAST, **fields})
    roles = [an_accepted_part(mou) for _number in range(2)]
    locked(mou)
    for signature in Signature.objects.all():
        signed(signature)
    mou.refresh_from_db()
    return mou, *roles


def next_version(mou, *, at=LATER, **columns):
    Mou.objects.filter(pk=mou.pk).update(**columns)
    mou.refresh_from_db()
    a_next_text(mou, body="Every child builds on.", weight="material", at=at)
    (document,) = locked(mou, at=at, weight="material")
    return document


def one_renewed(**fields):
    """Two partners signed until ``LAST``, and the second has signed the renewal."""
    mou, first, second = two_signed(**fields)
    document = next_version(mou, ends_on=RENEWED)
    signed(document.signatures.get(part__role=second), at=SOON)
    return mou, first, second


def mails_to(role, begins):
    address = role.lead_contact.primary_address
    return list(Mail.objects.filter(key__startswith=begins, address=address).order_by("pk"))


def test_who_did_not_sign_the_renewal_is_reminded_by_its_own_last_day():
    _mou, first, second = one_renewed()
    for days in (95, 91, 90, 89, 61, 60, 31, 30, 29, 0):
        terms.sweep_terms(at=at_noon(LAST - timedelta(days=days)))
    subjects = [mail.subject.partition(" ends on ")[2] for mail in mails_to(first, "mou_renewal")]
    assert (subjects, mails_to(second, "mou_renewal")) == (["Wed, Jun 30, 2021"] * 3, [])
    said = " ".join(mails_to(first, "mou_renewal")[0].text.split())
    assert ("in 90 days" in said, "needs to sign document no." in said) == (True, True)


def test_a_partner_is_told_on_the_day_after_its_own_last_one_and_once():
    mou, first, second = one_renewed()
    for days in range(3):
        terms.sweep_terms(at=at_noon(LAST + timedelta(days=1 + days)))
    (mail,) = mails_to(first, "mou_ended")
    mou.refresh_from_db()
    assert (mail.created_at.date(), mails_to(second, "mou_ended"), mou.status) == (LAST + DAY, [], "in_force")
    assert mail.subject == f"{mou} has ended for {first}"
    coordinator = Mail.objects.get(key__startswith="mou_ended", address=boss(mou).primary_address)
    assert str(first) in coordinator.text
    assert str(second) not in coordinator.text


def test_where_nobody_signs_the_renewal_all_are_told_on_the_day_and_not_years_later():
    mou, first, second = two_signed()
    next_version(mou, ends_on=RENEWED)
    terms.sweep_terms(at=at_noon(LAST + DAY))
    told = [len(mails_to(role, "mou_ended")) for role in (first, second)]
    mou.refresh_from_db()
    assert (told, mou.status) == ([1, 1], "signing")
    terms.sweep_terms(at=at_noon(RENEWED + DAY))
    told = [len(mails_to(role, "mou_ended")) for role in (first, second)]
    mou.refresh_from_db()
    assert (told, mou.status) == ([1, 1], "ended")
    said = Mail.objects.filter(key__startswith="mou_ended", address=boss(mou).primary_address).latest("pk")
    assert "nobody signed it" in " ".join(said.text.split())


def test_a_memorandum_that_ends_at_night_is_told_of_by_day():
    _mou, first, _second = two_signed()
    terms.sweep_terms(at=at_noon(LAST + DAY).replace(hour=2))
    assert mails_to(first, "mou_ended") == []
    terms.sweep_terms(at=at_noon(LAST + DAY))
    assert len(mails_to(first, "mou_ended")) == 1


def test_the_reminder_says_how_many_days_are_really_left():
    _mou, first, _second = two_signed()
    terms.sweep_terms(at=at_noon(LAST - 80 * DAY))  # the clock did not run for ten days
    (mail,) = mails_to(first, "mou_renewal")
    said = " ".join(mail.text.split())
    assert ("in 80 days" in said, "90" in said) == (True, False)


def test_who_signs_when_the_day_of_a_reminder_is_past_is_not_reminded_of_it():
    mou, first, _second = two_signed()
    late = an_accepted_part(mou, at=at_noon(LAST - 80 * DAY))
    locked(mou, at=at_noon(LAST - 80 * DAY))
    signed(Signature.objects.asked().get(), at=at_noon(LAST - 80 * DAY))
    terms.sweep_terms(at=at_noon(LAST - 79 * DAY))
    assert (len(mails_to(first, "mou_renewal")), mails_to(late, "mou_renewal")) == (1, [])
    terms.sweep_terms(at=at_noon(LAST - 60 * DAY))
    assert len(mails_to(late, "mou_renewal")) == 1


def test_who_leaves_is_not_asked_to_renew():
    mou, first, second = two_signed()
    terms.give_notice(first, on=LAST - 2 * DAY, reason="Moved", by=boss(mou), at=LATER)
    terms.sweep_terms(at=at_noon(LAST - 60 * DAY))
    assert (mails_to(first, "mou_renewal"), len(mails_to(second, "mou_renewal"))) == ([], 1)


@pytest.mark.parametrize(("own", "newer"), [(90, 10), (10, 180)])
def test_the_notice_is_that_of_the_document_that_the_partner_signed(own, newer):
    mou, first, second = two_signed(notice_days=own)
    document = next_version(mou, notice_days=newer)
    signed(document.signatures.get(part__role=second), at=SOON)
    found = [
        terms.give_notice(role, on=None, reason="Moved", by=boss(mou), at=LATER).withdrawn_on - LATER.date()
        for role in (first, second)
    ]
    assert found == [timedelta(days=own), timedelta(days=newer)]


def test_the_page_to_withdraw_says_the_partner_s_own_notice(client):
    mou, first, second = two_signed(notice_days=90, ends_on=None)
    document = next_version(mou, notice_days=10)
    signed(document.signatures.get(part__role=second), at=SOON)
    log_in(client, boss(mou))
    said = [
        words(client.get(reverse("mou_withdraw", args=[mou.slug, role.organization.slug])))
        for role in (first, second)
    ]
    assert ("is 90 days, as signed in no." in said[0], "is 10 days, as signed in no." in said[1]) == (
        True,
        True,
    )


def test_whose_term_is_over_has_nothing_to_withdraw_from():
    mou, first, _second = two_signed()
    with pytest.raises(MouRefused, match="has signed"):
        terms.give_notice(first, on=None, reason="Moved", by=boss(mou), at=at_noon(LAST + DAY))


def test_a_renewal_that_begins_later_leaves_the_older_signature_until_then():
    mou, first, second = two_signed(notice_days=90)
    begins = LAST + DAY
    document = next_version(mou, effective_on=begins, ends_on=RENEWED, notice_days=10)
    signed(document.signatures.get(part__role=second), at=SOON)
    days = [(LATER.date(), 1, 90), (LAST, 1, 90), (begins, 2, 10)]
    bonds = [(day, binding.bond(second, on=day)) for day, _number, _notice in days]
    assert [(day, one.document.number, one.notice_days) for day, one in bonds] == days
    assert {(one.last, one.ends, one.binds) for _day, one in bonds} == {(RENEWED, RENEWED, True)}
    assert binding.bond(first, on=begins).is_over


def test_many_partners_are_asked_about_in_a_fixed_number_of_queries(django_assert_num_queries):
    mou, *_roles = two_signed()
    with django_assert_num_queries(4):
        assert len(binding.bonds_of(mou, on=LATER.date())) == 2
    for _number in range(8):
        an_accepted_part(mou)
    locked(mou, at=LATER)
    with django_assert_num_queries(4):
        assert len([one for one in binding.bonds_of(mou, on=LATER.date()) if one.asked]) == 8


def test_the_term_page_says_who_is_bound_until_when(client):
    mou, first, second = one_renewed()
    Mou.objects.update(ends_on=date(2099, 1, 1))
    log_in(client, boss(mou))
    found = terms.signed_terms(mou, on=LATER.date())
    assert [(one.document.number, one.term.last, one.partners) for one in found] == [
        (1, LAST, (str(first),)),
        (2, RENEWED, (str(second),)),
    ]
    assert client.get(reverse("mou_term", args=[mou.slug])).status_code == 200


def test_the_staff_desk_has_a_line_for_terms_that_end_and_that_are_over(client):
    one_renewed()
    lines = [coordinator_inbox.terms(on=day) for day in (LATER.date(), LAST - 20 * DAY, LAST + 50 * DAY)]
    assert [[(one.ending, one.last, one.over) for one in line] for line in lines] == [
        [],
        [(1, LAST, 0)],
        [(0, None, 1)],
    ]


def test_the_lines_are_on_the_staff_desk(client):
    mou, _first, second = two_signed(ends_on=NOW.date() + 40 * DAY)
    signed(next_version(mou, ends_on=RENEWED).signatures.get(part__role=second), at=SOON)
    log_in(client, a_coordinator())
    said = []
    for days in (10, 41):
        with time_machine.travel(NOW + days * DAY):
            said.append(words(client.get(reverse("staff"))))
    assert ["signature ends by" in page for page in said] == [True, False]
    assert ["term is over, with no renewal signed" in page for page in said] == [False, True]


def two_memoranda():
    organization = an_organization(stage="interested")
    for at in (LATER, SOON):
        mou = a_circulated_mou(notice_days=5)
        role = an_accepted_part(mou, organization=organization)
        locked(mou)
        signed(Signature.objects.asked().get(part__role=role), at=at)
    return organization, *MouRole.objects.order_by("pk")


@pytest.mark.parametrize("opened", [False, True])
def test_who_leaves_one_of_two_memoranda_keeps_what_the_other_binds(opened):
    organization, left, stays = two_memoranda()
    organization.refresh_from_db()
    written = {"organization": organization, "category": Category.objects.first(), "at": LATER}
    kept = [exchange.write_need(**written), exchange.write_contribution(**written, role=stays)]
    gone = exchange.write_contribution(**written, role=left)
    if opened:
        MouRole.objects.filter(pk=stays.pk).update(status="returned")
    terms.give_notice(left, on=None, reason="Moved", by=boss(left.mou), at=LATER)
    terms.sweep_terms(at=LATER + 6 * DAY)
    organization.refresh_from_db()
    assert organization.stage == "partner"
    standing = {*Need.objects.filter(withdrawn_at=None), *Contribution.objects.filter(withdrawn_at=None)}
    assert (standing, gone in standing) == (set(kept), False)


def test_a_partner_is_one_since_the_day_on_which_it_is_bound_at_the_partnership_s_own_place():
    a_partnership(zone="America/Los_Angeles")
    evening = datetime(2020, 9, 15, 4, 30, tzinfo=UTC)  # 9:30 p.m. on September 14 in Oregon
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    locked(mou)
    signed(Signature.objects.get(), at=evening)
    role.organization.refresh_from_db()
    assert role.organization.partner_since == date(2020, 9, 14)


def test_a_partner_whose_day_the_clock_missed_is_one_since_that_day():
    mou = a_circulated_mou(effective_on=date(2020, 12, 14))
    role = an_accepted_part(mou)
    locked(mou)
    signed(Signature.objects.get())
    terms.sweep_terms(at=at_noon(date(2020, 12, 20)))
    role.organization.refresh_from_db()
    assert role.organization.partner_since == date(2020, 12, 14)
