"""One's own page: answering what waits, changing until a day, two windows, files, what is gone."""

from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from registrations.asking.domain import building
from registrations.models import Answer
from tests.factories import NOW, SWEEP, a_network, a_registration, a_user
from tests.markup import tight
from tests.meetings.gathering import contents
from tests.registrations.asking.rows import a_choice, a_diet, a_question, an_answer, change, newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def network():
    return a_network()


@pytest.fixture
def registration(network):
    return a_registration(network, a_user(first_name="Ana", last_name="Reis").person)


@pytest.fixture
def mine(registration):
    client = Client()
    client.force_login(registration.person.user)
    return client


def url(network):
    return reverse("my_answers", args=[network.slug])


def name(question):
    return f"question_{question.pk}"


def sent(client, network, **fields):
    """What the page sends that is open now."""
    form = client.get(url(network)).context["form"]
    return {"asked": form.asking, "seen": form.revisions, **fields}


def save(client, network, **fields):
    return client.post(url(network), sent(client, network, **fields))


def text_of(response):
    return tight(unescape(response.content.decode()))


def test_one_answers_later_and_changes_it(mine, network):
    lunch = a_choice(network)
    assert "1 question is waiting for your answer." in text_of(mine.get(url(network)))
    save(mine, network, **{name(lunch): "Yes"})
    save(mine, network, **{name(lunch): "No"})
    answer = Answer.objects.get()
    assert (answer.value, answer.revision, answer.given_at, answer.changed_at) == ("No", 2, NOW, NOW)
    assert answer.by_name == "Ana Reis"


def test_the_same_sent_twice_changes_nothing(mine, network):
    lunch = a_choice(network)
    page = sent(mine, network, **{name(lunch): "Yes"})
    for _time in range(2):
        assert mine.post(url(network), page).status_code == 302
    assert Answer.objects.get().revision == 1


def test_two_windows_never_overwrite_each_other_silently(mine, network):
    lunch = a_choice(network)
    first = sent(mine, network, **{name(lunch): "Yes"})
    save(mine, network, **{name(lunch): "No"})
    page = mine.post(url(network), first)
    assert page.status_code == 409
    assert "You answered in another window while this one was open." in text_of(page)
    assert "In another window you answered" in text_of(page)
    assert page.context["form"][name(lunch)].value() == "Yes"
    assert Answer.objects.get().value == "No"
    again = {**first, "seen": page.context["form"].revisions}
    mine.post(url(network), again)
    assert Answer.objects.get().value == "Yes"


def test_after_its_day_an_answer_can_only_be_read(mine, network, now):
    lunch = a_choice(network, changeable_until=date(2020, 9, 8))
    save(mine, network, **{name(lunch): "Yes"})
    late = sent(mine, network, **{name(lunch): "No"})
    now.move_to(NOW + timedelta(days=3))
    page = mine.get(url(network))
    assert "Answers you can't change anymore" in text_of(page)
    assert name(lunch) not in page.context["form"].fields
    mine.post(url(network), late)
    assert Answer.objects.get().value == "Yes"


def test_the_day_is_asked_under_the_lock_too(registration, network):
    from registrations.asking.domain import own_answers
    from registrations.seats.domain.answering import Given
    from registrations.seats.exceptions import QuestionRefused

    lunch = a_choice(network, changeable_until=date(2020, 9, 8))
    given = [Given(newest(lunch).pk, "Yes")]
    with pytest.raises(QuestionRefused, match="The last day to change these answers was"):
        own_answers.save_answers(
            registration, given, seen={}, by=registration.person, at=NOW + timedelta(days=5)
        )


def test_without_a_day_the_last_meeting_is_the_last_day(mine, network, registration, now):
    a_choice(network)
    now.move_to(NOW + timedelta(days=90))
    mine.force_login(registration.person.user)
    assert not mine.get(url(network)).context["asks"]


def test_what_is_not_asked_of_the_new_answer_is_deleted(mine, network):
    lunch = a_choice(network)
    diet = a_diet(network, depends_on=lunch, depends_values=["Yes"])
    save(mine, network, **{name(lunch): "Yes", name(diet): ["Vegan"]})
    save(mine, network, **{name(lunch): "No", name(diet): ["Vegan"]})
    assert [one.question for one in Answer.objects.all()] == [lunch]


