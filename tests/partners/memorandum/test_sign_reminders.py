"""Reminders of signatures: by the clock until somebody answers, and by the coordinator's button."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.memorandum.domain import document_words, sign_answers, sign_reminders, sign_requests
from partners.memorandum.exceptions import MouRefused
from partners.models import Mou, MouRole, Signature, local_day
from stemnet import wording
from stemnet.models import Mail
from tests.factories import NOW
from tests.partners.signing_pages import log_in, words
from tests.partners.signing_rows import (
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
NOON = NOW.replace(hour=18)


def swept(days, *, at=NOON):
    return sign_reminders.sweep_signatures(at=at + timedelta(days=days))


def reminders():
    return Mail.objects.filter(key__startswith="sign_reminder")


def remind(client, mou, **fields):
    response = client.post(reverse("mou_remind", args=[mou.slug]), fields, follow=True)
    return words(response)


def test_signatories_are_reminded_after_7_and_14_days():
    a_signature()
    sent = {days: (swept(days), swept(days)) for days in range(30)}
    assert {days: twice for days, twice in sent.items() if any(twice)} == {7: (1, 0), 14: (1, 0)}


def test_signatories_are_reminded_14_7_and_1_days_before_the_ceremony_and_the_day_after():
    a_signature(ceremony_on=NOW.date() + timedelta(days=25))
    assert [days for days in range(40) if swept(days)] == [11, 18, 24, 26]


def test_the_day_to_sign_by_counts_before_that_of_the_ceremony():
    mou = a_circulated_mou(ceremony_on=NOW.date() + timedelta(days=25))
    an_accepted_part(mou)
    locked(mou, sign_by=NOW.date() + timedelta(days=16))
    assert [days for days in range(40) if swept(days)] == [2, 9, 15, 17]


def test_who_is_asked_after_the_day_is_reminded_after_7_and_14_days():
    a_signature(ceremony_on=NOW.date() - timedelta(days=1))
    assert [days for days in range(40) if swept(days)] == [7, 14]


def test_a_signatory_of_two_partners_gets_one_mail_a_day_with_a_link_to_each():
    mou = a_circulated_mou()
    for _number in range(2):
        an_accepted_part(mou, signatory_name="Ada Byron", signatory_email="ada@example.org")
    an_accepted_part(mou)
    locked(mou, sign_by=NOW.date() + timedelta(days=16))
    assert (swept(9), swept(9)) == (2, 0)
    mail = reminders().get(address="ada@example.org")
    both = Signature.objects.filter(signatory_email="ada@example.org")
    assert mail.subject == "Reminder: 2 signatures are waiting for you"
    tokens = re.findall(r"/sign/([\w-]+)/", mail.text)
    assert [sign_requests.find(token) for token in tokens] == list(both)
    assert [one.organization_name in mail.text and one.organization_name in mail.html for one in both] == (
        [True, True]
    )
    assert mail.text.count("Please sign by") == 2
    assert set(re.findall(r"/sign/([\w-]+)/", mail.html)) == set(tokens)


def test_who_signs_for_one_of_two_partners_is_left_alone_for_an_hour():
    mou = a_circulated_mou()
    for _number in range(2):
        an_accepted_part(mou, signatory_name="Ada Byron", signatory_email="ada@example.org")
    locked(mou)
    first = Signature.objects.first()
    Signature.objects.filter(pk=first.pk).update(code_sent_at=NOON + timedelta(days=7))
    assert (swept(7), swept(7, at=NOON + timedelta(hours=2))) == (0, 1)


def test_the_button_makes_no_second_mail_of_a_day_for_another_partner():
    for _number in range(2):
        mou = a_circulated_mou()
        an_accepted_part(mou, signatory_name="Ada Byron", signatory_email="ada@example.org")
        locked(mou)
    at = NOON + timedelta(days=3)
    assert [sign_reminders.remind_all(one, at=at) for one in Mou.objects.all()] == [1, 0]
    assert Signature.objects.exclude(reminded_on=None).count() == 2


def test_the_button_voids_no_link_of_whoever_is_signing():
    one = a_signature()
    Signature.objects.update(code_sent_at=NOON + timedelta(days=3))
    assert sign_reminders.remind_all(one.document.mou, at=NOON + timedelta(days=3, minutes=5)) == 0


def test_the_day_to_sign_by_is_in_the_mail_on_the_page_and_on_the_board(client):
    mou = a_circulated_mou()
    an_accepted_part(mou)
    day = local_day(timezone.now()) + timedelta(days=20)
    locked(mou, at=timezone.now(), sign_by=day)
    one = Signature.objects.get()
    said = wording.day(day)
    mail = Mail.objects.get(key__startswith="sign_request")
    assert f"Please sign by {said}." in mail.text
    assert f"Please sign by {said}." in words(client.get(f"/sign/{link_of(one)}/"))
    log_in(client, boss(mou))
    assert f"sign by {said}" in words(client.get(reverse("mou_signatures", args=[mou.slug])))


@pytest.mark.parametrize(("days", "said"), [(-1, "has passed"), (40, "after the memorandum's last day")])
def test_a_day_to_sign_by_that_makes_no_sense_is_refused(days, said):
    mou = a_circulated_mou(ends_on=NOW.date() + timedelta(days=30))
    an_accepted_part(mou)
    with pytest.raises(MouRefused, match=said):
        locked(mou, sign_by=NOW.date() + timedelta(days=days))


def test_the_day_to_sign_by_is_typed_on_the_page_to_lock(client):
    mou = a_circulated_mou()
    an_accepted_part(mou)
    log_in(client, boss(mou))
    given = {"seen": document_words.gather_for_freezing(mou).digest}
    url, day = reverse("mou_lock", args=[mou.slug]), local_day(timezone.now()) + timedelta(days=9)
    page = client.post(url, {**given, "sign_by": "soon"})
    assert (page.status_code, "Enter a valid date." in words(page)) == (422, True)
    client.post(url, {**given, "sign_by": day.isoformat()})
    assert Signature.objects.get().due_on == day


def test_a_reminder_carries_a_link_that_opens_and_those_before_work_until_their_own_end():
    one = a_signature()
    old, ends = link_of(one), Signature.objects.get().token_until
    swept(7)
    new = link_of(one, begins="sign_reminder")
    assert [sign_requests.find(link) for link in (old, new)] == [one, one]
    assert sign_requests.find(old).token_until == ends < sign_requests.find(new).token_until


def test_a_link_that_was_printed_before_a_reminder_signs():
    one = a_signature()
    old = link_of(one)
    swept(7)
    assert signed(one, token=old, at=NOW + timedelta(days=8)).status == "signed"
    assert sign_requests.find(old).status == "signed"


def test_who_has_signed_is_reminded_no_more():
    signed(a_signature())
    assert swept(7) == 0


def test_who_has_declined_is_reminded_no_more():
    one = a_signature()
    code = code_for(one, to_sign=False)
    sign_answers.decline_to_sign(one, code=code, reason="The board said no", at=NOW + timedelta(days=1))
    assert swept(7) == 0


def test_whose_partner_has_withdrawn_is_reminded_no_more():
    a_signature()
    MouRole.objects.update(status="withdrawn")
    assert swept(7) == 0


def test_whoever_is_signing_is_left_alone_for_an_hour():
    a_signature()
    Signature.objects.update(code_sent_at=NOON + timedelta(days=7))
    assert (swept(7), swept(7, at=NOON + timedelta(hours=2))) == (0, 1)


def test_a_memorandum_that_has_ended_reminds_nobody():
    a_signature()
    Mou.objects.update(status="ended")
    assert swept(7) == 0


@pytest.fixture
def mou():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    an_accepted_part(mou)
    locked(mou, at=timezone.now() - timedelta(days=2))
    return mou


def test_the_coordinator_reminds_all_once_a_day(client, mou):
    log_in(client, boss(mou))
    assert "We reminded 2 signatories." in remind(client, mou)
    assert "send any reminders" in remind(client, mou)
    assert reminders().count() == 2


def test_the_coordinator_reminds_one_once_a_day(client, mou):
    log_in(client, boss(mou))
    one = Signature.objects.first()
    assert f"We reminded {one.signatory_name}." in remind(client, mou, signature=one.uid)
    assert "You can send one reminder a day." in remind(client, mou, signature=one.uid)
    assert [mail.address for mail in reminders()] == [one.signatory_email]


def test_the_board_says_when_each_was_last_reminded(client, mou):
    log_in(client, boss(mou))
    said = remind(client, mou, signature=Signature.objects.first().uid)
    today = wording.day(local_day(timezone.now()))
    assert (said.count(f"{today} Remind"), said.count("not reminded yet")) == (1, 1)


def test_nobody_is_reminded_on_the_day_of_asking(client):
    mou = a_circulated_mou()
    an_accepted_part(mou)
    locked(mou, at=timezone.now())
    log_in(client, boss(mou))
    assert "send any reminders" in remind(client, mou)


def test_a_signature_of_another_memorandum_is_not_found(client, mou):
    another = a_circulated_mou()
    an_accepted_part(another)
    locked(another)
    other = Signature.objects.get(document__mou=another)
    log_in(client, boss(mou))
    address = reverse("mou_remind", args=[mou.slug])
    assert client.post(address, {"signature": other.uid}).status_code == 404
    assert client.post(address, {"signature": "x"}).status_code == 404


def test_the_coordinator_moves_the_day_to_sign_by(client):
    mou = a_circulated_mou()
    an_accepted_part(mou)
    (document,) = locked(mou, at=timezone.now(), sign_by=local_day(timezone.now()) + timedelta(days=3))
    log_in(client, boss(mou))
    url, day = reverse("mou_sign_by", args=[mou.slug, 1]), local_day(timezone.now()) + timedelta(days=30)
    for typed, said in (("soon", "Enter a valid date."), ("2012-12-14", "has passed"), (day, "Saved.")):
        assert said in words(client.post(url, {"sign_by": str(typed)}, follow=True))
    document.refresh_from_db()
    assert (document.sign_by, wording.day(day) in words(client.get(document.get_absolute_url()))) == (
        day,
        True,
    )
    client.post(url, {"sign_by": ""})
    assert Signature.objects.get().due_on is None
