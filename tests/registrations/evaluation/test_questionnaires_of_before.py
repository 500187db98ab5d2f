"""Evaluations of before, with one fixed set of questions, become questionnaires; their answers stay."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.stemnet.processes import environment, migrate, python

pytestmark = [pytest.mark.once, pytest.mark.slow]  # every migration by itself
# One by one, as an installation of before has them: of each app up to the last that was squashed.
EXECUTOR = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
executor.loader.replace_migrations = False
executor.loader.build_graph()
last = {}
for app, name in executor.loader.graph.leaf_nodes():
    last.setdefault(app, (app, name))
for migration in executor.loader.disk_migrations.values():
    if migration.replaces and "_squashed_" in migration.name:
        last[migration.app_label] = migration.replaces[-1]
before = {**last, "registrations": ("registrations", "0034_document_design")}
"""
# An evaluation that five people answered, and one that is open, as the tables of before hold them.
BEFORE = f"""
{EXECUTOR}
from datetime import date
from django.utils import timezone
target = list(before.values())
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
        one.responses.create(answers={{"1": 5, "2": 3, "3": f"Words {{number}}", "4": "Teacher"}})
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
FORTH = f"{EXECUTOR}\nexecutor.migrate(list(last.values()))"
BACK = f"{EXECUTOR}\nexecutor.migrate([before['registrations']])"


def test_answers_of_before_go_to_the_same_questions_and_back(tmp_path):
    env = environment(tmp_path)
    python(BEFORE, env)
    python(FORTH, env)
    python(BACK, env)
    with closing(sqlite3.connect(tmp_path / "stemnet.sqlite3")) as database:
        rows = database.execute(
            "SELECT evaluation_id, count(*) FROM registrations_evaluationquestion GROUP BY evaluation_id"
        ).fetchall()
    assert [number for _evaluation, number in rows] == [4, 4]
    migrate(env)
    assert json.loads(python(NOW, env).splitlines()[-1]) == {
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
