from django.db import migrations, models

import stemnet.columns
from meetings.migrations._lists import write_lists


def columns():
    return [
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("code", models.SlugField(max_length=24, unique=True, verbose_name="code")),
        ("title", stemnet.columns.LineColumn(max_length=100, verbose_name="title")),
        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
        ("active", models.BooleanField(default=True, verbose_name="offered in forms")),
    ]


def carry_over(apps, _editor):
    """Give each network the one subject and audience that it had; one for everyone has none."""
    network = apps.get_model("meetings", "Network")
    for column, related, name in (("subject", "subjects", "Subject"), ("audience", "audiences", "Audience")):
        rows = {row.code: row.pk for row in apps.get_model("meetings", name).objects.all()}
        through = getattr(network, related).through
        through.objects.bulk_create(
            through(network_id=key, **{f"{name.lower()}_id": rows[code]})
            for key, code in network.objects.values_list("pk", column)
            if code in rows
        )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0010_one_place_for_leads")]

    operations = [
        migrations.CreateModel(
            name="Subject",
            fields=columns(),
            options={
                "verbose_name": "subject",
                "verbose_name_plural": "subjects",
                "ordering": ["position", "title"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Audience",
            fields=columns(),
            options={
                "verbose_name": "audience",
                "verbose_name_plural": "audiences",
                "ordering": ["position", "title"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            "network",
            "subjects",
            models.ManyToManyField(
                blank=True, related_name="networks", to="meetings.subject", verbose_name="subjects"
            ),
        ),
        migrations.AddField(
            "network",
            "audiences",
            models.ManyToManyField(
                blank=True,
                help_text="Leave empty if it's for everyone.",
                related_name="networks",
                to="meetings.audience",
                verbose_name="for whom",
            ),
        ),
        migrations.RunPython(write_lists, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("network", "subject"),
        migrations.RemoveField("network", "audience"),
        migrations.RemoveField("historicalnetwork", "subject"),
        migrations.RemoveField("historicalnetwork", "audience"),
    ]
