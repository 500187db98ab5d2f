"""Evaluations of before, with one fixed set of questions, become questionnaires; their answers stay."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.stemnet.processes import environment, migrate, python

pytestmark = [pytest.mark.once, pytest.mark.slow]  # every migration by itself
# An evaluation that five people answered, and one that is open, as the tables of before hold them.
BEFORE = """
from datetime import date
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
target = [("registrations", "0034_document_design")]
executor = MigrationExecutor(connection)
executor.loader.replace_migrations = False  # one by one, as an installation of before has them
executor.loader.build_graph()
leaves = [key for key in executor.loader.graph.leaf_nodes() if "squashed" not in key[1]]
target += [key for key in leaves if key[0] != "registrations"]
executor.migrate(target)
apps = executor.loader.project_state(target).apps
now = timezone.now()
Network = apps.get_model("meetings", "Network")
Evaluation = apps.get_model("registrations", "Evaluation")
kinds = [("agree", "Useful."), ("rating", "How good?"), ("words", "What else?"), ("choice", "Your work")]
for slug, closed in (("closed", now), ("open", None)):
    network = Network.objects.create(title=slug, slug=slug, school_year="2020-21")
    one = Evaluation.objects.create(
        network=network, opened_at=now, last_day=date(2021, 6, 1), closed_at=closed, published_at=closed
    )
    for number, (kind, text) in enumerate(kinds, start=1):
        choices = ["Teacher", "Leader"] if kind == "choice" else []
        one.questions.create(number=number, kind=kind, text=text, choices=choices, required=number < 3)
    for number in range(5 if closed else 0):
        one.responses.create(answers={"1": 5, "2": 3, "3": f"Words {number}", "4": "Teacher"})
"""
NOW = """
import json
from meetings.models import Network
from registrations.evaluation.domain.evaluation_results import results_of
closed, opened = (Network.objects.get(slug=slug).evaluation for slug in ("closed", "open"))
results = results_of(closed)
print(json.dumps({
    "answered": closed.answered, "versions": closed.versions,
    "questions": [[one.code, one.section, one.splits] for one in closed.questions],
    "scales": [[one.answered, str(one.mean)] for one in results.scales],
    "words": sorted(results.words[0].answers), "groups": results.breakdowns[0].groups[0].people,
    "open": [one.text for one in opened.questions],
}))
"""
BACK = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
executor.loader.replace_migrations = False
executor.loader.build_graph()
executor.migrate([("registrations", "0034_document_design")])
"""


@pytest.fixture
def of_before(tmp_path):
    env = environment(tmp_path)
    python(BEFORE, env)
    return env


def test_answers_of_before_are_results_of_the_same_questions(of_before):
    migrate(of_before)
    assert json.loads(python(NOW, of_before).splitlines()[-1]) == {
        "answered": 5,
        "versions": [1],
        "questions": [
            ["1", "Your experience", False],
            ["2", "Your experience", False],
            ["3", "In your own words", False],
            ["4", "About you", True],
        ],
        "scales": [[5, "5.0"], [5, "3.0"]],
        "words": [f"Words {number}" for number in range(5)],
        "groups": 5,
        "open": ["Useful.", "How good?", "What else?", "Your work"],
    }


def test_they_go_back_to_the_tables_of_before(of_before, tmp_path):
    migrate(of_before)
    python(BACK, of_before)
    with closing(sqlite3.connect(tmp_path / "stemnet.sqlite3")) as database:
        rows = database.execute(
            "SELECT evaluation_id, count(*) FROM registrations_evaluationquestion GROUP BY evaluation_id"
        ).fetchall()
    assert [number for _evaluation, number in rows] == [4, 4]
