"""Sending what the outbox holds."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend

from stemnet.models import Mail, MailClass, MailState
from stemnet.outbox import delivery
from stemnet.outbox.marking import Marks, lease
from stemnet.retention import sweeping
from tests.stemnet.letters import MONDAY, a_letter

pytestmark = pytest.mark.django_db


def stop_sending_with(monkeypatch, error):
    """Let every sending end in ``error``."""

    def broken(_backend, _messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", broken)


def test_deliver_sends_what_is_due_with_its_headers():
    a_letter(unsubscribe_url="https://stem.example.org/u/1/")
    assert delivery.deliver(at=MONDAY) == 1
    letter, message = Mail.objects.get(), django_mail.outbox[0].message()
    assert (letter.state, letter.sent_at, letter.attempts) == (MailState.SENT, MONDAY, 1)
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Date"]
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]


def test_deliver_sends_a_calendar_file_with_its_method():
    content = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    a_letter(
        attachments=[{"name": "invite.ics", "mimetype": "text/calendar; method=REQUEST", "content": content}]
    )
    delivery.deliver(at=MONDAY)
    part = list(django_mail.outbox[0].message().walk())[-1]
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    assert part.get_filename() == "invite.ics"


def test_deliver_twice_sends_once():
    a_letter()
    delivery.deliver(at=MONDAY)
    assert delivery.deliver(at=MONDAY) == 0
    assert len(django_mail.outbox) == 1


def test_deliver_leaves_what_is_not_due():
    a_letter(due_at=MONDAY + timedelta(hours=1))
    assert delivery.deliver(at=MONDAY) == 0


def test_claim_is_given_to_one_sender_only():
    one, other = a_letter(), a_letter()
    assert Marks().claim(one, at=MONDAY)
    assert not Marks().claim(other, at=MONDAY)


def test_that_a_mail_was_accepted_is_written_with_the_claim_of_the_next():
    first, second = a_letter("one"), a_letter("two")
    marks = Marks()
    marks.claim(first, at=MONDAY)
    marks.accept(first, at=MONDAY)
    marks.claim(second, at=MONDAY)
    rows = Mail.objects.order_by("pk").values_list("state", "attempts", "sent_at", "lease_until")
    assert list(rows) == [("sent", 1, MONDAY, None), ("sending", 1, None, MONDAY + lease())]


def test_that_a_mail_was_accepted_is_written_where_another_sender_has_the_next():
    first, second = a_letter("one"), a_letter("two")
    Marks().claim(Mail.objects.get(key="two"), at=MONDAY)
    with Marks() as marks:
        marks.claim(first, at=MONDAY)
        marks.accept(first, at=MONDAY)
        assert not marks.claim(second, at=MONDAY)
        assert set(Mail.objects.values_list("key", "state")) == {("one", "sent"), ("two", "sending")}


def test_a_sender_that_fails_at_one_mail_has_written_the_last_one(monkeypatch):
    a_letter("one")
    a_letter("two")
    sent = EmailBackend.send_messages

    def ends_at_the_second(backend, messages):
        if django_mail.outbox:
            raise KeyboardInterrupt
        return sent(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", ends_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        delivery.deliver(at=MONDAY)
    assert set(Mail.objects.values_list("key", "state")) == {("one", "sent"), ("two", "sending")}


def test_deliver_takes_at_most_two_statements_a_mail(django_assert_max_num_queries):
    for number in range(30):
        a_letter(f"letter:{number}")
    with django_assert_max_num_queries(60):
        assert delivery.deliver(at=MONDAY) == 30


def test_deliver_forgets_a_secret_once_it_is_sent():
    a_letter(secret=True)
    delivery.deliver(at=MONDAY)
    letter = Mail.objects.get()
    assert (letter.text, letter.html) == ("", "")
    assert "Hello Ada, welcome." in django_mail.outbox[0].body


def test_deliver_keeps_a_secret_readable_in_a_demo(settings):
    settings.DEBUG = True
    a_letter(secret=True)
    delivery.deliver(at=MONDAY)
    assert Mail.objects.get().text.startswith("Hello Ada")


def test_deliver_tries_again_later_and_later(monkeypatch):
    a_letter()
    stop_sending_with(monkeypatch, smtplib.SMTPDataError(451, b"greylisted"))
    delivery.deliver(at=MONDAY)
    first = Mail.objects.get()
    delivery.deliver(at=first.due_at)
    second = Mail.objects.get()
    assert (first.state, first.due_at) == (MailState.QUEUED, MONDAY + timedelta(minutes=1))
    assert (second.attempts, second.due_at - first.due_at) == (2, timedelta(minutes=5))
    assert "greylisted" in second.last_error


def test_deliver_gives_up_in_the_end(monkeypatch):
    a_letter()
    stop_sending_with(monkeypatch, smtplib.SMTPDataError(451, b"greylisted"))
    for _try in range(len(delivery.RETRY_AFTER) + 1):
        delivery.deliver(at=Mail.objects.get().due_at)
    assert Mail.objects.get().state == MailState.FAILED


def test_deliver_gives_up_at_once_on_an_address_that_does_not_exist(monkeypatch):
    a_letter()
    stop_sending_with(monkeypatch, smtplib.SMTPRecipientsRefused({"ada@example.org": (550, b"no such user")}))
    delivery.deliver(at=MONDAY)
    assert Mail.objects.get().state == MailState.FAILED


def test_deliver_doubts_where_the_server_hangs_up_in_the_middle(monkeypatch):
    a_letter()
    stop_sending_with(monkeypatch, smtplib.SMTPServerDisconnected("gone"))
    delivery.deliver(at=MONDAY)
    assert Mail.objects.get().state == MailState.IN_DOUBT


def test_deliver_leaves_all_queued_where_the_server_is_away(monkeypatch):
    a_letter("one")
    a_letter("two")

    def away(_backend):
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(EmailBackend, "open", away)
    assert delivery.deliver(at=MONDAY) == 0
    assert set(Mail.objects.values_list("state", "attempts", "last_error")) == {
        ("queued", 0, "ConnectionRefusedError: refused")
    }


def test_sweep_sends_what_was_left_behind():
    a_letter()
    assert delivery.sweep(at=MONDAY + timedelta(days=3)) == 1


def test_sweep_misses_a_reminder_that_comes_too_late():
    a_letter(mail_class=MailClass.REMINDER, expires_at=MONDAY + timedelta(hours=6))
    delivery.sweep(at=MONDAY + timedelta(hours=6))
    assert (Mail.objects.get().state, django_mail.outbox) == (MailState.MISSED, [])


def test_sweep_shows_an_abandoned_mail_as_in_doubt_and_never_sends_it_again():
    letter = a_letter()
    Marks().claim(letter, at=MONDAY)
    delivery.sweep(at=MONDAY + lease())
    delivery.sweep(at=MONDAY + timedelta(days=1))
    letter.refresh_from_db()
    assert (letter.state, django_mail.outbox) == (MailState.IN_DOUBT, [])


def test_sweep_leaves_a_mail_whose_lease_still_runs():
    letter = a_letter()
    Marks().claim(letter, at=MONDAY)
    delivery.sweep(at=MONDAY + timedelta(minutes=1))
    assert Mail.objects.get().state == MailState.SENDING


def test_a_slow_sender_that_comes_back_corrects_the_doubt():
    letter = a_letter()
    with Marks() as marks:
        marks.claim(letter, at=MONDAY)
        delivery.sweep(at=MONDAY + lease())
        delivery.send(letter, connection=EmailBackend(), clock=lambda: MONDAY, marks=marks)
    assert Mail.objects.get().state == MailState.SENT


def test_retention_forgets_what_was_over_two_years_ago():
    a_letter("old", at=MONDAY - timedelta(days=731))
    delivery.deliver(at=MONDAY - timedelta(days=731))
    a_letter("still queued", at=MONDAY - timedelta(days=731))
    sweeping.run_class("mail", at=MONDAY)
    delivery.sweep(at=MONDAY)
    assert list(Mail.objects.values_list("key", "state")) == [("still queued", "sent")]
