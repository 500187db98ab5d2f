"""Sending to a real server that behaves badly: what is in doubt, what is final, and what is tried again."""

import socketserver
import threading

import pytest

from stemnet.models import Mail, MailState
from stemnet.outbox import delivery
from tests.stemnet.letters import MONDAY, a_letter

pytestmark = pytest.mark.django_db
HANG_UP = "hang up"


class Server(socketserver.ThreadingTCPServer):
    """An SMTP server that answers as ``says`` tells, at "mail", "rcpt", "data" or "message" of a mail."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, says):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.says = says
        self.accepted, self.connections = 0, 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Conversation(socketserver.StreamRequestHandler):
    """One connection; ``mails`` counts those of this one."""

    def handle(self):
        self.mails = 0
        self.server.connections += 1
        self.say("220 ready")
        while line := self.rfile.readline():
            verb = line.split()[0].upper()
            step = {b"MAIL": "mail", b"RCPT": "rcpt", b"DATA": "data"}.get(verb)
            if verb == b"QUIT" or (
                step and not self.answer(step, "354 go on" if step == "data" else "250 well")
            ):
                return
            if not step:
                self.say("250 well")

    def answer(self, step, usual):
        """Answer at ``step``; False where the connection ends with it."""
        said = self.server.says(step, self.mails) or usual
        if said == HANG_UP:
            return False
        self.say(said)
        if said.startswith("421"):
            return False
        if said == "354 go on":
            while self.rfile.readline() not in (b".\r\n", b""):
                pass
            self.mails += 1
            if not self.answer("message", "250 accepted"):
                return False
            self.server.accepted += self.server.says("message", self.mails - 1) is None
        return True

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def serve(settings):
    """Return what starts a server that ``says``, and lets the outbox send there."""
    servers = []

    def start(says):
        server = Server(says)
        servers.append(server)
        settings.EMAIL_BACKEND = "stemnet.outbox.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 5
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def at(step, said):
    """Say ``said`` at one step, of every mail."""
    return lambda now, _number: said if now == step else None


def states():
    return [row.state for row in Mail.objects.order_by("pk")]


@pytest.mark.parametrize("goodbye", [HANG_UP, "421 too many messages in this session"])
def test_a_server_that_hangs_up_after_every_third_mail_gets_all_of_them_at_once(serve, goodbye):
    server = serve(lambda step, number: goodbye if step == "mail" and number >= 3 else None)
    for number in range(10):
        a_letter(f"letter:{number}")
    assert delivery.deliver(at=MONDAY) == 10
    assert (states(), server.accepted) == ([MailState.SENT] * 10, 10)


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_a_connection_that_breaks_before_the_message_was_given_over_leaves_nothing_in_doubt(serve, step):
    serve(at(step, HANG_UP))
    a_letter()
    delivery.deliver(at=MONDAY)
    mail = Mail.objects.get()
    assert (mail.state, mail.due_at > MONDAY, mail.attempts) == (MailState.QUEUED, True, 1)


def test_a_connection_that_breaks_after_the_message_was_given_over_leaves_it_in_doubt(serve):
    server = serve(at("message", HANG_UP))
    a_letter()
    delivery.deliver(at=MONDAY)
    assert (states(), server.connections) == ([MailState.IN_DOUBT], 1)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("mail", "550 5.7.1 sender refused"),
        ("rcpt", "550 5.1.1 no such user"),
        ("data", "554 no"),
        ("message", "552 too large"),
        ("message", "554 5.7.1 looks like spam"),
    ],
)
def test_a_final_refusal_is_final_wherever_it_comes(serve, step, said):
    serve(at(step, said))
    a_letter()
    delivery.deliver(at=MONDAY)
    mail = Mail.objects.get()
    assert (mail.state, mail.attempts) == (MailState.FAILED, 1)
    assert said.split()[-1] in mail.last_error


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("mail", "451 later"),
        ("mail", "530 5.7.0 Authentication required"),
        ("rcpt", "450 greylisted"),
        ("message", "451 greylisted"),
    ],
)
def test_a_refusal_for_now_is_tried_again_later(serve, step, said):
    serve(at(step, said))
    a_letter()
    delivery.deliver(at=MONDAY)
    assert (states(), Mail.objects.get().due_at > MONDAY) == ([MailState.QUEUED], True)


def test_one_that_is_refused_keeps_the_connection_for_the_others(serve):
    server = serve(lambda step, number: "550 no such user" if step == "rcpt" and number == 1 else None)
    for number in range(3):
        a_letter(f"letter:{number}")
    delivery.deliver(at=MONDAY)
    assert server.connections == 1
    assert states() == [MailState.SENT, MailState.FAILED, MailState.FAILED]


def test_a_letter_that_cannot_be_sent_at_all_fails_at_once(serve):
    serve(lambda _step, _number: None)
    letter = a_letter()
    Mail.objects.filter(pk=letter.pk).update(subject="one\ntwo")
    delivery.deliver(at=MONDAY)
    assert states() == [MailState.FAILED]
