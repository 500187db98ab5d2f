import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registrations', '0006_last_day_of_evaluations'),
        ('meetings', '0003_evaluation_days'),
        ('partners', '0002_presets'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('raised', models.PositiveIntegerField(default=0, verbose_name='changes')),
                ('at', models.DateTimeField(verbose_name='last change')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_revisions', to='meetings.meeting')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_revisions', to='partners.person')),
            ],
            options={
                'verbose_name': 'calendar revision',
                'verbose_name_plural': 'calendar revisions',
                'constraints': [models.UniqueConstraint(fields=('person', 'meeting'), name='calendarrevision_once')],
            },
        ),
    ]
