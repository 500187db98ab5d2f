"""From an empty database the migrations make the very tables and rows with which the other tests begin.

So do they by either way: at once by the squashed ones, or one by one where a database has some of them.
"""

import os
import re
import sqlite3
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from tests.stemnet.processes import environment, migrate, python

pytestmark = pytest.mark.django_db
SCHEMA = {
    "sqlite": "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL",
    "postgresql": """
        SELECT table_name, concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable,
                                     column_default, identity_generation)
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT tablename, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND indexdef NOT LIKE '%gin_trgm_ops%'
        UNION ALL SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
}


UNIQUE = re.compile(r"_(?:key|[0-9a-f]{8}_uniq)\b")
VENDORS = [
    pytest.param("sqlite", marks=pytest.mark.once),
    pytest.param("postgresql", marks=pytest.mark.postgres),
]
# An installation of before has some of the migrations that are squashed by now.
SOME = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
executor.loader.replace_migrations = False
executor.loader.build_graph()
for key, migration in executor.loader.replacements.items():
    executor.loader.graph.remove_replacement_node(key, migration.replaces)
executor.migrate([("registrations", "0009_keep_rules")])
"""


@contextmanager
def migrated(folder, *, first=""):
    """Give a cursor of a database that was empty before ``first`` ran, and then ``migrate``."""

    def fill(env):
        if first:
            python(first, env)
        migrate(env)

    if connection.vendor == "sqlite":
        fill(environment(folder))
        with closing(sqlite3.connect(folder / "stemnet.sqlite3")) as made:
            yield made.cursor()
        return
    server, _slash, name = os.environ["DATABASE_URL"].rpartition("/")
    name = f"{connection.settings_dict['NAME']}_migrated"
    with closing(psycopg2.connect(f"{server}/postgres")) as outside:
        outside.autocommit = True
        outside.cursor().execute(f'DROP DATABASE IF EXISTS "{name}"')
        outside.cursor().execute(f'CREATE DATABASE "{name}"')
        try:
            fill(environment(folder, DATABASE_URL=f"{server}/{name}"))
            with closing(psycopg2.connect(f"{server}/{name}")) as made:
                yield made.cursor()
        finally:
            outside.cursor().execute(f'DROP DATABASE "{name}"')


def ours():
    """The tables of our models, each with its columns but for the numbers of rows, and the groups."""
    models = [
        model
        for app in ("stemnet", "partners", "meetings", "registrations")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    return {
        model._meta.db_table: [field.column for field in model._meta.fields if not field.primary_key]
        for model in [*models, apps.get_model("auth", "Group")]
    }


def schema(cursor):
    """What the tables are made of, in no order: columns, constraints and indexes.

    Django 5.2 calls a unique column's index by another name where it became unique later.
    """
    cursor.execute(SCHEMA[connection.vendor])
    found = [(table, UNIQUE.sub("_unique", said)) for table, said in cursor.fetchall()]
    words = [(table, word.rstrip(")")) for table, said in found for word in said.split(", ")]
    return sorted((table, word) for table, word in words if table in ours())


def rows(cursor):
    """What stands in those tables, table by table."""
    found = {}
    for table, columns in ours().items():
        as_text = ", ".join(f'CAST("{column}" AS text)' for column in columns)
        cursor.execute(f'SELECT {as_text} FROM "{table}"')
        found[table] = sorted(map(str, cursor.fetchall()))
    return {table: lines for table, lines in found.items() if lines}


@pytest.mark.parametrize("vendor", VENDORS)
def test_migrations_make_the_tables_of_the_models_and_the_rows_of_every_test(vendor, tmp_path):
    assert connection.vendor == vendor
    with migrated(tmp_path) as made, closing(connection.connection.cursor()) as here:
        assert schema(made) == schema(here)
        assert rows(made) == rows(here)


@pytest.mark.slow
@pytest.mark.parametrize("vendor", VENDORS)
def test_a_database_that_has_some_of_the_migrations_comes_to_the_same(vendor, tmp_path):
    assert connection.vendor == vendor
    with migrated(tmp_path, first=SOME) as made, closing(connection.connection.cursor()) as here:
        assert schema(made) == schema(here)
        assert rows(made) == rows(here)


@pytest.fixture
def with_migrations(settings):
    """Let the files of migrations be read, which the other tests do without."""
    settings.MIGRATION_MODULES = {}


def graph(*, squashed):
    """Load the migrations as an empty database takes them, or as one that has some of them."""
    loader = MigrationLoader(None, replace_migrations=squashed)
    if not squashed:
        for key, migration in loader.replacements.items():
            loader.graph.remove_replacement_node(key, migration.replaces)
    return loader


def written_by(loader):
    """What the migrations of each app write into an empty database, in their order."""
    plan = [key for leaf in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(leaf)]
    operations = [each for key in dict.fromkeys(plan) for each in loader.graph.nodes[key].operations]
    return [each.code for each in operations if isinstance(each, RunPython) and not each.elidable]


def test_squashed_migrations_come_to_the_models_of_those_that_they_replace(with_migrations):
    long, short = (graph(squashed=squashed).project_state() for squashed in (False, True))
    assert len(short.models) > 100
    assert MigrationAutodetector(long, short).changes(graph(squashed=True).graph) == {}


def test_squashed_migrations_write_what_those_write_that_they_replace(with_migrations):
    ours = [
        [
            code
            for code in written_by(graph(squashed=squashed))
            if not code.__module__.startswith(("allauth", "django"))
        ]
        for squashed in (False, True)
    ]
    assert len(ours[0]) > 3
    assert ours[1] == ours[0]
