import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('registrations', '0003_holds_of_browsers'), ('meetings', '0003_evaluation_days')]

    operations = [
        migrations.AddField(
            model_name='evaluation',
            name='last_day',
            field=models.DateField(null=True, verbose_name='answers are taken until the end of'),
        ),
        migrations.CreateModel(
            name='EvaluationBox',
            fields=[
                ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='box', serialize=False, to='registrations.evaluation')),
                ('sealed', models.BinaryField(verbose_name='sealed answers')),
            ],
            options={
                'verbose_name': 'box of answers',
                'verbose_name_plural': 'boxes of answers',
            },
        ),
    ]
