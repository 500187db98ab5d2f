"""Versions of the questions: what people were asked stays, and late ones can't be told by their version."""

from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from registrations.evaluation.domain import answer_box, evaluating, questionnaires
from registrations.evaluation.domain.evaluation_results import results_of
from registrations.evaluation.domain.questionnaires import Plan
from registrations.evaluation.domain.separating import ALONE, asked_of, without_versions
from registrations.evaluation.exceptions import EditedElsewhere, EvaluationRefused, NoLongerAsked
from registrations.models import Evaluation, EvaluationQuestion, EvaluationResponse, Questionnaire
from tests.factories import NOW, SWEEP, a_network, a_user, an_evaluation
from tests.registrations.evaluation.kinds import a_questionnaire, an_open_one, answers, people_of, typed

pytestmark = pytest.mark.django_db
NEW = Plan(text="Anything new?", kind="words", section="Words", required=True)


def newest(evaluation):
    return questionnaires.newest(Questionnaire.objects.get(pk=evaluation.questionnaire_id))


def fresh(evaluation):
    return Evaluation.objects.select_related("network", "questionnaire").get(pk=evaluation.pk)


def answered_by(people, evaluation, codes, **given):
    for registration in people:
        said = answers(evaluation, codes, **given)
        evaluating.answer_evaluation(registration=registration, answers=said, at=NOW)


def test_a_network_that_set_nothing_up_is_asked_the_portals_questions():
    evaluation = an_evaluation(a_network())
    assert [one.code for one in evaluation.questions] == [str(number) for number in range(1, 25)]


def test_before_it_is_asked_changes_stay_in_one_version():
    made, codes = a_questionnaire()
    questionnaires.delete_question(made, codes["many"], by=SWEEP)
    made.refresh_from_db()
    assert (made.version, set(made.questions.values_list("version", flat=True))) == (1, {1})


def test_what_is_changed_while_it_is_open_is_another_version_until_staff_say_so():
    evaluation, codes, _people = an_open_one()
    questionnaires.delete_question(evaluation.questionnaire, codes["many"], by=SWEEP)
    assert codes["many"] in [one.code for one in fresh(evaluation).questions]
    assert codes["many"] not in [one.code for one in newest(evaluation)]
    questionnaires.ask_newest(fresh(evaluation))
    assert codes["many"] not in [one.code for one in fresh(evaluation).questions]
    assert fresh(evaluation).versions == [1, 2]


def test_the_same_question_sent_twice_is_added_once():
    made, _codes = a_questionnaire()
    uid = uuid4()
    first = questionnaires.add_question(made, NEW, uid=uid, by=SWEEP)
    second = questionnaires.add_question(made, NEW, uid=uid, by=SWEEP)
    assert first.code == second.code
    assert made.questions.filter(text=NEW.text).count() == 1


def test_a_question_goes_to_the_end_of_its_section():
    made, codes = a_questionnaire()
    added = questionnaires.add_question(
        made, Plan(text="Again?", kind="rating", section="Scales"), uid=None, by=SWEEP
    )
    order = [one.code for one in newest_of(made)]
    assert order[2:4] == [codes["likely"], added.code]


def newest_of(made):
    return questionnaires.newest(Questionnaire.objects.get(pk=made.pk))


def test_a_page_of_before_anothers_change_is_refused():
    made, codes = a_questionnaire()
    seen = made.edition
    questionnaires.move_question(made, codes["rating"], up=True, by="Jo")
    with pytest.raises(EditedElsewhere, match="Jo changed these questions"):
        questionnaires.change_question(made, codes["scale"], NEW, seen=seen, by=SWEEP)


def test_a_question_that_another_depends_on_stays():
    made, codes = a_questionnaire()
    with pytest.raises(EvaluationRefused, match="depends on this one"):
        questionnaires.delete_question(made, codes["choice"], by=SWEEP)
    with pytest.raises(NoLongerAsked):
        questionnaires.delete_question(made, "nothing", by=SWEEP)


def test_nothing_depends_on_what_splits():
    made, codes = a_questionnaire()
    plan = Plan(text="Why?", kind="words", depends_on=codes["work"], depends_values=["Teacher"])
    with pytest.raises(EvaluationRefused, match="what small groups answered"):
        questionnaires.add_question(made, plan, uid=None, by=SWEEP)


def test_another_kind_is_another_question_once_it_was_asked():
    evaluation, codes, _people = an_open_one()
    made = Questionnaire.objects.get()
    plan = Plan(text="How good?", kind="words", section="Scales")
    changed = questionnaires.change_question(made, codes["rating"], plan, seen=made.edition, by=SWEEP)
    assert changed.code != codes["rating"]
    assert evaluation.questions.get(code=codes["rating"]).kind == "rating"


