"""A rule that does not want the evaluation: it may be asked, and no document waits for it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from meetings.models import Network
from registrations.attendance.domain import completing
from registrations.credit.domain import announce_documents, issuing
from registrations.credit.domain.readiness import readiness_of_person
from registrations.evaluation.domain import asking_evaluation, evaluating
from registrations.models import CreditRule, Registration
from stemnet.models import Mail
from tests.factories import SWEEP, a_person, a_staff_member, a_user
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    """Somebody at five meetings of a network that asks an evaluation which its rule does not want."""
    CreditRule.objects.filter(code="MA-PDP").update(require_evaluation=False)
    return a_participant(an_awarding_network(), evaluated=False, person=a_user().person)


def complete(network: Network, *, at=JUNE) -> None:
    for meeting in network.meetings.all():
        completing.complete_attendance(meeting, by=SWEEP, at=at)


def where(registration: Registration):
    return readiness_of_person(registration.network, registration.person, at=JUNE)


def shown(client, registration: Registration, name: str, user=None) -> str:
    with time_machine.travel(JUNE, tick=False):
        client.force_login(user or registration.person.user)
        page = client.get(reverse(name, args=[registration.network.slug]))
    return " ".join(page.content.decode().split())


def test_documents_wait_for_the_attendance_only(registration):
    assert where(registration).reason == "Confirmation of attendance: attendance isn't complete yet"
    complete(registration.network)
    assert where(registration).ready == ["attendance", "pdp"]


def test_a_certificate_is_issued_without_the_evaluation(registration):
    complete(registration.network)
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    assert document.snapshot["units"] == "15"


def test_my_learning_says_that_documents_do_not_wait(client, registration):
    page = shown(client, registration, "learning_network")
    assert "(you don&#x27;t need it to get your documents)" in page


def test_the_evaluation_itself_says_that_documents_do_not_wait(client, registration):
    page = shown(client, registration, "evaluation")
    assert "need it to get your documents" in page
    assert "depend on it" not in page


def test_a_closed_evaluation_wants_no_confirmation(client, registration):
    evaluating.close(evaluation=registration.network.evaluation, by=SWEEP, at=JUNE)
    page = shown(client, registration, "evaluation")
    assert "need the evaluation to get your documents." in page
    assert 'name="confirm"' not in page


def test_the_mail_says_that_documents_do_not_wait(registration):
    asking_evaluation.sweep_evaluations(at=JUNE)
    text = Mail.objects.get().text
    assert "You don't need to answer to get your documents." in text
    assert "After that, you can get your documents." not in text


def test_nobody_is_asked_to_confirm_a_closed_evaluation_that_nothing_waits_for(registration):
    evaluating.close(evaluation=registration.network.evaluation, by=SWEEP, at=JUNE)
    assert asking_evaluation.sweep_evaluations(at=JUNE) == 0


def test_my_documents_say_what_they_wait_for(client, registration):
    page = shown(client, registration, "my_documents")
    assert "You can get your confirmation of attendance here once attendance is complete." in page


def test_staff_read_that_the_evaluation_is_not_needed(client, registration):
    assert "open, not needed" in shown(client, registration, "staff_documents", a_staff_member().user)


def test_staff_excuse_nobody_from_what_nothing_waits_for(client, registration):
    client.force_login(a_staff_member().user)
    address = reverse("staff_person", args=[registration.network.slug, registration.uid])
    with time_machine.travel(JUNE, tick=False):
        client.force_login(a_staff_member().user)
        assert "excuse" not in client.get(address).context["forms"]


def test_the_public_page_promises_nothing_after_the_evaluation(client, registration):
    page = client.get(registration.network.get_absolute_url()).content.decode()
    assert "once you answer the network evaluation" not in page


def test_people_hear_that_documents_are_ready_once_attendance_is_complete(registration):
    assert announce_documents.tell_ready(at=JUNE) == 0
    complete(registration.network)
    assert announce_documents.tell_ready(at=JUNE) == 1
    assert announce_documents.tell_ready(at=JUNE) == 0
    assert Mail.objects.filter(template="mail/registrations/documents_ready").count() == 1


def test_what_was_complete_long_ago_is_no_news(registration):
    complete(registration.network, at=JUNE - timedelta(days=5))
    assert announce_documents.tell_ready(at=JUNE + timedelta(days=60)) == 0


@pytest.mark.parametrize("people", [1, 10])
def test_looking_for_ready_documents_takes_the_same_queries_for_any_number(
    people, registration, django_assert_num_queries
):
    network = registration.network
    for _number in range(people - 1):
        a_participant(network, evaluated=False, person=a_person())
    complete(network)
    Registration.objects.update(told_of_documents=True)
    with django_assert_num_queries(5):
        announce_documents.tell_ready(at=JUNE)
