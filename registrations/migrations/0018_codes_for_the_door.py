from django.db import migrations, models

import stemnet.paper_codes

AT_ONCE = 500


def give_codes(apps, schema_editor):
    """Give every registration a code of its own."""
    registrations = apps.get_model('registrations', 'Registration').objects.using(schema_editor.connection.alias)
    keys = list(registrations.filter(door_code=None).values_list('pk', flat=True))
    for start in range(0, len(keys), AT_ONCE):
        some = list(registrations.filter(pk__in=keys[start:start + AT_ONCE]).only('pk'))
        for registration in some:
            registration.door_code = stemnet.paper_codes.new_paper_code()
        registrations.bulk_update(some, ['door_code'])


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0017_attendance_reports'),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='door_code',
            field=models.CharField(default=None, editable=False, max_length=16, null=True, verbose_name='code for the door'),
            preserve_default=False,
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='registration',
            name='door_code',
            field=models.CharField(default=stemnet.paper_codes.new_paper_code, editable=False, max_length=16, unique=True, verbose_name='code for the door'),
        ),
    ]
