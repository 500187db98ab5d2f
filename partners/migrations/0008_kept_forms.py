"""Long forms that were typed and not sent, kept for the person who typed them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0007_table_import_said"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("form", models.CharField(max_length=200, verbose_name="form")),
                ("fields", models.JSONField(default=list, verbose_name="what was typed")),
                ("saved_at", models.DateTimeField(db_index=True, verbose_name="saved")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_forms",
                        to="partners.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "kept form",
                "verbose_name_plural": "kept forms",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "form"), name="keptform_once_a_person")
                ],
            },
        ),
    ]
