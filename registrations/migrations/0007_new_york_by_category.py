"""New York wants the hours of each category on its documents."""

from django.db import migrations


def count_by_category(apps, schema_editor):
    apps.get_model("registrations", "CreditRule").objects.filter(code="NY-CTLE").update(hours_by_category=True)


class Migration(migrations.Migration):
    dependencies = [("registrations", "0006_categories")]
    operations = [migrations.RunPython(count_by_category, migrations.RunPython.noop, elidable=False)]
