"""The sweep that tells people that a document can be had."""

from datetime import timedelta

import pytest

from meetings.planning.domain import counting
from registrations.attendance.domain import attendance, completing
from registrations.credit.domain import issuing, replacing
from registrations.credit.domain.announce_documents import tell_ready
from registrations.credit.domain.readiness import readiness_of
from stemnet.models import Mail
from tests.factories import SWEEP, a_person, a_registration
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


def awarded(attended):
    """Somebody who was told of the confirmation, in a network of five meetings with marks."""
    network = an_awarding_network()
    registration = a_registration(network)
    network.evaluation.completions.create(registration=registration, completed_on=JUNE.date())
    for meeting in network.meetings.order_by("starts_at")[:attended]:
        seen(registration, meeting)
    return registration


def seen(registration, meeting, **how):
    attendance.mark_attendance(
        registration=registration, meeting=meeting, **{"seen": "present", **how}, by=SWEEP, at=JUNE
    )


def told():
    letters = Mail.objects.filter(key__startswith="documents").order_by("pk")
    return ["PDP certificate" in mail.text for mail in letters]


def test_a_correction_that_gives_a_certificate_is_told_once():
    registration = awarded(3)
    assert tell_ready(at=JUNE) == 1
    seen(registration, registration.network.meetings.order_by("starts_at")[3])
    assert (tell_ready(at=JUNE), tell_ready(at=JUNE + timedelta(days=1))) == (1, 0)
    assert told() == [False, True]


def test_a_correction_that_changes_no_document_is_not_told():
    registration = awarded(4)
    tell_ready(at=JUNE)
    seen(registration, registration.network.meetings.order_by("starts_at")[4])
    assert tell_ready(at=JUNE) == 0


def test_a_document_that_can_be_had_again_after_it_was_revoked_is_told(private_files):
    registration = awarded(4)
    tell_ready(at=JUNE)
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    first = registration.network.meetings.order_by("starts_at")[0]
    seen(registration, first, seen="absent", reason="somebody else")
    replacing.revoke(document=document, reason="9 hours", by=SWEEP, at=JUNE)
    assert tell_ready(at=JUNE) == 0
    seen(registration, first, reason="it was her")
    assert tell_ready(at=JUNE) == 1


def test_who_was_told_is_not_told_again_when_staff_issue(private_files):
    registration = awarded(3)
    tell_ready(at=JUNE)
    seen(registration, registration.network.meetings.order_by("starts_at")[3])
    tell_ready(at=JUNE)
    list(issuing.issue_all(readiness_of(registration.network, at=JUNE), by=SWEEP, at=JUNE))
    assert told() == [False, True]


def test_a_network_that_gets_its_provider_later_tells_of_certificates():
    registration = awarded(4)
    network, provider = registration.network, registration.network.provider
    type(network).objects.update(provider=None)
    tell_ready(at=JUNE)
    with counting.watched(network, at=JUNE):
        type(network).objects.update(provider=provider)
    assert tell_ready(at=JUNE) == 1
    assert told() == [False, True]


def test_a_network_that_asks_no_evaluation_tells_everyone_after_a_correction_too():
    network = an_awarding_network(asks_evaluation=False)
    registration = a_registration(network)
    for meeting in network.meetings.order_by("starts_at")[:3]:
        seen(registration, meeting)
    for meeting in network.meetings.all():
        completing.complete_attendance(meeting, by=SWEEP, at=JUNE)
    assert tell_ready(at=JUNE) == 1
    late = JUNE + timedelta(days=200)
    seen(registration, network.meetings.order_by("starts_at")[3])
    assert (tell_ready(at=late), tell_ready(at=late)) == (1, 0)
    assert told() == [False, True]
