"""From an empty database the migrations make the very tables and rows with which the other tests begin."""

import os
import sqlite3
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.apps import apps
from django.db import connection

from tests.stemnet.processes import environment, migrate

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


@contextmanager
def migrated(folder):
    """Give a cursor of a database that was empty before ``migrate``."""
    if connection.vendor == "sqlite":
        migrate(environment(folder))
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
            migrate(environment(folder, DATABASE_URL=f"{server}/{name}"))
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
    """What the tables are made of, in no order: columns, constraints and indexes."""
    cursor.execute(SCHEMA[connection.vendor])
    words = [(table, word.rstrip(")")) for table, said in cursor.fetchall() for word in said.split(", ")]
    return sorted((table, word) for table, word in words if table in ours())


def rows(cursor):
    """What stands in those tables, table by table."""
    found = {}
    for table, columns in ours().items():
        as_text = ", ".join(f'CAST("{column}" AS text)' for column in columns)
        cursor.execute(f'SELECT {as_text} FROM "{table}"')
        found[table] = sorted(map(str, cursor.fetchall()))
    return {table: lines for table, lines in found.items() if lines}


@pytest.mark.parametrize(
    "vendor",
    [
        pytest.param("sqlite", marks=pytest.mark.once),
        pytest.param("postgresql", marks=pytest.mark.postgres),
    ],
)
def test_migrations_make_the_tables_of_the_models_and_the_rows_of_every_test(vendor, tmp_path):
    assert connection.vendor == vendor
    with migrated(tmp_path) as made, closing(connection.connection.cursor()) as here:
        assert schema(made) == schema(here)
        assert rows(made) == rows(here)