def test_a_deleted_question_keeps_its_results():
    evaluation, codes, people = an_open_one(10)
    answered_by(people[:5], evaluation, codes, many=["Files"])
    questionnaires.delete_question(evaluation.questionnaire, codes["many"], by=SWEEP)
    questionnaires.ask_newest(fresh(evaluation))
    left = {name: code for name, code in codes.items() if name != "many"}
    answered_by(people[5:], fresh(evaluation), left)
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    evaluating.close_and_publish(evaluation=evaluation, by=SWEEP, at=NOW)
    results = results_of(fresh(evaluation))
    gone = next(one for one in results.choices if one.question.code == codes["many"])
    assert (gone.answered, results.people, results.gone) == (5, 10, {codes["many"]})


def test_few_late_answers_can_not_be_told_by_their_version():
    """Two answered after a question was added; no row of what is kept says which they are."""
    evaluation, codes, people = an_open_one(8)
    answered_by(people[:6], evaluation, codes, many=["Peers"])
    added = questionnaires.add_question(evaluation.questionnaire, NEW, uid=None, by=SWEEP)
    questionnaires.delete_question(evaluation.questionnaire, codes["many"], by=SWEEP)
    questionnaires.ask_newest(fresh(evaluation))
    late = {**{name: code for name, code in codes.items() if name != "many"}, "new": added.code}
    answered_by(people[6:], fresh(evaluation), late, new="Late words")
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    rows = list(EvaluationResponse.objects.values_list("answers", flat=True))
    together = [row for row in rows if ALONE not in row]
    alone = [row for row in rows if ALONE in row]
    assert {frozenset(row) for row in together} == {
        frozenset(codes[name] for name in ("scale", "rating", "likely", "choice", "matrix", "work"))
    }
    assert (len(together), alone) == (8, [{codes["many"]: ["Peers"], ALONE: True}] * 6)
    assert fresh(evaluation).answered == 8


def test_a_choice_that_only_late_people_had_is_not_kept_with_the_rest():
    old = EvaluationQuestion(code="a", version=1, kind="choice", choices=["x", "y"])
    new = EvaluationQuestion(code="a", version=2, kind="choice", choices=["x", "y", "z"])
    entries = [{"a": "x"}] * 5 + [{"a": "z", "version": 2}]
    rows = without_versions(entries, asked_of([old, new]), first=1, minimum=5)
    assert [row for row in rows if row] == [{"a": "x", ALONE: True}] * 5
    assert len([row for row in rows if not row]) == 6


@pytest.fixture
def signed_in(client):
    with time_machine.travel(NOW, tick=False):
        user = a_user()
        client.force_login(user)
        yield user


def an_asked_one(user):
    evaluation, codes, _people = an_open_one()
    (registration,) = people_of(evaluation.network, 1)
    registration.person = user.person
    registration.save()
    return evaluation, codes, reverse("evaluation", args=[evaluation.network.slug])


def test_a_page_of_an_older_version_is_shown_again_with_what_was_typed(client, signed_in):
    evaluation, codes, address = an_asked_one(signed_in)
    sent = typed(evaluation, codes, words="The pendulum")
    questionnaires.add_question(evaluation.questionnaire, NEW, uid=None, by=SWEEP)
    questionnaires.ask_newest(fresh(evaluation))
    response = client.post(address, sent)
    text = response.content.decode()
    assert response.status_code == 422
    assert "The questions changed while you were answering. What you typed is still here." in text
    assert "This question was added after you opened the page. Answer it, too." in text
    assert "The pendulum" in text
    assert answer_box.answers_in(evaluation) == []
    added = newest(evaluation)
    code = next(one.code for one in added if one.text == NEW.text)
    again = {**sent, "asked": "2", f"q{code}": "Yes"}
    assert "Done, thank you" in client.post(address, again, follow=True).content.decode()
    assert [each[code] for each in answer_box.answers_in(evaluation)] == ["Yes"]


def test_what_was_written_is_shown_where_it_closed_meanwhile(client, signed_in):
    evaluation, codes, address = an_asked_one(signed_in)
    evaluating.close(evaluation=evaluation, by=SWEEP, at=NOW)
    response = client.post(address, typed(evaluation, codes, words="Long and dear words"))
    text = response.content.decode()
    assert response.status_code == 409
    assert "closed while you were answering" in text
    assert "Long and dear words" in text
