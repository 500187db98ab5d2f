from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models


def days(**more):
    return models.PositiveSmallIntegerField(
        default=21,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        verbose_name='days to answer the evaluation',
        **more,
    )


class Migration(migrations.Migration):

    dependencies = [('meetings', '0002_members_by_plain_name')]

    operations = [
        migrations.AddField(model_name='network', name='evaluation_days', field=days()),
        migrations.AddField(model_name='historicalnetwork', name='evaluation_days', field=days()),
        migrations.AddConstraint(
            model_name='network',
            constraint=models.CheckConstraint(
                condition=models.Q(('evaluation_days__range', (1, 365))),
                name='network_evaluation_days_within_a_year',
                violation_error_message='An evaluation can be open for 1 to 365 days.',
            ),
        ),
    ]
