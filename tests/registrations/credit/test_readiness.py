"""Who is ready for which document, and the reason in one line."""

import pytest
from django.utils import timezone

from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.readiness import readiness_of, readiness_of_person
from registrations.models import CreditRule, Registration
from tests.factories import SWEEP, a_group, a_meeting, a_network, a_person, a_registration, an_attendance
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = pytest.mark.django_db


def where(registration: Registration):
    return readiness_of_person(registration.network, registration.person, at=JUNE)


def test_vector_b_is_ready_for_both():
    assert where(a_participant(an_awarding_network(), attended=4)).ready == ["attendance", "pdp"]


def test_vector_c_is_ready_for_the_confirmation_with_the_reason_for_no_more():
    readiness = where(a_participant(an_awarding_network(), attended=3))
    assert readiness.ready == ["attendance"]
    assert readiness.reason == "PDP certificate: 9 of 10 hours, no PDPs yet"


def test_vector_d_a_group_on_the_same_topic_lifts_over_the_minimum():
    network = an_awarding_network()
    registration = a_participant(network, attended=3)
    meeting = a_meeting(network, working_group=a_group(network), title="Group")
    an_attendance(registration, meeting)
    readiness = where(registration)
    assert (readiness.total.units, readiness.ready) == (12, ["attendance", "pdp"])


def test_vector_h_waits_for_the_evaluation():
    readiness = where(a_participant(an_awarding_network(), evaluated=False))
    assert readiness.ready == []
    assert readiness.reason == "Confirmation of attendance: network evaluation not answered yet"


def test_vector_i_the_certificate_waits_for_the_demonstration_and_the_confirmation_does_not():
    registration = a_participant(an_awarding_network(requires_demonstration=True))
    readiness = where(registration)
    assert readiness.ready == ["attendance"]
    assert readiness.reason == "PDP certificate: demonstration of learning not accepted yet"
    registration.demonstrated_at = JUNE
    registration.save()
    assert where(registration).ready == ["attendance", "pdp"]


def test_vector_n_a_cancelled_meeting_counts_for_nobody():
    network = an_awarding_network()
    registration = a_participant(network)
    network.meetings.filter(title="Meeting 3").update(status="cancelled")
    readiness = where(registration)
    assert (readiness.meetings_attended, readiness.course.own_held, readiness.total.units) == (4, 4, 12)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("provider", None, ["the provider", "the provider's number"]),
        ("pdp_topic", "", ["the PDP topic"]),
        ("pdp_category", "", ["the category"]),
        ("objectives", "", ["the objectives"]),
        ("assessment", "", ["how learning is assessed"]),
        ("signatory_name", "", ["the signatory"]),
        ("signatory_title", "", ["the signatory"]),
        ("credit_code", "", ["a credit rule"]),
    ],
)
def test_what_a_network_lacks(field, value, words):
    network = an_awarding_network(**{field: value})
    assert lacking(network, CreditRule.objects.version_for(network)) == words


def test_a_network_that_lacks_something_gives_confirmations_only():
    readiness = where(a_participant(an_awarding_network(pdp_topic="", objectives="")))
    assert readiness.ready == ["attendance"]
    assert readiness.reason == "PDP certificate: the network is missing the PDP topic, the objectives"


def test_without_attendance_there_is_nothing():
    readiness = where(a_participant(an_awarding_network(), attended=0))
    assert (readiness.ready, readiness.reason) == ([], "Confirmation of attendance: no attendance")


def test_minutes_too_few_to_count_are_still_confirmed():
    network = an_awarding_network()
    registration = a_participant(network, attended=0)
    meeting = network.meetings.first()
    an_attendance(registration, meeting, minutes_attended=60, minutes_counted=0, reason="too_short")
    assert where(registration).ready == ["attendance"]


def test_somebody_who_came_back_keeps_the_hours_of_both_registrations():
    network = an_awarding_network()
    person = a_person()
    a_participant(network, attended=2, person=person, evaluated=False)
    network.registrations.update(status="withdrawn")
    registration = a_participant(network, attended=0, person=person)
    for meeting in network.meetings.order_by("starts_at")[1:4]:
        an_attendance(registration, meeting, reason="full")
    readiness = where(registration)
    assert (readiness.total.hours, readiness.registration) == (12, registration)


def test_who_left_keeps_the_hours_and_the_documents():
    network = an_awarding_network()
    registration = a_participant(network, attended=4)
    Registration.objects.update(status="withdrawn")
    assert where(registration).ready == ["attendance", "pdp"]


def test_who_waits_is_not_listed():
    network = an_awarding_network(seats=1)
    a_participant(network)
    a_registration(network)
    assert len(readiness_of(network, at=JUNE)) == 1


def test_without_an_evaluation_the_completed_attendance_is_the_gate():
    network = a_network(meetings=1, asks_evaluation=False)
    registration = a_registration(network)
    meeting = network.meetings.get()
    an_attendance(registration, meeting)
    assert where(registration).reason == "Confirmation of attendance: attendance isn't complete yet"
    from registrations.attendance.domain.completing import complete_attendance

    complete_attendance(meeting, by=SWEEP, at=JUNE)
    assert where(registration).ready == ["attendance"]


@pytest.mark.parametrize("people", [1, 30])
def test_readiness_takes_the_same_queries_for_any_number(people, django_assert_num_queries):
    network = an_awarding_network()
    for _number in range(people):
        a_participant(network)
    with django_assert_num_queries(11):
        assert len(readiness_of(network, at=timezone.now())) == people
