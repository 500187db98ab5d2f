"""Telling many of a change: by a job that is written with it, each once."""

import pytest

from meetings.planning.domain import moving
from registrations.seats.domain import telling
from stemnet import jobs
from stemnet.models import Job, JobState, Mail
from tests.factories import NOW, SWEEP, a_network, a_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    network = a_network(meetings=2, seats=10)
    for _number in range(3):
        a_registration(network)
    return network


def move(network):
    wanted = moving.moved_online(join_url="https://meet.example.org/ste")
    moving.change_meetings(network.meetings.all(), wanted, by=SWEEP, at=NOW, reason="snow")


def told():
    return list(Mail.objects.filter(key__startswith="meetings_changed").values_list("address", flat=True))


def test_few_are_told_in_the_transaction_of_the_change(network):
    move(network)
    assert (len(told()), Job.objects.count()) == (3, 0)


def test_many_are_told_by_a_job_once_each(network, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    monkeypatch.setattr(telling, "PART", 2)
    move(network)
    assert (told(), Job.objects.get().kind) == ([], "registrations.tell")
    jobs.run_waiting(at=NOW)
    first = told()
    Job.objects.update(state=JobState.QUEUED)  # as after a machine that stopped
    jobs.run_waiting(at=NOW)
    assert (len(set(first)), told()) == (3, first)
    assert "meet.example.org" in Mail.objects.filter(address=first[0]).last().text


def test_who_left_before_the_job_ran_is_not_told(network, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    move(network)
    gone = network.registrations.first()
    network.registrations.filter(pk=gone.pk).update(status="withdrawn")
    jobs.run_waiting(at=NOW)
    assert len(told()) == 2
    assert gone.person.primary_address not in told()
