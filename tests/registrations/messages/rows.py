"""A network with people, and messages to them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from registrations.messages.domain import sending, writing
from registrations.models import Message
from stemnet import jobs
from tests import factories

AT = datetime(2020, 11, 2, 15, 0, tzinfo=UTC)
SUBJECT, TEXT = "Materials", "Dear {first_name},\n\nYou have {hours} hours.\n\n{my_page}\n\nNetwork staff"


def a_network_with(number, **fields):
    """Return a network and its registrations, with the first names One, Two, …"""
    network = factories.a_network(**fields)
    names = ["One", "Two", "Three", "Four", "Five"]
    people = [factories.a_person(first_name=names[n % 5], last_name=f"Person {n:03}") for n in range(number)]
    return network, [factories.a_registration(network, person) for person in people]


def a_draft(network, *, by=None, audience="seated", subject=SUBJECT, text=TEXT, at=AT, **more):
    by = by or factories.a_staff_member(address=f"staff-{uuid4().hex[:6]}@example.org")
    choice = more.pop("choice", {})
    draft = writing.begin_message(
        network=network, audience=audience, choice=choice, uid=uuid4(), by=by, at=at, **more
    )
    writing.save_draft(draft, subject=subject, text=text)
    return draft


def sent(message, *, at=AT):
    """Let a draft go, its minute pass and its job run; return the message as it is then."""
    sending.send_message(message, when=None, by=message.written_by, at=at)
    later = at + timedelta(minutes=2)
    sending.sweep_messages(at=later)
    jobs.run_waiting(at=later)
    return Message.objects.get(pk=message.pk)
