"""Registering writes its mail before the lock, and tells the truth also where something else comes of it."""

import pytest
from django.db import connection
from django.urls import reverse

from registrations.models import Hold
from registrations.seats.domain import entering, registering
from registrations.seats.domain.entering import Coming, Outcome
from stemnet.models import Mail
from stemnet.outbox import queueing
from tests.factories import NOW, a_network, a_person, a_registration, a_user
from tests.registrations.seats.test_registering import answers, code_of, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def depths(monkeypatch):
    """Return how many transactions are open within the test's own whenever a mail is rendered."""
    seen, render = [], queueing.render

    def look(*args, **kwargs):
        seen.append(len(connection.savepoint_ids))
        return render(*args, **kwargs)

    monkeypatch.setattr(queueing, "render", look)
    return seen


def to_person(address="lead@example.org"):
    return Mail.objects.get(address=address, secret=False)


@pytest.mark.parametrize("seats", [2, 0])
def test_no_mail_is_rendered_while_anything_is_held(depths, seats):
    network, leader = a_network(seats=seats), {"leader_name": "Principal", "leader_email": "p@example.org"}
    hold = start(network, **leader)
    registering.confirm_registration(hold=hold, code=code_of(), at=NOW)
    registering.register_person(network=network, person=a_user().person, answers=answers(), at=NOW)
    assert depths == [0] * 4  # the code, who comes and their leader, and who was signed in


def foresee(monkeypatch, outcome):
    monkeypatch.setattr(Coming, "_foreseen", lambda self: outcome)


@pytest.mark.parametrize("rounds", [1, 3])
def test_a_seat_that_was_taken_meanwhile_is_told_as_a_place_in_line(monkeypatch, rounds):
    monkeypatch.setattr(entering, "ROUNDS", rounds)
    network = a_network(seats=1)
    for _one in range(3):
        a_registration(network)
    Mail.objects.all().delete()
    foresee(monkeypatch, Outcome(seated=True, full_group=None))
    person = a_person(address="lead@example.org")
    registration = registering.register_person(network=network, person=person, answers=answers(), at=NOW)
    mail = to_person()
    assert (registration.line, mail.template.rpartition("/")[2]) == (3, "waiting")
    for words in (mail.subject, mail.text, mail.html):
        assert "3" in words
        assert "\ue000" not in words
    assert mail.attachments == []
    assert person.positions.count() == 1


def test_a_seat_that_came_free_meanwhile_is_told_with_the_calendar_file(monkeypatch):
    foresee(monkeypatch, Outcome(seated=False, full_group=None))
    person = a_person(address="lead@example.org")
    registering.register_person(network=a_network(), person=person, answers=answers(), at=NOW)
    mail = to_person()
    assert mail.template.endswith("registered")
    assert "waitlist" not in mail.text
    assert len(mail.attachments) == 1


def test_a_group_that_filled_up_meanwhile_is_named(monkeypatch):
    network = a_network()
    group = network.working_groups.create(title="Robotics", places=0)
    foresee(monkeypatch, Outcome(seated=True, full_group=None))
    person = a_person(address="lead@example.org")
    registering.register_person(network=network, person=person, answers=answers(group=group.pk), at=NOW)
    assert "“Robotics” filled up" in to_person().text


def test_a_code_whose_mail_was_never_written_is_mailed_by_the_next_form(monkeypatch):
    network = a_network()
    with monkeypatch.context() as killed:
        killed.setattr(registering.mail_codes, "send_code", lambda hold, at: None)
        start(network)
    assert not Mail.objects.exists()
    hold = start(network)
    assert (Mail.objects.get().object, Hold.objects.count()) == (f"hold:{hold.uid}", 1)


@pytest.mark.time_machine(NOW, tick=False)
def test_a_page_that_was_sent_again_shows_the_same(client):
    network = a_network()
    hold = start(network)
    address, code = reverse("register_code", args=[network.slug, hold.uid]), code_of()
    assert "You're registered" in client.post(address, {"code": code}).content.decode()
    assert client.post(address, {"code": code}).url == reverse("register", args=[network.slug])
    assert network.registrations.count() == 1
