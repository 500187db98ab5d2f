"""No transaction stays open while mail is rendered or a document typeset, so nobody else waits for it."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from meetings.gathering.domain import homework, item_reminders
from meetings.gathering.domain.belonging import Source
from meetings.models import Network
from meetings.planning.domain import moving
from registrations.credit.domain import drafting, issuing, replacing
from registrations.seats.domain import network_setup, staffing, visiting, waitlist, withdrawing
from registrations.seats.domain.answers import Answers
from stemnet import jobs
from stemnet.models import Job, Mail
from stemnet.outbox import rendering
from tests.factories import NOW, SWEEP, a_network, a_person, a_registration, a_staff_member
from tests.meetings.gathering.rows import AT, DUE, an_item
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("private_files"),
]


@pytest.fixture
def rendered(monkeypatch) -> list[bool]:
    """For each time that mail is rendered or a document typeset, whether a transaction was open."""
    held: list[bool] = []

    def look(*_said):
        held.append(connection.in_atomic_block)
        return {}

    def typeset(snapshot):
        look()
        return render_document(snapshot)

    render_document = drafting.render_document
    monkeypatch.setattr(rendering, "_sources", [*rendering._sources, look])
    monkeypatch.setattr(drafting, "render_document", typeset)
    return held


def full():
    """A network of one seat: who has it, and who waits for it."""
    network = a_network(seats=1)
    return a_registration(network), a_registration(network)


def leaving():
    withdrawing.leave_network(full()[0], by=SWEEP, at=NOW)


def removing():
    withdrawing.remove_from_network(a_registration(a_network()), reason="Moved away", by=SWEEP, at=NOW)


def more_seats():
    network = full()[0].network
    Network.objects.update(seats=2)
    waitlist.fill_seats(network, by=SWEEP, at=NOW)


def giving_a_seat():
    staffing.give_seat(registration=full()[1], reason="A mentor", by=SWEEP, at=NOW)


def a_snow_day():
    meetings = a_registration(a_network()).network.meetings.all()
    moving.change_meetings(meetings, moving.rescheduled(on=date(2020, 10, 21)), by=SWEEP, at=NOW)


def calling_it_off():
    network_setup.cancel_network(full()[0].network, reason="Too few", by=SWEEP, at=NOW)


def coming_to_a_session():
    network = a_network(kind="information_session", credit_code="", asks_evaluation=False)
    answers = Answers(address="lead@example.org", first_name="Role", last_name="Account")
    visiting.attend_session(network=network, answers=answers, client="c", at=NOW)


def revoking():
    document = issued()
    replacing.revoke(document=document, reason="Mixed up", by=SWEEP, at=JUNE)


def replacing_one():
    replacing.reissue(document=issued(), reason="Another name", by=SWEEP, at=JUNE)


def issued():
    return issuing.issue(registration=a_participant(an_awarding_network()), kind="pdp", by=SWEEP, at=JUNE)


def giving_an_item():
    an_item(a_network().meetings.get())


def giving_homework():
    source, by = Source.of(a_network().meetings.get()), a_staff_member()
    asked = {"text": "What do you use?", "details": "", "due_on": DUE, "by": by, "at": AT}
    given = homework.give_homework(source, owners=[a_person(), a_person()], **asked)
    homework.remind_open(given, at=AT)


def reminding_of_items():
    an_item(a_network().meetings.get())
    item_reminders.sweep_action_items(at=AT.replace(month=11, day=3))


ACTS = [
    (giving_an_item, 1),
    (giving_homework, 4),
    (reminding_of_items, 2),
    (leaving, 2),
    (removing, 1),
    (more_seats, 1),
    (giving_a_seat, 1),
    (a_snow_day, 1),
    (calling_it_off, 2),
    (coming_to_a_session, 1),
    (revoking, 1),
    (replacing_one, 1),
]


@pytest.mark.parametrize(("act", "mails"), ACTS, ids=lambda one: getattr(one, "__name__", ""))
def test_nothing_is_rendered_in_a_transaction(act, mails, rendered):
    act()
    assert (Mail.objects.count(), set(rendered), Job.objects.count()) == (mails, {False}, 0)


def test_where_the_process_dies_after_the_act_a_worker_writes_the_mail():
    registration = a_registration(a_network())
    with transaction.atomic():  # which nothing finishes
        withdrawing.remove_from_network.__wrapped__(registration, reason="Moved away", by=SWEEP, at=NOW)
    assert (Mail.objects.count(), Job.objects.get().kind) == (0, "registrations.letters")
    later = datetime(2020, 10, 1, 15, tzinfo=UTC)
    jobs.run_waiting(at=later)
    assert "Moved away" in Mail.objects.get().text


def test_what_was_taken_back_is_told_to_nobody():
    registration = a_registration(a_network())
    with pytest.raises(ZeroDivisionError), jobs.finishing(), transaction.atomic():
        withdrawing.remove_from_network(registration, reason="Moved away", by=SWEEP, at=NOW)
        raise ZeroDivisionError
    registration.refresh_from_db()
    assert (registration.status, Mail.objects.count(), Job.objects.count()) == ("seated", 0, 0)
