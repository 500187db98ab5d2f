"""What a copy of the database tells of an open evaluation: who answered, and nothing of what."""

import os
import shutil
import sqlite3
import subprocess
from base64 import urlsafe_b64decode
from itertools import pairwise
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from registrations.evaluation.domain import answer_box, evaluating
from registrations.models import EvaluationBox, EvaluationCompletion
from tests.factories import NOW, SWEEP, a_network, a_registration, a_user, an_attendance, an_evaluation

pytestmark = [pytest.mark.django_db(transaction=True)]
PEOPLE = 12


@pytest.fixture
def answered():
    """An open evaluation that twelve people answered, one after the other, each with a word of their own."""
    network = a_network(meetings=1)
    people, words = [a_registration(network) for _ in range(PEOPLE)], some_words()
    for registration in people:
        an_attendance(registration, network.meetings.get())
    evaluation = an_evaluation(network)
    evaluation.words, evaluation.sizes, evaluation.log_began = words, [], log_file()
    for number, (registration, word) in enumerate(zip(people, words, strict=True)):
        answers = {"1": number % 5 + 1, "17": word * (1 + 20 * number)}
        evaluating.answer_evaluation(registration=registration, answers=answers, at=NOW)
        evaluation.sizes.append(len(box(evaluation)))
    evaluation.people = [str(registration.uid) for registration in people]
    return evaluation


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
    evaluating.answer_evaluation(registration=late, answers={"1": 5}, at=NOW)
    after = urlsafe_b64decode(box(answered))
    alike = sum(one == other for one, other in zip(before[25:], after[25:], strict=True))
    assert alike / len(after) < 0.01
    assert before[1:9] == after[1:9] == bytes(8)  # where such a value says when it was made


def test_with_the_secret_the_box_has_no_order_of_those_who_answered(answered):
    """All are in one row; nothing of it runs with the completions, whichever way those are sorted."""
    words = answered.words
    order = [answer["17"][: len(words[0])] for answer in answer_box.answers_in(answered)]
    assert sorted(order) == words
    neighbours = [abs(words.index(one) - words.index(other)) for one, other in pairwise(order)]
    assert set(neighbours) != {1}
    assert EvaluationBox.objects.count() == 1
    assert EvaluationCompletion.objects.count() == PEOPLE


def test_what_the_database_keeps_of_old_rows_holds_no_answer(answered):
    """Every page of every table and index, dead rows in them too, and the log written meanwhile."""
    if connection.vendor == "sqlite":
        pytest.skip("the copy of SQLite is its pages")
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname IN ('public', 'pg_toast') AND pg_relation_filepath(c.oid) IS NOT NULL"
        )
        pages = b"".join(bytes(content) for (content,) in cursor.fetchall())
        log = b""
        for name in {answered.log_began, log_file()}:
            cursor.execute("SELECT pg_read_binary_file(%s)", [f"pg_wal/{name}"])
            log += bytes(cursor.fetchone()[0])
    assert (found(answered.words, pages), found(answered.words, log)) == ([], [])
    assert answered.network.title.encode() in pages
