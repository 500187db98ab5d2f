import uuid

import django.db.models.deletion
import stemnet.columns
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0018_words_of_the_admin'),
        ('registrations', '0034_document_design'),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('end', 'Network evaluation'), ('pulse', 'Pulse after each meeting')], max_length=8, verbose_name='purpose')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='newest version')),
                ('edition', models.PositiveIntegerField(default=1, verbose_name='edition')),
                ('edited_by', models.CharField(blank=True, max_length=200, verbose_name='edited by')),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('asks_since', models.DateTimeField(blank=True, null=True, verbose_name='asked after meetings since')),
                ('days', models.PositiveSmallIntegerField(default=7, verbose_name='days to answer after a meeting')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questionnaires', to='meetings.network')),
            ],
            options={
                'verbose_name': 'questionnaire',
                'verbose_name_plural': 'questionnaires',
                'constraints': [
                    models.UniqueConstraint(fields=('network', 'purpose'), name='questionnaire_once_a_purpose'),
                    models.CheckConstraint(condition=models.Q(('days__range', (1, 60))), name='questionnaire_days_within_two_months', violation_error_message='A pulse can be open for 1 to 60 days.'),
                    models.CheckConstraint(condition=models.Q(('purpose', 'pulse'), ('asks_since', None), _connector='OR'), name='questionnaire_only_a_pulse_follows_meetings'),
                ],
            },
        ),
        migrations.AlterField(
            model_name='evaluation',
            name='network',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='meetings.network'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='end_of',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluation', to='meetings.network'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='meeting',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pulse', to='meetings.meeting'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='questionnaire',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='registrations.questionnaire'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='version',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='version asked now'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='versions',
            field=models.JSONField(blank=True, default=list, verbose_name='versions asked'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='answered',
            field=models.PositiveIntegerField(default=0, verbose_name='answers at closing'),
        ),
        migrations.AlterField(
            model_name='evaluationquestion',
            name='evaluation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registrations.evaluation'),
        ),
        migrations.RemoveConstraint(model_name='evaluationquestion', name='evaluationquestion_number_once'),
        migrations.AlterModelOptions(
            name='evaluationquestion',
            options={'ordering': ['version', 'number'], 'verbose_name': 'evaluation question', 'verbose_name_plural': 'evaluation questions'},
        ),
        migrations.AddField(
            model_name='evaluationquestion',
            name='questionnaire',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='registrations.questionnaire'),
        ),
        migrations.AddField(
            model_name='evaluationquestion',
            name='version',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='evaluationquestion',
            name='code',
            field=models.CharField(default='', max_length=32, verbose_name='code'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='evaluationquestion',
            name='section',
            field=stemnet.columns.LineColumn(blank=True, default='', max_length=100, verbose_name='section'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='evaluationquestion',
            name='kind',
            field=models.CharField(choices=[('agree', 'Scale: 1 to 5, disagree to agree, or not applicable'), ('rating', 'Scale: 1 to 5, poor to excellent'), ('recommend', 'Scale: 0 to 10, how likely'), ('choice', 'One choice of several'), ('many', 'Any number of choices'), ('words', 'In words'), ('matrix', 'Matrix: several statements, disagree to agree')], max_length=12, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='evaluationquestion',
            name='help',
            field=models.CharField(blank=True, default='', max_length=300, verbose_name='help'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='evaluationquestion',
            name='rows',
            field=models.JSONField(blank=True, default=list, verbose_name='statements'),
        ),
        migrations.AddField(
            model_name='evaluationquestion',
            name='splits',
            field=models.BooleanField(default=False, verbose_name='the other answers are compared by it'),
        ),
        migrations.AddField(
            model_name='evaluationquestion',
            name='depends_on',
            field=models.CharField(blank=True, default='', max_length=32, verbose_name='asked only after an answer to'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='evaluationquestion',
            name='depends_values',
            field=models.JSONField(blank=True, default=list, verbose_name='one of these answers'),
        ),
        migrations.CreateModel(
            name='PulseRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(verbose_name='asked since')),
                ('step', models.PositiveSmallIntegerField(default=0, verbose_name='schedule steps done')),
                ('mails', models.PositiveSmallIntegerField(default=0, verbose_name='e-mails sent')),
                ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='last mail')),
                ('completed_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pulse_requests', to='registrations.evaluation')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pulse_requests', to='registrations.registration')),
            ],
            options={
                'verbose_name': 'pulse asked',
                'verbose_name_plural': 'pulses asked',
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'registration'), name='pulserequest_once')],
            },
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('said', stemnet.columns.LineColumn(max_length=300, verbose_name='you said')),
                ('done', models.TextField(max_length=1000, verbose_name='we did')),
                ('written_at', models.DateTimeField(verbose_name='written')),
                ('by_name', models.CharField(max_length=200, verbose_name='by')),
                ('edition', models.PositiveIntegerField(default=1, verbose_name='edition')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='meetings.network')),
            ],
            options={
                'verbose_name': 'what was done',
                'verbose_name_plural': 'what was done',
                'ordering': ['-written_at', '-id'],
            },
        ),
    ]
