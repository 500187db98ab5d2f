"""Whether a partner plans to renew, and for which term it said so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0008_kept_forms")]

    operations = [
        migrations.AddField(
            model_name="mourole",
            name="renews",
            field=models.BooleanField(blank=True, null=True, verbose_name="plans to renew"),
        ),
        migrations.AddField(
            model_name="mourole",
            name="renews_after",
            field=models.DateField(
                blank=True,
                help_text="What it said counts for it.",
                null=True,
                verbose_name="said for the term that ends on",
            ),
        ),
        migrations.AddConstraint(
            model_name="mourole",
            constraint=models.CheckConstraint(
                condition=models.Q(renews=None, renews_after=None)
                | models.Q(renews__isnull=False, renews_after__isnull=False),
                name="mourole_renews_after_a_day",
                violation_error_message="Say for which term it plans to renew.",
            ),
        ),
    ]