def test_a_question_deleted_while_the_page_was_open_is_said_and_the_rest_saved(mine, network):
    lunch, way = a_choice(network), a_question(network)
    page = sent(mine, network, **{name(lunch): "Yes", name(way): "By bus"})
    building.delete_question(lunch, answers=0, by=SWEEP, at=NOW)
    done = mine.post(url(network), page, follow=True)
    assert "One question isn't asked anymore, so we left out your answer to it." in text_of(done)
    assert [one.value for one in Answer.objects.all()] == ["By bus"]


def test_an_answer_to_an_earlier_wording_says_what_it_was(mine, network, registration):
    lunch = a_choice(network)
    an_answer(lunch, "Yes", registration)
    change(lunch, label="Will you eat with us?")
    page = text_of(mine.get(url(network)))
    assert "You answered this when it said: “Will you stay for lunch?”" in page


def test_an_ended_question_can_still_be_read(mine, network, registration):
    lunch = a_choice(network)
    an_answer(lunch, "Yes", registration)
    building.end_question(lunch, by=SWEEP, at=NOW)
    page = text_of(mine.get(url(network)))
    assert "Answers you can't change anymore" in page
    assert "Will you stay for lunch?" in page


def test_nobody_else_has_the_page(network, registration):
    client = Client()
    client.force_login(a_user().person.user)
    assert client.get(url(network)).status_code == 404


@pytest.fixture
def picture(network):
    return a_question(network, "Your picture", kind="file")


def a_file(name="me.pdf", content=contents.PDF):
    return SimpleUploadedFile(name, content)


@pytest.mark.usefixtures("private_files")
def test_a_file_is_kept_replaced_and_removed(
    mine, network, picture, private_files, django_capture_on_commit_callbacks
):
    save(mine, network, **{name(picture): a_file()})
    answer = Answer.objects.get()
    assert answer.value == "me.pdf"
    response = mine.get(reverse("answer_file", args=[answer.uid]))
    assert b"".join(response.streaming_content) == contents.PDF
    assert response["Content-Disposition"] == 'attachment; filename="me.pdf"'
    save(mine, network)
    assert Answer.objects.get().revision == 1
    with django_capture_on_commit_callbacks(execute=True):
        save(mine, network, **{name(picture): a_file("new.pdf")})
    assert Answer.objects.get().value == "new.pdf"
    assert len([one for one in private_files.rglob("*") if one.is_file()]) == 1
    with django_capture_on_commit_callbacks(execute=True):
        save(mine, network, **{f"{name(picture)}_remove": "on"})
    assert Answer.objects.get().value is None
    assert [one for one in private_files.rglob("*") if one.is_file()] == []


@pytest.mark.usefixtures("private_files")
@pytest.mark.parametrize(
    ("file", "words"),
    [
        (("me.pdf", b"not a PDF"), "doesn't match its name"),
        (("me.html", b"<script>"), "can run scripts"),
        (("me.exe", b"MZ"), "We can't take"),
    ],
)
def test_a_file_that_we_do_not_take_is_refused_at_its_field(mine, network, picture, file, words):
    page = save(mine, network, **{name(picture): a_file(*file)})
    assert page.status_code == 422
    assert words in page.context["form"].errors[name(picture)][0]


@pytest.mark.usefixtures("private_files")
def test_a_file_that_is_too_large_is_refused(mine, network, picture, settings):
    settings.ANSWER_FILE_MB = 0
    page = save(mine, network, **{name(picture): a_file()})
    assert "This file is too large." in page.context["form"].errors[name(picture)][0]


@pytest.mark.usefixtures("private_files")
def test_a_file_is_for_its_owner_and_who_may_read(network, registration, picture):
    answer = an_answer(picture, "me.pdf", registration)
    answer.file.save("", a_file())
    stranger = Client()
    stranger.force_login(a_user().person.user)
    assert stranger.get(reverse("answer_file", args=[answer.uid])).status_code == 404


def test_my_learning_says_what_waits(mine, network):
    a_choice(network)
    page = text_of(mine.get(reverse("learning")))
    assert "One question for you" in page
    assert url(network) in page
