"""Emptying the database for a fresh demo, without what the migrations wrote."""

import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

KEPT = {
    "registrations_creditrule",
    "registrations_renewalrule",
    "auth_group",
    "auth_permission",
    "auth_group_permissions",
    "django_content_type",
}
KEPT |= {"partners_subject", "partners_audience", "partners_framework", "partners_standard"}
KEPT |= {"partners_category", "partners_requiredlist", "partners_requireditem", "partners_lettertemplate"}


def clear() -> None:
    """Empty every table but those that migrations fill, and the stored files and mail."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    emptied = sorted(tables - KEPT)
    with transaction.atomic():
        connection.check_constraints()
        statements = connection.ops.sql_flush(no_style(), emptied, reset_sequences=True, allow_cascade=False)
        connection.ops.execute_sql_flush(statements)
    for folder in ("files", "mail"):
        shutil.rmtree(Path(settings.STEMNET_DATA) / folder, ignore_errors=True)
