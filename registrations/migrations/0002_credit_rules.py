"""The rules of the rule book, as data."""

from django.db import migrations

from registrations.migrations._credit_rules import write_rules


class Migration(migrations.Migration):
    dependencies = [("registrations", "0001_initial")]
    operations = [migrations.RunPython(write_rules, migrations.RunPython.noop, elidable=False)]
