"""The two groups that whole-partnership roles are made of."""

from django.db import migrations


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in ("coordinator", "staff"):
        Group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False)]
