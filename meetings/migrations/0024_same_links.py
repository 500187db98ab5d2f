"""Know a page by its address in whatever way it was typed, and count the organizations that tried a resource."""

from django.db import migrations, models

import stemnet.web_addresses
from stemnet.plain_columns import fill_plain_columns


def fill(apps, schema_editor):
    """Fill the columns; of several resources with the same page the first one keeps it for itself."""
    resource = apps.get_model("meetings", "Resource")
    fill_plain_columns(resource)
    first = resource.objects.exclude(plain_url="").values("plain_url").annotate(first=models.Min("pk"))
    resource.objects.exclude(pk__in=first.values("first")).update(plain_url="")
    trials = apps.get_model("meetings", "Trial").objects.order_by("resource").values("resource")
    for one in trials.annotate(number=models.Count("organization", distinct=True)):
        resource.objects.filter(pk=one["resource"]).update(trial_count=one["number"])


class Migration(migrations.Migration):
    """A column, its rows, its constraint."""

    dependencies = [("meetings", "0023_library_trigrams")]

    operations = [
        migrations.RemoveConstraint(model_name="resource", name="resource_link_once"),
        migrations.AddField(
            model_name="resource",
            name="plain_url",
            field=stemnet.web_addresses.SameAddressField(
                "url", blank=True, default="", editable=False, max_length=500
            ),
        ),
        migrations.AlterField(
            model_name="resource",
            name="trial_count",
            field=models.PositiveIntegerField(
                default=0, editable=False, verbose_name="organizations that tried it"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="resource",
            constraint=models.UniqueConstraint(
                condition=models.Q(("plain_url", ""), _negated=True),
                fields=("plain_url",),
                name="resource_page_once",
                violation_error_message="This link is in the library already.",
            ),
        ),
    ]
