"""What a copy of the database tells of an open evaluation or pulse: who answered, and nothing of what."""

import json
import os
import shutil
import sqlite3
import subprocess
from base64 import urlsafe_b64decode
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from registrations.evaluation.domain import answer_box, evaluating, pulses
from registrations.models import EvaluationBox, EvaluationCompletion, EvaluationResponse, PulseRequest
from tests.factories import NOW, SWEEP, a_network, a_registration, a_user, an_attendance, an_evaluation

pytestmark = [pytest.mark.django_db(transaction=True)]
PEOPLE = 12


KINDS = {
    "words": lambda number, word: {"1": number % 5 + 1, "17": word * (1 + 20 * number)},
    "choice": lambda _number, word: {"22": word},
    "many": lambda _number, word: {"many": ["Files", word]},
    "matrix": lambda number, word: {"matrix": {"The room": number % 5 + 1, word: "na"}},
}


WHERE = {"words": "end", "choice": "end", "many": "pulse", "matrix": "pulse"}


def asked_of_twelve(where):
    """An evaluation of the end or a pulse that is open, and the twelve people who answer it."""
    network = a_network(meetings=1)
    meeting = network.meetings.get()
    people = [a_registration(network) for _ in range(PEOPLE)]
    for registration in people:
        an_attendance(registration, meeting)
    if where == "end":
        evaluation = an_evaluation(network)
    else:
        before = meeting.starts_at - timedelta(days=1)
        questionnaire = pulses.ask_after_meetings(network, asks=True, days=7, by=SWEEP, at=before)
        evaluation = pulses.open_pulse(questionnaire, meeting, at=meeting.ends_at)
        pulses.ask_who_was_there(at=meeting.ends_at)
    evaluation.people = [str(registration.uid) for registration in people]
    evaluation.everyone, evaluation.log_began = people, log_file()
    return evaluation


def answer(evaluation, registration, answers):
    """Answer as this person does."""
    if evaluation.is_pulse:
        request = PulseRequest.objects.get(registration=registration)
        pulses.answer_pulse(request, answers, at=evaluation.meeting.ends_at)
    else:
        evaluating.answer_evaluation(registration=registration, answers=answers, at=NOW)


def filled(evaluation, kind):
    """Let twelve people answer in turn, each with a word of their own in a question of ``kind``."""
    evaluation.words, evaluation.sizes = some_words(), []
    for number, (registration, word) in enumerate(zip(evaluation.everyone, evaluation.words, strict=True)):
        answer(evaluation, registration, KINDS[kind](number, word))
        evaluation.sizes.append(len(box(evaluation)))
    return evaluation


@pytest.fixture(params=sorted(KINDS))
def answered(request):
    """An evaluation or pulse, answered in a question of each kind."""
    return filled(asked_of_twelve(WHERE[request.param]), request.param)


def some_words():
    """A word each that nothing else in the database or its log holds."""
    token = uuid4().hex[:12]
    return [f"{token}{number:02}" for number in range(PEOPLE)]


def log_file():
    """The file of the write-ahead log that is written now; none on SQLite."""
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_walfile_name(pg_current_wal_lsn())")
        return cursor.fetchone()[0]


def box(evaluation):
    return bytes(EvaluationBox.objects.get(evaluation=evaluation).sealed)


def dump(folder):
    """A copy of the whole database, made as an operator makes it."""
    if connection.vendor == "sqlite":
        path = folder / "copy.sqlite3"
        path.unlink(missing_ok=True)
        copy = sqlite3.connect(path)
        connection.ensure_connection()
        connection.connection.backup(copy)
        lines = "\n".join(copy.iterdump())
        copy.close()
        return path.read_bytes() + lines.encode()
    if shutil.which("pg_dump") is None:
        pytest.skip("pg_dump is not here")
    at = connection.settings_dict
    address = {
        "PGHOST": at["HOST"],
        "PGPORT": str(at["PORT"]),
        "PGUSER": at["USER"],
        "PGDATABASE": at["NAME"],
    }
    environment = {**os.environ, **address, "PGPASSWORD": at["PASSWORD"] or ""}
    return subprocess.run(["pg_dump"], env=environment, capture_output=True, check=True).stdout


