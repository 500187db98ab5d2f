"""Names in their plain form, by which they are found and sorted alike in every database."""

from django.db import migrations, models

import stemnet.plain_columns
from stemnet.plain_columns import fill_plain_columns


def fill(apps, _schema_editor):
    """Write the plain form of every name that is there."""
    for model in ("Person", "Organization", "Alias", "Position"):
        fill_plain_columns(apps.get_model("partners", model))


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0005_session_in_letter'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='alias',
            options={'base_manager_name': 'objects', 'ordering': ['plain_name', 'pk'], 'verbose_name': 'other name', 'verbose_name_plural': 'other names'},
        ),
        migrations.AlterModelOptions(
            name='mourole',
            options={'ordering': ['organization__plain_name', 'pk'], 'verbose_name': 'part of the MOU', 'verbose_name_plural': 'parts of the MOU'},
        ),
        migrations.AlterModelOptions(
            name='organization',
            options={'base_manager_name': 'objects', 'ordering': ['plain_name', 'pk'], 'verbose_name': 'organization', 'verbose_name_plural': 'organizations'},
        ),
        migrations.AlterModelOptions(
            name='person',
            options={'base_manager_name': 'objects', 'ordering': ('plain_last_name', 'plain_first_name', 'pk'), 'verbose_name': 'person', 'verbose_name_plural': 'people'},
        ),
        migrations.AlterModelOptions(
            name='position',
            options={'base_manager_name': 'objects', 'ordering': ['id'], 'verbose_name': 'position', 'verbose_name_plural': 'positions'},
        ),
        migrations.RemoveIndex(
            model_name='organization',
            name='organization_stage_name',
        ),
        migrations.RemoveIndex(
            model_name='person',
            name='person_name',
        ),
        migrations.AddField(
            model_name='alias',
            name='plain_name',
            field=stemnet.plain_columns.PlainField('name', blank=True, default='', editable=False, max_length=400),
        ),
        migrations.AddField(
            model_name='organization',
            name='plain_city',
            field=stemnet.plain_columns.PlainField('city', blank=True, default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='organization',
            name='plain_name',
            field=stemnet.plain_columns.PlainField('name', blank=True, default='', editable=False, max_length=400),
        ),
        migrations.AddField(
            model_name='person',
            name='plain_certificate_name',
            field=stemnet.plain_columns.PlainField('certificate_name', blank=True, default='', editable=False, max_length=400),
        ),
        migrations.AddField(
            model_name='person',
            name='plain_first_name',
            field=stemnet.plain_columns.PlainField('first_name', blank=True, default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='person',
            name='plain_last_name',
            field=stemnet.plain_columns.PlainField('last_name', blank=True, default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='position',
            name='plain_organization_words',
            field=stemnet.plain_columns.PlainField('organization_words', blank=True, default='', editable=False, max_length=400),
        ),
        migrations.AddIndex(
            model_name='alias',
            index=models.Index(fields=['plain_name'], name='alias_by_name'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['plain_name'], name='organization_by_name'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=models.Index(fields=['stage', 'plain_name'], name='organization_by_stage_name'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['plain_last_name', 'plain_first_name'], name='person_by_name'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(fields=['plain_organization_words'], name='position_by_words'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
