"""What every installation begins with."""

from django.db import migrations

from partners.migrations._presets import write_presets


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(write_presets, migrations.RunPython.noop, elidable=False)]
