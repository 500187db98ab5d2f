"""The evaluation for staff: who is done, never what they answered, and results of many only."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from registrations.evaluation.domain import asking_evaluation, evaluating, pulses, questionnaires
from registrations.evaluation.domain.questionnaires import Plan
from registrations.models import EvaluationResponse
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
from tests.markup import tight

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = a_staff_member()
    client.force_login(person.user)
    return person


def a_network_with(people, *, answered=0, **answers):
    """A network whose evaluation is asked of ``people``, of whom the first ``answered`` did answer."""
    network = a_network()
    evaluation = an_evaluation(network)
    for number in range(people):
        registration = a_registration(network)
        an_attendance(registration, network.meetings.first())
        if number < answered:
            evaluating.answer_evaluation(registration=registration, answers={"1": 5, **answers}, at=NOW)
    evaluation.network = network
    return evaluation


def published(people=6, **answers):
    evaluation = a_network_with(people, answered=people, **answers)
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluating.close_and_publish(evaluation=evaluation, by=SWEEP, at=NOW)
    return evaluation


def page(client, evaluation, name="staff_evaluation", *args, **query):
    return client.get(reverse(name, args=[evaluation.network.slug, *args]), query)


def act(client, evaluation, name):
    address = reverse("staff_evaluation_act", args=[evaluation.network.slug, name])
    return client.post(address, follow=True).content.decode()


def test_the_page_says_how_many_are_done_and_who(client, staff):
    evaluation = a_network_with(3, answered=2)
    evaluating.waive(registration=evaluation.network.registrations.last(), reason="Ill", by=staff, at=NOW)
    text = tight(page(client, evaluation).content.decode())
    assert "2 of 3 people are done" in text
    assert "Excused</a>" not in text and "Excused (1)" in text
    assert f"by {staff}" in text


@pytest.mark.parametrize(("shown", "rows"), [("open", 1), ("done", 2), ("excused", 1), ("", 4), ("false", 4)])
def test_the_lists_hold_who_they_say(client, staff, shown, rows):
    evaluation = a_network_with(4, answered=2)
    evaluating.waive(registration=evaluation.network.registrations.last(), reason="Ill", by=staff, at=NOW)
    assert len(page(client, evaluation, show=shown).context["page_obj"]) == rows


def test_no_answer_shows_before_publishing(client, staff):
    evaluation = a_network_with(6, answered=6, **{"17": "Only I would say pendulum"})
    assert "pendulum" not in page(client, evaluation).content.decode()
    assert page(client, evaluation, "staff_evaluation_results").status_code == 404
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    assert page(client, evaluation, "staff_evaluation_results").status_code == 404
    assert page(client, evaluation, "staff_evaluation_export", "xlsx").status_code == 404


def test_closing_and_publishing_by_button(client, staff):
    evaluation = a_network_with(5, answered=5)
    assert "Closed with 5 answers" in act(client, evaluation, "close")
    assert "already closed" in act(client, evaluation, "close")
    assert "Results of 5 answers" in act(client, evaluation, "publish")


def test_publishing_four_answers_is_refused_with_the_reason(client, staff):
    evaluation = a_network_with(4, answered=4)
    act(client, evaluation, "close")
    assert "so nobody can be identified" in act(client, evaluation, "publish")


def test_reminding_by_button_mails_who_is_not_done(client, staff):
    evaluation = a_network_with(3, answered=1)
    assert "We&#x27;re e-mailing 2 people another reminder." in act(client, evaluation, "remind")
    assert "e-mail anyone. Everyone has answered" in act(client, evaluation, "remind")
    assert Mail.objects.count() == 2


def test_the_acts_are_not_done_by_reading(client, staff):
    evaluation = a_network_with(5, answered=5)
    for name in ("close", "publish", "remind"):
        assert page(client, evaluation, "staff_evaluation_act", name).status_code == 405
    evaluation.refresh_from_db()
    assert evaluation.closed_at is None


@pytest.mark.parametrize("people", [1, 30])
def test_the_list_takes_as_many_queries_for_one_as_for_thirty(
    client, staff, people, django_assert_num_queries
):
    evaluation = a_network_with(people, answered=people // 2)
    asking_evaluation.sweep_evaluations(at=NOW)
    page(client, evaluation)
    with django_assert_num_queries(13):
        page(client, evaluation)


def test_the_results_show_means_bars_and_comments(client, staff):
    response = page(client, published(**{"17": "<b>Labs</b>"}), "staff_evaluation_results")
    text = tight(response.content.decode())
    assert "Average 5.0, 6 answers" in text
    assert "&lt;b&gt;Labs&lt;/b&gt;" in text
    assert '<rect class="bar-now" width="100" height="10" />' in text


def test_the_workbook_holds_what_the_page_shows_and_no_formula(client, staff):
    evaluation = published(**{"17": "=1+1", "22": "School leader"})
    response = page(client, evaluation, "staff_evaluation_export", "xlsx")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["Answers", "Choices", "Groups", "Comments"]
    first = [cell.value for cell in book["Answers"][2]]
    assert (first[2], first[3], first[9]) == (6, 5, 6)
    assert {(cell.value, cell.data_type) for cell in book["Comments"]["C"][1:]} == {("=1+1", "s")}
    assert [cell.value for cell in book["Groups"]["B"][1:6]][:2] == ["District leader", "School leader"]


def test_the_csv_suppresses_as_the_page_does(client, staff):
    evaluation = a_network_with(7, answered=0)
    rows = [{"1": 5, "22": "School leader"}] * 6 + [{"1": 1, "22": "District leader"}]
    EvaluationResponse.objects.bulk_create(
        EvaluationResponse(evaluation=evaluation, answers=each) for each in rows
    )
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluating.close_and_publish(evaluation=evaluation, by=SWEEP, at=NOW)
    response = page(client, evaluation, "staff_evaluation_export", "csv", part="groups")
    lines = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    means = {(line[0], line[1], line[3]): (line[2], line[5]) for line in lines[1:]}
    assert means["Your work", "School leader", "1"] == ("not shown", "not shown")
    assert means["Your work", "District leader", "1"] == ("not shown", "not shown")


def test_a_part_that_is_none_is_not_found(client, staff):
    assert page(client, published(), "staff_evaluation_export", "csv", part="people").status_code == 404


@pytest.mark.parametrize("name", ["staff_evaluation", "staff_evaluation_results"])
def test_staff_of_another_network_and_educators_find_nothing(client, name):
    evaluation = published()
    client.force_login(a_user())
    assert page(client, evaluation, name).status_code == 404


@pytest.mark.parametrize(("make", "status"), [(a_staff_member, 403), (a_coordinator, 302)])
def test_newer_questions_are_put_into_force_by_who_coordinates(client, make, status):
    evaluation = a_network_with(1)
    made = evaluation.questionnaire
    questionnaires.add_question(made, Plan(text="What else?", kind="words"), uid=None, by=SWEEP)
    client.force_login(make().user)
    answer = client.post(reverse("staff_evaluation_act", args=[evaluation.network.slug, "ask"]))
    evaluation.refresh_from_db()
    assert (answer.status_code, evaluation.version) == (status, 2 if status == 302 else 1)


def test_a_question_with_answers_is_deleted_for_those_who_are_asked_later(client):
    evaluation = a_network_with(5, answered=5)
    client.force_login(a_coordinator().user)
    address = reverse("evaluation_question_act", args=[evaluation.network.slug, "end", "1", "delete"])
    text = client.post(address, follow=True).content.decode()
    assert "The question is deleted. Answers to it stay in earlier results." in text
    assert "1" in {question.code for question in evaluation.questions}


@pytest.mark.parametrize(("make", "status"), [(a_staff_member, 403), (a_coordinator, 302)])
def test_newer_questions_of_a_pulse_too(client, make, status):
    network = a_network(meetings=1)
    meeting = network.meetings.get()
    before = meeting.starts_at - timedelta(days=1)
    questionnaire = pulses.ask_after_meetings(network, asks=True, days=7, by=SWEEP, at=before)
    pulse = pulses.open_pulse(questionnaire, meeting, at=meeting.ends_at)
    questionnaires.add_question(questionnaire, Plan(text="What else?", kind="words"), uid=None, by=SWEEP)
    client.force_login(make().user)
    answer = client.post(reverse("staff_pulse_act", args=[network.slug, meeting.uid, "ask"]))
    pulse.refresh_from_db()
    assert (answer.status_code, pulse.version) == (status, 2 if status == 302 else 1)


def test_a_network_that_asks_none_has_no_such_page(client, staff):
    network = a_network(asks_evaluation=False)
    assert client.get(reverse("staff_evaluation", args=[network.slug])).status_code == 404


def test_before_it_is_asked_the_page_says_when_it_will_be(client, staff):
    network = a_network()
    text = client.get(reverse("staff_evaluation", args=[network.slug])).content.decode()
    assert "once attendance is complete for every meeting" in text
