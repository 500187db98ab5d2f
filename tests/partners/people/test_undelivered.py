"""Coordinators hear of mail that does not go out: on the desk at once, by mail once a day."""

from datetime import UTC, datetime, timedelta

import pytest

from partners.people.domain import undelivered
from stemnet.models import Mail, MailState
from stemnet.outbox.queueing import queue
from tests.factories import a_coordinator, a_partnership, a_person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 14, 16, 0, tzinfo=UTC)
CONTEXT = {"code": "123456", "why": "You asked."}


@pytest.fixture(autouse=True)
def coordinator():
    a_partnership(zone="America/New_York")
    a_person()
    return a_coordinator(address="coordinator@example.org")


def a_mail(number=1, *, at=NOON, **values):
    key = f"code:{number}"
    queue(key=key, address="lead@example.org", template="mail/partners/address_code", context=CONTEXT, at=at)
    Mail.objects.filter(key=key).update(**values)


def told():
    return Mail.objects.filter(key__startswith="undelivered")


def test_each_coordinator_is_told_once_a_day():
    a_mail(state=MailState.FAILED)
    for hours in (0, 1, 5):
        undelivered.sweep(at=NOON + timedelta(hours=hours))
    mail = told().get()
    assert (mail.address, mail.subject) == ("coordinator@example.org", "Some e-mail isn't going out")
    assert "1 e-mail failed in the last day." in mail.text
    assert "/admin/stemnet/mail/" in mail.text
    undelivered.sweep(at=NOON + timedelta(hours=23))
    assert told().count() == 2


def test_nobody_is_told_where_all_goes_out_nor_at_night():
    a_mail(state=MailState.SENT, sent_at=NOON)
    undelivered.sweep(at=NOON)
    Mail.objects.update(state=MailState.FAILED, sent_at=None)
    undelivered.sweep(at=NOON + timedelta(hours=12))
    assert not told().exists()


def test_what_waits_and_what_is_in_doubt_is_said_too():
    a_mail(1, at=NOON - timedelta(hours=1))
    a_mail(2, state=MailState.IN_DOUBT)
    a_mail(3, state=MailState.IN_DOUBT)
    a_mail(4, attempts=3, due_at=NOON + timedelta(hours=1))
    assert undelivered.lines(at=NOON) == ["2 e-mails are waiting.", "2 e-mails may not have arrived."]


def test_the_staff_desk_says_it_to_coordinators(client, coordinator):
    client.force_login(coordinator.user)
    assert "isn't going out" not in client.get("/staff/").content.decode().replace("&#x27;", "'")
    a_mail(state=MailState.FAILED, due_at=datetime.now(tz=UTC))
    page = client.get("/staff/").content.decode().replace("&#x27;", "'")
    assert ("isn't going out" in page, "1 e-mail failed in the last day." in page) == (True, True)
