"""Answers are deleted when their time is over, with a log that says how many and no content."""

from datetime import UTC, datetime, timedelta

import pytest

from meetings.models import Network
from registrations.asking.domain import building, keeping
from registrations.models import Answer, QuestionLog, Registration
from registrations.seats.exceptions import QuestionRefused
from stemnet.models import LegalHold
from stemnet.retention import sweeping
from tests.factories import NOW, a_network, a_registration
from tests.registrations.asking.rows import a_choice, a_diet, a_question, an_answer

pytestmark = pytest.mark.django_db
LAST = datetime(2020, 10, 14, 16, 0, tzinfo=UTC)  # the end of the only meeting, at noon in New York
SAME_DAY = datetime(2020, 10, 15, 3, 59, tzinfo=UTC)
NEXT_DAY = datetime(2020, 10, 15, 4, 0, tzinfo=UTC)


@pytest.fixture
def network():
    return a_network()


def test_needs_are_deleted_the_day_after_the_last_meeting_where_it_is(network):
    diet = a_diet(network)
    an_answer(diet, ["Vegan"])
    an_answer(diet, None)
    assert keeping.forget_answers(at=SAME_DAY) == 0
    assert keeping.forget_answers(at=NEXT_DAY) == 2
    assert not Answer.objects.exists()
    log = QuestionLog.objects.get(what="forgotten")
    assert (log.words, log.number, log.at, log.question) == ("What do you eat?", 2, NEXT_DAY, diet)


def test_it_is_logged_once(network):
    an_answer(a_diet(network), ["Vegan"])
    for _time in range(2):
        keeping.forget_answers(at=NEXT_DAY)
    assert QuestionLog.objects.filter(what="forgotten").count() == 1


def test_an_ordinary_answer_is_kept_its_days(network):
    an_answer(a_choice(network, kept_days=30), "Yes")
    an_answer(a_question(network), "By bus")
    assert keeping.forget_answers(at=LAST + timedelta(days=30)) == 0
    assert keeping.forget_answers(at=LAST + timedelta(days=31)) == 1
    assert Answer.objects.get().value == "By bus"


def test_a_later_meeting_of_a_group_counts(network):
    from tests.factories import a_group, a_meeting

    a_meeting(network, on=datetime(2020, 11, 20).date(), working_group=a_group(network))
    an_answer(a_diet(network), ["Vegan"])
    assert keeping.forget_answers(at=NEXT_DAY) == 0


@pytest.mark.parametrize("status", ["withdrawn", "removed", "transferred"])
def test_needs_of_who_left_are_deleted_at_once_and_other_answers_stay(network, status):
    registration = a_registration(network)
    an_answer(a_diet(network), ["Vegan"], registration)
    an_answer(a_choice(network), "Yes", registration)
    Registration.objects.filter(pk=registration.pk).update(status=status)
    assert keeping.forget_answers(at=NOW) == 1
    assert Answer.objects.get().value == "Yes"
    assert QuestionLog.objects.get(what="left").number == 1


def test_needs_are_deleted_at_once_where_the_network_was_cancelled(network):
    an_answer(a_diet(network), ["Vegan"])
    Network.objects.update(status="cancelled")
    assert keeping.forget_answers(at=NOW) == 1


def test_a_network_without_a_meeting_waits():
    an_answer(a_diet(a_network(meetings=0)), ["Vegan"])
    assert keeping.forget_answers(at=NOW + timedelta(days=3000)) == 0


def test_the_file_goes_with_the_answer(network, private_files, django_capture_on_commit_callbacks):
    from django.core.files.base import ContentFile

    answer = an_answer(a_question(network, kind="file", kept_days=0), "me.pdf")
    answer.file.save("", ContentFile(b"x"))
    with django_capture_on_commit_callbacks(execute=True):
        keeping.forget_answers(at=NEXT_DAY)
    assert [one for one in private_files.rglob("*") if one.is_file()] == []


def test_a_legal_hold_keeps_answers_from_the_clock_and_from_being_deleted(network):
    held, other = an_answer(a_diet(network), ["Vegan"]), an_answer(a_diet(a_network()), ["Kosher"])
    LegalHold.objects.create(
        object=f"network:{network.slug}", label="x", reason="r", ask="the office", begins_at=NOW, set_by="Ann"
    )
    assert sum(look.found.number for look in sweeping.look(at=NEXT_DAY) if look.kept.key == "answers") == 1
    assert keeping.forget_answers(at=NEXT_DAY) == 1
    assert list(Answer.objects.all()) == [held] != [other]
    with pytest.raises(QuestionRefused, match="Answers here are under a legal hold"):
        building.delete_question(held.question, answers=1, by="Ann", at=NEXT_DAY)
