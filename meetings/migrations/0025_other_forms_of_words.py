"""Write the words by which resources are found anew: joined ones, and more of their stems."""

from django.db import migrations

from stemnet.plain_columns import fill_plain_columns

SEARCHED = ["searched_title", "searched_summary", "searched_description"]


def fill(apps, schema_editor):
    """Write the plain columns, but for the addresses, of which some are left out."""
    fill_plain_columns(apps.get_model("meetings", "Resource"), names=SEARCHED)


class Migration(migrations.Migration):
    """Rows alone."""

    dependencies = [("meetings", "0024_same_links")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
