"""On PostgreSQL, let any part of a name or address be found by an index (pg_trgm), where it may be set up."""

from django.db import DatabaseError, transaction

COLUMNS = {
    "Person": ("plain_last_name", "plain_first_name", "plain_certificate_name"),
    "PersonEmail": ("address",),
    "Organization": ("plain_name", "plain_city"),
    "Alias": ("plain_name",),
}


def indexes(apps):
    """Yield name, table and column of each index."""
    for name, columns in COLUMNS.items():
        for column in columns:
            yield f"{name.lower()}_{column}_trigrams", apps.get_model("partners", name)._meta.db_table, column


def make_trigrams(apps, schema_editor):
    """Make the indexes; whoever may not set up the extension searches without them, a little slower."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            for name, table, column in indexes(apps):
                schema_editor.execute(
                    f'CREATE INDEX IF NOT EXISTS "{name}" ON "{table}" USING gin ("{column}" gin_trgm_ops)'
                )
    except DatabaseError as refusal:
        print(f" (names are searched without an index: {str(refusal).strip()})", end="")


def drop_trigrams(apps, schema_editor):
    """Drop the indexes; the extension stays, since others may use it."""
    if schema_editor.connection.vendor == "postgresql":
        for name, _table, _column in indexes(apps):
            schema_editor.execute(f'DROP INDEX IF EXISTS "{name}"')
