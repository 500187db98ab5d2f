import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('registrations', '0036_evaluations_in_versions')]

    operations = [
        migrations.RemoveField(model_name='evaluationquestion', name='evaluation'),
        migrations.AlterField(
            model_name='evaluationquestion',
            name='questionnaire',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='registrations.questionnaire'),
        ),
        migrations.AlterField(
            model_name='evaluation',
            name='questionnaire',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='registrations.questionnaire'),
        ),
        migrations.AddConstraint(
            model_name='evaluationquestion',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'version', 'code'), name='evaluationquestion_once_a_version'),
        ),
        migrations.AddConstraint(
            model_name='evaluationquestion',
            constraint=models.CheckConstraint(condition=models.Q(('splits', False), ('kind', 'choice'), _connector='OR'), name='evaluationquestion_one_choice_splits'),
        ),
        migrations.AddConstraint(
            model_name='evaluationquestion',
            constraint=models.CheckConstraint(condition=models.Q(('splits', False), ('depends_on', ''), _connector='OR'), name='evaluationquestion_everybody_is_asked_what_splits'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end_of', models.F('network')), ('meeting', None)), models.Q(('end_of', None), ('meeting__isnull', False)), _connector='OR'), name='evaluation_ends_a_network_or_follows_a_meeting'),
        ),
    ]
