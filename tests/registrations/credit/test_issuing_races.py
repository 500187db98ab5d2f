"""Two clicks at once issue one document, and numbers have no gaps (PostgreSQL)."""

from datetime import date
from threading import Event
from time import sleep

import pytest
from django.db import transaction

from registrations.credit.domain import issuing, replacing
from registrations.credit.domain.readiness import readiness_of
from registrations.models import CreditRule, Document
from registrations.seats.domain import seats
from tests.factories import SWEEP
from tests.races import at_once
from tests.registrations.attendance.test_attendance_races import AT_ONCE
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _postgres(private_files):
    CreditRule.objects.get_or_create(
        code="MA-PDP", version=1, defaults={"name": "PDPs", "effective_from": date(2012, 7, 1)}
    )


def click(registration):
    return lambda: issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)


def issue_to(everyone):
    return lambda: list(issuing.issue_all(everyone, by=SWEEP, at=JUNE))


def test_many_clicks_at_once_issue_one_document():
    registration = a_participant(an_awarding_network())
    outcomes = at_once([click(registration)] * AT_ONCE)
    assert {outcome.pk for outcome in outcomes} == {Document.objects.get().pk}


def test_numbers_given_at_once_have_no_gaps():
    network = an_awarding_network()
    outcomes = at_once([click(a_participant(network)) for _ in range(AT_ONCE)])
    numbers = sorted(outcome.number for outcome in outcomes)
    assert numbers == [f"2021-{number:06d}" for number in range(1, AT_ONCE + 1)]


def test_clicks_while_all_are_issued_to_leave_one_document_each_and_no_gaps():
    network = an_awarding_network()
    registrations = [a_participant(network) for _ in range(AT_ONCE)]
    everyone = readiness_of(network, at=JUNE)
    outcomes = at_once([issue_to(everyone), *map(click, registrations)])
    numbers = sorted(Document.objects.values_list("number", flat=True))
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert numbers == [f"2021-{number:06d}" for number in range(1, 2 * AT_ONCE + 1)]


def test_a_correction_that_is_being_written_is_waited_for():
    network = an_awarding_network()
    registration, begun = a_participant(network, attended=4), Event()

    def correct():
        with transaction.atomic():
            seats.lock_network(network)
            registration.attendances.filter(meeting__title="Meeting 1").update(minutes_counted=150)
            begun.set()
            sleep(0.5)

    def issue():
        begun.wait()
        return issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)

    (document,) = [outcome for outcome in at_once([correct, issue]) if outcome]
    assert document.snapshot["hours"] == "11.50"


def test_replacing_and_revoking_at_once_end_in_one_of_the_two():
    document = issuing.issue(registration=a_participant(an_awarding_network()), kind="pdp", by=SWEEP, at=JUNE)
    acts = [
        lambda: replacing.revoke(document=document, reason="x", by=SWEEP, at=JUNE),
        lambda: replacing.reissue(document=document, reason="x", by=SWEEP, at=JUNE),
    ]
    outcomes = at_once(acts)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Document", "IssuingRefused"]
    assert document.changes.count() == 2
