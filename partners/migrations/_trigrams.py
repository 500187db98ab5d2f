"""On PostgreSQL, let any part of a text be found by an index (pg_trgm), where it may be set up."""

from django.db import DatabaseError, transaction

COLUMNS = {
    "Person": ("plain_last_name", "plain_first_name", "plain_certificate_name"),
    "PersonEmail": ("address",),
    "Organization": ("plain_name", "plain_city"),
    "Alias": ("plain_name",),
}


def indexes(apps, app, columns):
    """Yield name, table and column of each index."""
    for model, names in columns.items():
        for name in names:
            yield f"{model.lower()}_{name}_trigrams", apps.get_model(app, model)._meta.db_table, name


def make_indexes(apps, schema_editor, *, app, columns):
    """Make the indexes; whoever may not set up the extension searches without them, a little slower."""
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            for name, table, column in indexes(apps, app, columns):
                schema_editor.execute(
                    f'CREATE INDEX IF NOT EXISTS "{name}" ON "{table}" USING gin ("{column}" gin_trgm_ops)'
                )
    except DatabaseError as refusal:
        print(f" (texts are searched without an index: {str(refusal).strip()})", end="")


def drop_indexes(apps, schema_editor, *, app, columns):
    """Drop the indexes; the extension stays, since others may use it."""
    if schema_editor.connection.vendor == "postgresql":
        for name, _table, _column in indexes(apps, app, columns):
            schema_editor.execute(f'DROP INDEX IF EXISTS "{name}"')


def make_trigrams(apps, schema_editor):
    """Make those of names and addresses."""
    make_indexes(apps, schema_editor, app="partners", columns=COLUMNS)


def drop_trigrams(apps, schema_editor):
    """Drop those of names and addresses."""
    drop_indexes(apps, schema_editor, app="partners", columns=COLUMNS)
