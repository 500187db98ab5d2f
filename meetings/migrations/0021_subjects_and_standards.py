"""Networks choose from the lists of partners, and networks and meetings have standards."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0020_lists_of_partners")]

    operations = [
        migrations.AlterField(
            "network",
            "subjects",
            models.ManyToManyField(
                blank=True, related_name="networks", to="partners.subject", verbose_name="subjects"
            ),
        ),
        migrations.AlterField(
            "network",
            "audiences",
            models.ManyToManyField(
                blank=True,
                help_text="Leave empty if it's for everyone.",
                related_name="networks",
                to="partners.audience",
                verbose_name="for whom",
            ),
        ),
        migrations.DeleteModel("Subject"),
        migrations.DeleteModel("Audience"),
        migrations.AddField(
            "network",
            "standards",
            models.ManyToManyField(
                blank=True, related_name="networks", to="partners.standard", verbose_name="standards"
            ),
        ),
        migrations.AddField(
            "meeting",
            "standards",
            models.ManyToManyField(
                blank=True, related_name="meetings", to="partners.standard", verbose_name="standards"
            ),
        ),
        migrations.AddField(
            "meeting",
            "subjects",
            models.ManyToManyField(
                blank=True,
                help_text="Leave empty if it's about what its network is about.",
                related_name="meetings",
                to="partners.subject",
                verbose_name="subjects",
            ),
        ),
    ]
