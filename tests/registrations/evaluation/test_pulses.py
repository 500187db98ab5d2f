"""The pulse of a meeting: when it is asked and of whom, anonymous, and without any say about documents."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetings.models import Meeting
from partners.merging.domain import merging
from registrations.credit.domain.readiness import readiness_of_person
from registrations.evaluation.domain import (
    answer_box,
    asking_evaluation,
    asking_pulses,
    evaluating,
    pulses,
    questionnaires,
)
from registrations.evaluation.exceptions import EvaluationAnswered, EvaluationClosed, EvaluationRefused
from registrations.models import Attendance, Evaluation, EvaluationCompletion, PulseRequest
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_coordinator,
    a_network,
    a_registration,
    a_staff_member,
    a_user,
    an_attendance,
    an_evaluation,
)

pytestmark = pytest.mark.django_db
ANSWERS = {"p1": 5, "p2": {"The time was well used.": 4}}


@pytest.fixture
def meeting():
    """The first meeting of a network that asks after each, and that has not begun."""
    network = a_network(meetings=2)
    meeting = network.meetings.order_by("starts_at").first()
    before = meeting.starts_at - timedelta(days=1)
    pulses.ask_after_meetings(network, asks=True, days=7, by=SWEEP, at=before)
    return meeting


def over(meeting, **later):
    return meeting.ends_at + timedelta(**(later or {"minutes": 5}))


def some_there(meeting, number):
    people = [a_registration(meeting.network) for _number in range(number)]
    for registration in people:
        an_attendance(registration, meeting)
    return people


def an_open_pulse(meeting, people=0):
    everyone = some_there(meeting, people)
    pulses.open_pulses(at=over(meeting))
    pulses.ask_who_was_there(at=over(meeting))
    requests = {one.registration_id: one for one in PulseRequest.objects.select_related("evaluation")}
    return Evaluation.objects.get(meeting=meeting), [requests[one.pk] for one in everyone]


def test_it_opens_when_the_meeting_has_ended_and_once(meeting):
    assert pulses.open_pulses(at=meeting.ends_at - timedelta(minutes=1)) == 0
    assert pulses.open_pulses(at=over(meeting)) == 1
    assert pulses.open_pulses(at=over(meeting, hours=1)) == 0


def test_it_is_not_asked_of_meetings_that_ended_before_it_was_turned_on():
    network = a_network(meetings=1)
    meeting = network.meetings.get()
    pulses.ask_after_meetings(network, asks=True, days=7, by=SWEEP, at=over(meeting))
    assert pulses.open_pulses(at=over(meeting, hours=1)) == 0


def test_it_is_not_asked_of_a_cancelled_meeting_or_once_it_is_turned_off(meeting):
    meeting.status = "cancelled"
    meeting.save()
    assert pulses.open_pulses(at=over(meeting)) == 0
    meeting.status = "scheduled"
    meeting.save()
    pulses.ask_after_meetings(meeting.network, asks=False, days=7, by=SWEEP, at=NOW)
    assert pulses.open_pulses(at=over(meeting)) == 0


def test_who_was_there_is_mailed_once_and_reminded_once(meeting):
    some_there(meeting, 2)
    noon = meeting.ends_at.replace(hour=17)
    mails = [asking_evaluation.sweep_evaluations(at=noon + timedelta(days=days)) for days in (0, 1, 3, 4, 6)]
    assert mails == [2, 0, 2, 0, 0]
    assert "How was the meeting" in Mail.objects.earliest("pk").subject


def test_who_answered_is_not_reminded(meeting):
    some_there(meeting, 1)
    noon = meeting.ends_at.replace(hour=17)
    asking_evaluation.sweep_evaluations(at=noon)
    pulses.answer_pulse(PulseRequest.objects.get(), ANSWERS, at=noon)
    assert asking_evaluation.sweep_evaluations(at=noon + timedelta(days=3)) == 0


def test_who_is_marked_late_is_asked_late(meeting):
    an_open_pulse(meeting, 1)
    late = a_registration(meeting.network)
    assert pulses.ask_who_was_there(at=over(meeting, days=1)) == 0
    an_attendance(late, meeting)
    assert pulses.ask_who_was_there(at=over(meeting, days=1)) == 1


def test_it_closes_by_its_days_and_shows_results_from_five_answers_on(meeting):
    pulse, requests = an_open_pulse(meeting, 5)
    for request in requests:
        pulses.answer_pulse(request, ANSWERS, at=over(meeting))
    asking_evaluation.sweep_evaluations(at=over(meeting, days=7))
    pulse.refresh_from_db()
    assert pulse.closed_at is None
    asking_evaluation.sweep_evaluations(at=over(meeting, days=9))
    pulse.refresh_from_db()
    assert (pulse.answered, pulse.published_at is not None, pulse.responses.count()) == (5, True, 5)


def test_four_answers_stay_sealed(meeting):
    pulse, requests = an_open_pulse(meeting, 4)
    for request in requests:
        pulses.answer_pulse(request, ANSWERS, at=over(meeting))
    evaluating.close(evaluation=pulse, by=SWEEP, at=over(meeting, days=8))
    pulse.refresh_from_db()
    assert (pulse.published_at, pulse.responses.count(), len(answer_box.answers_in(pulse))) == (None, 0, 4)


def test_a_second_answer_and_a_late_one_are_refused(meeting):
    pulse, (first, second) = an_open_pulse(meeting, 2)
    pulses.answer_pulse(first, ANSWERS, at=over(meeting))
    with pytest.raises(EvaluationAnswered):
        pulses.answer_pulse(first, {"p1": 1}, at=over(meeting))
    with pytest.raises(EvaluationClosed):
        pulses.answer_pulse(second, ANSWERS, at=over(meeting, days=9))
    assert answer_box.answers_in(pulse) == [ANSWERS]


def test_a_request_says_who_answered_and_holds_nothing_of_what():
    assert {field.name for field in PulseRequest._meta.get_fields()} == {
        "id",
        "evaluation",
        "registration",
        "asked_at",
        "step",
        "mails",
        "mailed_at",
        "completed_on",
    }
    assert PulseRequest._meta.get_field("completed_on").get_internal_type() == "DateField"


def test_answering_a_pulse_opens_no_document(meeting):
    pulse, (request,) = an_open_pulse(meeting, 1)
    registration = request.registration
    an_evaluation(meeting.network)
    pulses.answer_pulse(request, ANSWERS, at=over(meeting))
    readiness = readiness_of_person(meeting.network, registration.person, at=over(meeting))
    assert (readiness.evaluation_done, evaluating.is_done(registration)) == (False, False)
    assert EvaluationCompletion.objects.count() == 0
    evaluating.answer_evaluation(registration=registration, answers={"1": 5}, at=NOW)
    readiness = readiness_of_person(meeting.network, registration.person, at=over(meeting))
    assert (readiness.evaluation_done, evaluating.is_done(registration)) == (True, True)
    assert len(answer_box.answers_in(pulse)) == 1


def test_a_pulse_without_questions_can_not_be_turned_on():
    network = a_network(meetings=1)
    questionnaires.begin(network, "pulse", questionnaires.NOTHING, by=SWEEP, at=NOW)
    with pytest.raises(EvaluationRefused, match="no questions to ask"):
        pulses.ask_after_meetings(network, asks=True, days=7, by=SWEEP, at=NOW)


def test_the_page_takes_the_answers_of_who_was_there_and_of_nobody_else(client, meeting):
    user, stranger = a_user(), a_user()
    registration = a_registration(meeting.network, user.person)
    an_attendance(registration, meeting)
    pulse, _requests = an_open_pulse(meeting)
    address = reverse("pulse", args=[meeting.network.slug, meeting.uid])
    with time_machine.travel(over(meeting), tick=False):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
        client.force_login(user)
        assert "How was the meeting on" in client.get(address).content.decode()
        rows = {f"qp2_{number}": "4" for number in range(3)}
        wrong = client.post(address, {"qp4": "Kept words"})
        assert (wrong.status_code, "Kept words" in wrong.content.decode()) == (422, True)
        done = client.post(address, {"qp1": "5", **rows, "asked": "1"}, follow=True)
        assert "Done, thank you" in done.content.decode()
        again = client.post(address, {"qp1": "1", **rows, "asked": "1"}, follow=True)
        assert "already answered" in again.content.decode()
    assert [each["p1"] for each in answer_box.answers_in(pulse)] == [5]


@pytest.mark.parametrize("number", [1, 30])
def test_the_staff_page_takes_the_same_statements_for_1_and_30_pulses(
    client, number, django_assert_num_queries
):
    network = a_network(meetings=number)
    first = network.meetings.order_by("starts_at").first()
    last = network.meetings.order_by("starts_at").last()
    questionnaire = pulses.ask_after_meetings(
        network, asks=True, days=60, by=SWEEP, at=first.starts_at - timedelta(days=1)
    )
    for meeting in network.meetings.all():
        pulses.open_pulse(questionnaire, meeting, at=over(last))
    client.force_login(a_staff_member().user)
    client.get(reverse("staff_pulse", args=[network.slug]))
    with django_assert_num_queries(8):
        page = client.get(reverse("staff_pulse", args=[network.slug]))
    assert len(page.context["rows"]) == number


def test_one_person_with_two_records_answers_once(meeting):
    _pulse, (kept, gone) = an_open_pulse(meeting, 2)
    PulseRequest.objects.filter(pk=gone.pk).update(completed_on=meeting.on)
    by = a_coordinator()
    people = {"kept": kept.registration.person, "gone": gone.registration.person}
    merge = merging.merge_people(**people, take=set(), by=by, at=over(meeting, hours=1))
    kept.refresh_from_db()
    assert kept.completed_on == meeting.on
    merging.undo(merge, at=over(meeting, hours=2))
    kept.refresh_from_db()
    assert kept.completed_on is None


def test_who_was_not_there_after_all_and_who_would_have_been_at_a_cancelled_meeting_is_not_asked(meeting):
    an_open_pulse(meeting, people=2)
    absent, there = PulseRequest.objects.order_by("pk")
    person = there.registration.person
    Attendance.objects.filter(registration=absent.registration).update(status="absent")
    assert [one.pk for one in asking_pulses.due(over(meeting))] == [there.pk]
    assert pulses.pulse_asked_of(absent.registration.person, meeting.uid) is None
    assert pulses.waiting_for(person, at=over(meeting)) == [there]
    Meeting.objects.filter(pk=meeting.pk).update(status="cancelled")
    assert (list(asking_pulses.due(over(meeting))), pulses.waiting_for(person, at=over(meeting))) == ([], [])