def found(words, copy):
    return [word for word in words if word.encode() in copy or word.replace("-", "").encode() in copy]


@pytest.mark.everywhere
def test_a_dump_of_an_open_evaluation_holds_no_answer(answered, tmp_path):
    copy = dump(tmp_path)
    assert (found(answered.words, copy), found(answered.people, copy)) == ([], answered.people)
    evaluating.close(evaluation=answered, by=SWEEP, at=NOW)
    assert found(answered.words, dump(tmp_path)) == answered.words


def test_a_form_with_faults_leaves_nothing_of_it_in_a_dump(client, tmp_path):
    user, word = a_user(), some_words()[0]
    registration = a_registration(a_network(meetings=1), user.person)
    an_attendance(registration, registration.network.meetings.get())
    an_evaluation(registration.network)
    with time_machine.travel(NOW, tick=False):
        client.force_login(user)
        page = client.post(reverse("evaluation", args=[registration.network.slug]), {"q17": word})
    assert (page.status_code, word in page.content.decode()) == (422, True)
    assert found([word], dump(tmp_path)) == []


def test_no_two_dumps_tell_what_came_between_them(answered):
    """The value has the same length after each answer, and no two of them share more than chance does."""
    assert set(answered.sizes) == {answered.sizes[0]}
    before = urlsafe_b64decode(box(answered))
    late = a_registration(answered.network)
    an_attendance(late, answered.network.meetings.get())
    pulses.ask_who_was_there(at=answered.network.meetings.get().ends_at)
    answer(answered, late, {"1": 5})
    after = urlsafe_b64decode(box(answered))
    alike = sum(one == other for one, other in zip(before[25:], after[25:], strict=True))
    assert alike / len(after) < 0.01
    assert before[1:9] == after[1:9] == bytes(8)  # where such a value says when it was made


def test_with_the_secret_the_box_has_no_order_of_those_who_answered(answered):
    """All are in one row; nothing of it runs with the completions, whichever way those are sorted."""
    assert is_without_order(answered.words, answer_box.answers_in(answered))
    assert EvaluationBox.objects.count() == 1
    done = PulseRequest.objects.filter(completed_on__isnull=False).count()
    assert (done if answered.is_pulse else EvaluationCompletion.objects.count()) == PEOPLE


def is_without_order(words, answers):
    """Whether all the words are there, and not one after the other as people answered."""
    said = [next(word for word in words if word in json.dumps(answer)) for answer in answers]
    neighbours = [abs(words.index(one) - words.index(other)) for one, other in pairwise(said)]
    return sorted(said) == words and set(neighbours) != {1}


def test_what_is_written_at_closing_has_no_order_of_those_who_answered(answered):
    """Neither by the order of the table nor by that of the ids, and no column says when or who."""
    evaluating.close(evaluation=answered, by=SWEEP, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM registrations_evaluationresponse")
        rows = [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]
    by_id = EvaluationResponse.objects.order_by("id").values_list("answers", flat=True)
    assert is_without_order(answered.words, rows)
    assert is_without_order(answered.words, list(by_id))
    assert EvaluationBox.objects.count() == 0


def log_since(began):
    """What the write-ahead log holds from one of its files on; a file that was used again since is gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_read_binary_file('pg_wal/' || name, 0, size, true) FROM pg_ls_waldir()"
            " WHERE name BETWEEN %s AND %s",
            [began, log_file()],
        )
        return b"".join(bytes(content) for (content,) in cursor.fetchall() if content)


@pytest.mark.postgres
def test_what_the_database_keeps_of_old_rows_holds_no_answer(answered):
    """Every page of every table and index, dead rows in them too, and the log written meanwhile.

    On SQLite the copy is its pages, and a test of its own.
    """
    log = log_since(answered.log_began)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('public', 'pg_toast') AND pg_relation_filepath(c.oid) IS NOT NULL"
        )
        pages = b"".join(bytes(content) for (content,) in cursor.fetchall())
    assert log
    assert (found(answered.words, pages), found(answered.words, log)) == ([], [])
    assert answered.network.title.encode() in pages
