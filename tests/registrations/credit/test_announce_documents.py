"""The sweep that tells people that a document can be had."""

from datetime import timedelta

import pytest

from registrations.credit.domain import issuing
from registrations.credit.domain.announce_documents import tell_ready
from stemnet.models import Mail
from tests.factories import a_person
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = pytest.mark.django_db


def test_whoever_answered_is_told_once():
    registration = a_participant(an_awarding_network(), attended=3)
    assert (tell_ready(at=JUNE), tell_ready(at=JUNE + timedelta(days=30))) == (1, 0)
    mail = Mail.objects.get()
    assert mail.address == registration.person.primary_address
    assert f"/learning/{registration.network.slug}/documents/" in mail.text
    assert "PDP certificate" not in mail.text


def test_nobody_is_told_again_when_the_outbox_forgets_old_mail():
    a_participant(an_awarding_network())
    tell_ready(at=JUNE)
    Mail.objects.all().delete()
    assert tell_ready(at=JUNE + timedelta(days=731)) == 0


def test_late_is_better_than_never():
    a_participant(an_awarding_network())
    assert tell_ready(at=JUNE + timedelta(days=400)) == 1


def test_whoever_has_not_answered_is_not_told():
    a_participant(an_awarding_network(), evaluated=False)
    assert tell_ready(at=JUNE) == 0


def test_whoever_took_the_documents_already_is_not_told(private_files):
    registration = a_participant(an_awarding_network())
    issuing.issue_ready(registration=registration, by=registration.person, at=JUNE)
    assert tell_ready(at=JUNE) == 0


def test_somebody_without_an_address_stops_nobody():
    network = an_awarding_network()
    person = a_person()
    person.emails.all().delete()
    a_participant(network, person=person)
    a_participant(network)
    tell_ready(at=JUNE)
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("people", [1, 30])
def test_the_sweep_reads_as_much_for_one_as_for_thirty(people, django_assert_max_num_queries):
    network = an_awarding_network()
    for _number in range(people):
        a_participant(network)
    tell_ready(at=JUNE)
    with django_assert_max_num_queries(3):
        tell_ready(at=JUNE)
