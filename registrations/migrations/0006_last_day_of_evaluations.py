from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('registrations', '0005_seal_open_answers')]

    operations = [
        migrations.AlterField(
            model_name='evaluation',
            name='last_day',
            field=models.DateField(verbose_name='answers are taken until the end of'),
        ),
    ]
