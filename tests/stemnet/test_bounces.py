"""Mail that comes back: which address is marked, which is not, and what is believed."""

import pytest

from partners.models import PersonEmail
from partners.people.domain import addresses
from stemnet.models import Mail
from stemnet.outbox import bounces, delivery, refusals
from tests import factories
from tests.stemnet.imap import Mailbox
from tests.stemnet.letters import MONDAY, a_letter
from tests.stemnet.test_smtp import Server

pytestmark = pytest.mark.django_db
ADDRESS = "gone@example.org"


def a_report(
    message_id, *, status="5.1.1", action="failed", diagnostic="smtp; 550 5.1.1 No such user", head=False
):
    """A report of delivery as mail servers write it (RFC 3464)."""
    kind = "text/rfc822-headers" if head else "message/rfc822"
    lines = [
        "From: MAILER-DAEMON@mail.example.org",
        "To: network@example.org",
        "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
        "",
        "--B",
        "Content-Type: text/plain",
        "",
        "This is the mail system. Message-ID: <forged@example.org>",
        "",
        "--B",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mail.example.org",
        "",
        f"Final-Recipient: rfc822; {ADDRESS}",
        f"Action: {action}",
        f"Status: {status}",
        f"Diagnostic-Code: {diagnostic}",
        "",
        "--B",
        f"Content-Type: {kind}",
        "",
        f"Message-ID: {message_id}",
        "Subject: News",
        "",
        "Hello.",
        "",
        "--B--",
        "",
    ]
    return "\r\n".join(lines).encode()


def a_sent_mail(**fields):
    factories.a_person(address=ADDRESS)
    mail = a_letter(address=ADDRESS, **fields)
    Mail.objects.filter(pk=mail.pk).update(state="sent", sent_at=MONDAY)
    return Mail.objects.get(pk=mail.pk)


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    settings.BOUNCE_IMAP_HOST, settings.BOUNCE_IMAP_PORT = box.server_address
    settings.BOUNCE_IMAP_TLS = False
    settings.BOUNCE_IMAP_USER, settings.BOUNCE_IMAP_PASSWORD = "network", "secret"
    settings.BOUNCE_IMAP_FOLDER = "INBOX"
    yield box
    box.close()


def state_of(mail):
    return Mail.objects.get(pk=mail.pk).state


def refused():
    return PersonEmail.objects.filter(address=ADDRESS, refused_at__isnull=False).exists()


@pytest.mark.parametrize("head", [False, True])
def test_a_report_of_no_such_mailbox_marks_mail_and_address_once(mailbox, head):
    mail = a_sent_mail()
    mailbox.mails.append(a_report(mail.message_id, head=head))
    assert bounces.sweep_bounces(at=MONDAY) == 1
    assert (state_of(mail), refused(), mailbox.seen) == ("failed", True, {1})
    assert PersonEmail.objects.get(address=ADDRESS).refused_reason == "No such mailbox."
    assert bounces.sweep_bounces(at=MONDAY) == 0


@pytest.mark.parametrize(
    ("status", "diagnostic"),
    [
        ("5.2.2", "smtp; 552 5.2.2 Mailbox full"),
        ("5.7.1", "smtp; 550 5.7.1 Message rejected as spam"),
        ("4.4.7", "smtp; 451 4.4.7 Delivery time expired"),
        ("5.0.0", "smtp; 550 Nobody knows why"),
    ],
)
def test_what_is_full_refused_for_its_words_or_late_marks_no_address(mailbox, status, diagnostic):
    mail = a_sent_mail()
    mailbox.mails.append(a_report(mail.message_id, status=status, diagnostic=diagnostic))
    assert bounces.sweep_bounces(at=MONDAY) == 1
    assert (state_of(mail), refused()) == ("failed", False)


def test_a_mail_that_is_only_delayed_stays_as_it_is(mailbox):
    mail = a_sent_mail()
    mailbox.mails.append(a_report(mail.message_id, status="4.2.2", action="delayed"))
    assert bounces.sweep_bounces(at=MONDAY) == 0
    assert (state_of(mail), refused(), mailbox.seen) == ("sent", False, {1})


def test_a_report_about_no_mail_of_ours_and_a_letter_by_hand_change_nothing(mailbox):
    mail = a_sent_mail()
    mailbox.mails += [
        a_report("<other@example.org>"),
        b"From: a@example.org\r\n\r\n550 5.1.1\r\n",
        b"\xff\x00",
    ]
    assert bounces.sweep_bounces(at=MONDAY) == 0
    assert (state_of(mail), refused(), mailbox.seen) == ("sent", False, {1, 2, 3})


def test_a_mailbox_that_does_not_open_is_left_for_the_next_time(mailbox, settings):
    settings.BOUNCE_IMAP_PASSWORD = "wrong"
    assert bounces.sweep_bounces(at=MONDAY) == 0
    mailbox.close()
    assert bounces.sweep_bounces(at=MONDAY) == 0


def test_without_a_mailbox_nothing_is_read():
    assert bounces.sweep_bounces(at=MONDAY) == 0


@pytest.mark.parametrize(
    ("said", "is_marked"),
    [
        ("550 5.1.1 No such user", True),
        ("550 no such user", True),
        ("550 5.7.1 blocked", False),
        ("552 5.2.2 over quota", False),
    ],
)
def test_what_the_server_refuses_at_once_marks_an_address_that_does_not_exist(settings, said, is_marked):
    factories.a_person(address=ADDRESS)
    mail = a_letter(address=ADDRESS)
    server = Server(lambda step, _mails: said if step == "rcpt" else None)
    settings.EMAIL_BACKEND = "stemnet.outbox.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    delivery.deliver(at=MONDAY)
    assert (state_of(mail), refused()) == ("failed", is_marked)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("SMTPRecipientsRefused: 550 5.1.1 No such user", "No such mailbox."),
        ("SMTPDataError: 452 4.2.2 Mailbox full", "The mailbox is full."),
        ("SMTPDataError: 554 5.7.1 spam", "Their mail server doesn't let our mail in."),
        ("SMTPDataError: 451 try later", "Their mail server is busy."),
        ("ConnectionRefusedError: [Errno 111] refused", "Their mail server could not be reached."),
        ("", ""),
    ],
)
def test_what_a_server_said_is_put_into_words(said, words):
    assert refusals.reason_of(said) == words


def test_an_address_that_is_proved_by_a_code_is_good_again():
    person = factories.a_person(address=ADDRESS)
    PersonEmail.objects.filter(address=ADDRESS).update(refused_at=MONDAY, refused_reason="No such mailbox.")
    addresses.prove(person.emails.get(), at=MONDAY)
    assert not refused()


@pytest.mark.parametrize("hidden", ["\0", "\x7f"])
def test_a_report_with_hidden_signs_is_read_like_any_other_and_stops_none(hidden):
    mail = a_sent_mail()
    report = a_report(mail.message_id, diagnostic=f"smtp; 550 5.1.1 No {hidden}such user")
    nobodys = a_report(f"<{hidden}@example.org>")
    (found,) = bounces.bounces_in(report)
    assert found.said == "5.1.1 550 5.1.1 No such user"
    assert bounces.bounces_in(nobodys)[0].message_id == "<@example.org>"
