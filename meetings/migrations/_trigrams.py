"""On PostgreSQL, let any part of what the library says be found by an index (pg_trgm)."""

from partners.migrations._trigrams import drop_indexes, make_indexes

COLUMNS = {"Resource": ("searched_title", "searched_summary", "searched_description")}


def make_trigrams(apps, schema_editor):
    """Make them."""
    make_indexes(apps, schema_editor, app="meetings", columns=COLUMNS)


def drop_trigrams(apps, schema_editor):
    """Drop them."""
    drop_indexes(apps, schema_editor, app="meetings", columns=COLUMNS)
