"""Subjects and audiences move to partners, where needs and people choose from them too."""

from django.core.management.color import no_style
from django.db import migrations

from partners.migrations._subject_lists import write_lists


def carry_over(apps, schema_editor):
    """Copy each row with its key, which networks hold."""
    connection, moved = schema_editor.connection, []
    for name in ("Subject", "Audience"):
        old, new = (apps.get_model(app, name) for app in ("meetings", "partners"))
        columns = [field.name for field in old._meta.concrete_fields]
        rows = old.objects.using(connection.alias).values(*columns)
        new.objects.using(connection.alias).bulk_create(new(**row) for row in rows)
        moved.append(new)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), moved):
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0019_guest_places"), ("partners", "0024_subjects_and_standards")]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(write_lists, migrations.RunPython.noop, elidable=False),
    ]
