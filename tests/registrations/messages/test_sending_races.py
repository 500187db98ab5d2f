"""Sending and stopping at once: all of a message goes, or none; shown first as it goes wrong without care."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from registrations.messages.domain import sending, writing
from registrations.messages.domain.letters import Letters
from registrations.messages.exceptions import MessageRefused, NotStoppable
from registrations.models import Message
from stemnet import jobs
from stemnet.models import Job, Mail, MailClass
from stemnet.outbox import queueing
from tests import factories
from tests.races import at_once
from tests.registrations.messages.rows import AT, a_draft, a_network_with

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LATER = AT + timedelta(minutes=2)
READERS = 5


def waiting():
    """Return a message whose time has come."""
    network, _registrations = a_network_with(READERS)
    draft = a_draft(network)
    return sending.send_message(draft, when=None, by=draft.written_by, at=AT)


def test_looking_first_and_writing_then_says_stopped_of_what_goes_out():
    message, looked = waiting(), threading.Barrier(2)

    def look_then_write(state):
        mine = Message.objects.get(pk=message.pk)
        looked.wait()
        if mine.state != "scheduled":
            return None
        mine.state = state
        mine.save(update_fields=["state"])
        return state

    outcomes = at_once([lambda: look_then_write("sending"), lambda: look_then_write("cancelled")])
    assert sorted(outcomes) == ["cancelled", "sending"]  # both were told that it was done


@pytest.mark.parametrize("_turn", range(5))
def test_a_message_that_is_sent_and_stopped_at_once_goes_to_all_or_to_nobody(_turn):
    message = waiting()
    outcomes = at_once(
        [
            lambda: sending.begin(message, at=LATER),
            lambda: sending.stop_message(Message.objects.get(pk=message.pk), by=message.written_by),
        ]
    )
    jobs.run_waiting(at=LATER)
    message.refresh_from_db()
    mails = Mail.objects.filter(mail_class=MailClass.MESSAGE).count()
    refused = [one for one in outcomes if isinstance(one, NotStoppable)]
    assert (message.state, mails, len(refused)) in [("sent", READERS, 1), ("cancelled", 0, 0)]


def test_two_who_press_send_at_once_send_once():
    network, _registrations = a_network_with(READERS)
    draft = a_draft(network)

    def press():
        mine = Message.objects.get(pk=draft.pk)
        return sending.send_message(mine, when=None, by=draft.written_by, at=AT).state

    outcomes = at_once([press, press])
    assert sorted(isinstance(one, MessageRefused) for one in outcomes) == [False, True]


def register_without_waiting(network):
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
    return factories.a_registration(network).status


def test_a_registration_waits_for_no_batch_of_a_message():
    message = waiting()
    with transaction.atomic():  # a batch that takes forever
        sending.list_readers(message, at=LATER)
        queueing.add(Letters(message, at=LATER).mails(message.recipients.all()), at=LATER)
        outcomes = at_once([lambda: register_without_waiting(message.network)])
    assert outcomes == ["seated"]


def test_two_clocks_begin_a_message_once():
    message = waiting()
    outcomes = at_once([lambda: sending.sweep_messages(at=LATER)] * 2)
    jobs.run_waiting(at=LATER)
    assert sorted(outcomes) == [0, 1]
    assert (Job.objects.filter(uid=message.uid).count(), Mail.objects.count()) == (1, READERS)


@pytest.mark.parametrize("_turn", range(3))
def test_a_form_that_is_sent_twice_at_once_begins_one_draft(_turn):
    network, _registrations = a_network_with(1)
    by, uid = factories.a_staff_member(), uuid4()

    def begin():
        return writing.begin_message(network=network, audience="seated", choice={}, uid=uid, by=by, at=AT).pk

    first, second = at_once([begin, begin])
    assert first == second == Message.objects.get().pk


@pytest.mark.parametrize("is_held", [False, True], ids=["without the lock", "as it is"])
def test_a_button_that_is_pressed_twice_at_once_begins_one_draft(is_held, monkeypatch):
    network, _registrations = a_network_with(1)
    by = factories.a_staff_member(address="staff@example.org")
    looked = threading.Barrier(2)
    if not is_held:
        monkeypatch.setattr(writing, "begun_just_now", lambda _message: looked.wait() and None)

    def press():
        return writing.begin_message(network=network, audience="seated", choice={}, by=by, at=AT).pk

    drafts = set(at_once([press, press]))
    assert len(drafts) == (1 if is_held else 2)
