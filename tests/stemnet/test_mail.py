"""Queueing, cancelling and resending mail."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from stemnet.exceptions import NotResendable
from stemnet.models import Mail, MailClass, MailState
from stemnet.outbox import queueing, rendering
from tests.stemnet.letters import MONDAY, a_letter

pytestmark = pytest.mark.django_db


def test_queue_renders_subject_text_and_html():
    letter = a_letter()
    assert (letter.subject, letter.state, letter.due_at) == ("Hello Ada", MailState.QUEUED, MONDAY)
    assert letter.text.startswith("Hello Ada, welcome.\n")
    assert "<p>Hello Ada, welcome.</p>" in letter.html


def test_queue_says_why_in_both_parts():
    letter = a_letter(context={"why": "You are in the network."})
    assert "You are in the network." in letter.text
    assert "You are in the network." in letter.html


def test_queue_with_the_same_key_keeps_the_first_row():
    first = a_letter()
    second = a_letter(context={"name": "Grace"})
    assert second == first
    assert Mail.objects.get().subject == "Hello Ada"


def test_queue_escapes_names_in_html_and_leaves_text_alone():
    letter = a_letter(context={"name": "<b>O'Neil & Søn</b>"})
    assert "Hello <b>O'Neil & Søn</b>, welcome." in letter.text
    assert "&lt;b&gt;O&#x27;Neil &amp; Søn&lt;/b&gt;" in letter.html


def test_queue_strips_line_breaks_from_subject_address_and_headers():
    letter = a_letter(
        context={"name": "Ada\r\nBcc: all@example.org"},
        address="ada@example.org\nBcc: x",
        headers={"Reply-To": "a@example.org\r\nBcc: all@example.org"},
    )
    assert letter.subject == "Hello Ada Bcc: all@example.org"
    assert letter.address == "ada@example.org Bcc: x"
    assert letter.headers == {"Reply-To": "a@example.org Bcc: all@example.org"}


def test_queue_with_a_link_to_unsubscribe_sets_the_one_click_headers():
    letter = a_letter(unsubscribe_url="https://stem.example.org/u/abc/")
    assert letter.headers == {
        "List-Unsubscribe": "<https://stem.example.org/u/abc/>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert "https://stem.example.org/u/abc/" in letter.text


def test_queue_tells_what_an_upper_app_says_in_every_mail(monkeypatch):
    monkeypatch.setattr(rendering, "_sources", [])
    rendering.in_every_mail(lambda: {"partnership": {"name": "South Coast", "postal_address": "1 Main St"}})
    letter = a_letter()
    assert letter.text.endswith("South Coast\n1 Main St\nhttp://localhost:8000\n")


def test_queue_wakes_the_sender_once_a_transaction(monkeypatch, django_capture_on_commit_callbacks):
    woken = []
    monkeypatch.setattr("stemnet.outbox.waking.current_app.send_task", woken.append)
    with django_capture_on_commit_callbacks(execute=True):
        a_letter("one")
        a_letter("two")
    assert woken == ["stemnet.deliver"]


def test_only_a_reminder_may_expire():
    with pytest.raises(IntegrityError, match="mail_only_reminders_expire"):
        a_letter(expires_at=MONDAY + timedelta(hours=6))


def test_cancel_stops_queued_mail_about_an_object_only():
    a_letter("one", object="meeting:1")
    a_letter("two", object="meeting:2")
    assert queueing.cancel(object="meeting:1") == 1
    assert list(Mail.objects.queued().values_list("key", flat=True)) == ["two"]


def test_cancel_by_key_prefix():
    a_letter("reminder:7:a")
    a_letter("seated:7:a")
    assert queueing.cancel(key_prefix="reminder:7:") == 1
    assert Mail.objects.get(key="seated:7:a").state == MailState.QUEUED


def test_what_was_cancelled_before_it_was_sent_may_be_queued_again():
    for _time in range(3):
        a_letter("reminder:7:1")
        assert queueing.cancel(key_prefix="reminder:7:") == 1
    a_letter("reminder:7:1")
    assert list(Mail.objects.order_by("pk").values_list("state", flat=True)) == [*["cancelled"] * 3, "queued"]
    assert len({mail.message_id for mail in Mail.objects.all()}) == 4


def test_cancel_without_a_name_cancels_nothing():
    a_letter()
    assert queueing.cancel() == 0


def test_sent_since_counts_one_template_for_one_address():
    a_letter("old", at=MONDAY - timedelta(hours=2))
    a_letter("new", address="Ada@example.org")
    a_letter("other", address="grace@example.org")
    since = MONDAY - timedelta(hours=1)
    assert queueing.sent_since(address="ada@example.org", template="letters/hello", since=since) == 1


def test_resend_queues_what_is_in_doubt():
    letter = a_letter()
    Mail.objects.update(state=MailState.IN_DOUBT)
    queueing.resend(mail=letter, at=MONDAY + timedelta(days=1))
    letter.refresh_from_db()
    assert (letter.state, letter.due_at) == (MailState.QUEUED, MONDAY + timedelta(days=1))


def test_resend_refuses_what_was_sent():
    letter = a_letter()
    Mail.objects.update(state=MailState.SENT, sent_at=MONDAY)
    with pytest.raises(NotResendable, match="failed or may not have arrived"):
        queueing.resend(mail=letter, at=MONDAY)


def test_reminder_class_is_kept():
    letter = a_letter(mail_class=MailClass.REMINDER, expires_at=MONDAY + timedelta(hours=6))
    assert letter.mail_class == MailClass.REMINDER


def letters(number):
    return [
        {
            "key": f"hello:{step}",
            "address": "ada@example.org",
            "template": "letters/hello",
            "context": {"why": "You asked for it.", "name": "Ada"},
        }
        for step in range(number)
    ]


@pytest.mark.parametrize("number", [1, 30])
def test_put_takes_as_many_queries_for_one_as_for_thirty(django_assert_num_queries, number):
    mails = queueing.prepare_many(letters(number), at=MONDAY)
    with django_assert_num_queries(2):
        queueing.put(mails, at=MONDAY)
    assert Mail.objects.queued().count() == number


def test_put_writes_one_of_two_with_the_same_key():
    queueing.put(queueing.prepare_many([*letters(1), *letters(1)], at=MONDAY), at=MONDAY)
    assert Mail.objects.count() == 1


def test_queue_writes_in_one_statement(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(rendering, "_sources", [])  # which ask for the partnership
    with django_assert_num_queries(1):
        queueing.queue(at=MONDAY, **letters(1)[0])


def test_put_leaves_out_what_is_there():
    queueing.put(queueing.prepare_many(letters(1), at=MONDAY), at=MONDAY)
    queueing.put(queueing.prepare_many(letters(2), at=MONDAY), at=MONDAY)
    assert Mail.objects.count() == 2


def test_put_keeps_what_came_too_late_as_missed():
    late = {**letters(1)[0], "mail_class": MailClass.REMINDER, "expires_at": MONDAY}
    queueing.put(queueing.prepare_many([late], at=MONDAY), at=MONDAY)
    assert Mail.objects.get().state == MailState.MISSED
