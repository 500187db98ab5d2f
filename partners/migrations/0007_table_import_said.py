"""How often something was said of a file, so that a look at its rows is kept only if it is of the last."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0006_plain_names'),
    ]

    operations = [
        migrations.AddField(
            model_name='tableimport',
            name='said',
            field=models.PositiveIntegerField(default=0, verbose_name='times something was said of it'),
        ),
    ]
