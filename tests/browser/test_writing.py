"""A message from choosing to its report, with one address that the mail server refuses; on a phone, too."""

import socketserver
import threading
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from partners.models import PersonEmail
from registrations.messages.domain import sending
from registrations.models import Message
from stemnet import jobs
from stemnet.outbox import delivery
from tests import factories
from tests.browser.test_accessibility import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
GONE = "gone@example.org"


class Server(socketserver.ThreadingTCPServer):
    """A mail server that takes every mail but those to one address."""

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT" and GONE.encode() in line:
                self.say("550 5.1.1 No such user here")
            elif verb == b"DATA":
                self.say("354 go on")
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                self.say("250 taken")
            else:
                self.say("221 bye" if verb == b"QUIT" else "250 well")
                if verb == b"QUIT":
                    return

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def mail_server(settings):
    server = Server()
    settings.EMAIL_BACKEND = "stemnet.outbox.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
    yield server
    server.shutdown()
    server.server_close()


def a_network():
    """Three people missed the only meeting that was held; one came."""
    factories.a_partnership()
    network = factories.a_network(title="District Leaders", meetings=0)
    held = factories.a_meeting(network, on=date(2020, 10, 14), title="Routines")
    for name, address in [("Ada", "ada@example.org"), ("Bea", GONE), ("Cem", "cem@example.org")]:
        factories.a_registration(
            network, factories.a_person(first_name=name, last_name="Lead", address=address)
        )
    came = factories.a_registration(network, factories.a_person(first_name="Dan", last_name="Lead"))
    factories.an_attendance(came, held)
    return network


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_message_goes_from_choosing_to_a_report_with_one_refused_address(meet, mail_server, screen):
    network = a_network()
    staff = factories.a_staff_member(address="desk@example.org")
    person = meet(staff.primary_address, password=True, phone=screen == "phone")
    person.sign_in()
    person.open(f"/staff/networks/{network.slug}/messages/")
    person.press("Write a message")
    person.page.get_by_label("Who didn't come to a meeting").check()
    person.page.get_by_label("Meeting", exact=True).select_option(label="Routines, Wed, Oct 14, 2020")
    person.press("See who that is")
    person.reads("3 people would get this message", "Nobody is left out.")
    person.press("Write to 3 people")

    person.fill(subject="Materials from {meeting}", text="Dear ")
    person.page.locator("#id_text").press("End")
    person.page.get_by_role("button", name="first name").click()
    person.page.keyboard.type(",\n\nhere is {what}.")
    preview = person.page.locator("#preview")
    expect(preview).to_contain_text("“{what}” isn't a placeholder.")
    person.press("Send to 3 people")
    person.told("“{what}” isn't a placeholder.")
    person.fill(text="Dear {first_name},\n\nwe missed you.\n\n{my_page}")
    expect(preview).to_contain_text("Dear Ada,")
    expect(preview.locator("mark").first).to_have_text("Routines")
    preview.get_by_role("combobox").select_option(label="Bea Lead")
    expect(preview).to_contain_text("Dear Bea,")
    person.press("Send a test to me")
    person.told("We sent a test to desk@example.org.")
    person.press("Send to 3 people")
    person.reads("Until then you can stop it, and nobody gets it.")

    later = timezone.now() + timedelta(minutes=2)
    sending.sweep_messages(at=later)
    jobs.run_waiting(at=later)
    delivery.deliver(at=later)
    person.open(Message.objects.get().get_absolute_url())
    figures = dict(
        zip(
            person.page.locator(".figs dt").all_inner_texts(),
            person.page.locator(".figs dd").all_inner_texts(),
            strict=True,
        )
    )
    assert figures == {
        "to send": "3",
        "accepted by their mail server": "2",
        "came back": "1",
        "still trying": "0",
    }
    person.reads("1 e-mail came back", "No such mailbox.")
    assert violations(person.page) == []
    assert sum("Subject: Materials from Routines" in one for one in mail_server.taken) == 2
    assert PersonEmail.objects.get(refused_at__isnull=False).address == GONE
    person.press("Write again to the rest")
    person.reads("1 of 1 is left out:", "mail to this address came back (1): Bea Lead")
    assert person.said == []
