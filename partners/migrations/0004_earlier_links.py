"""Private links to sign that went out before the newest one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0003_signature_scan_sha256")]

    operations = [
        migrations.CreateModel(
            name="EarlierLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("until", models.DateTimeField(verbose_name="works until")),
                ("replaced_at", models.DateTimeField(blank=True, null=True, verbose_name="replaced")),
                (
                    "signature",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier_links",
                        to="partners.signature",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier link to sign",
                "verbose_name_plural": "earlier links to sign",
            },
        ),
    ]
