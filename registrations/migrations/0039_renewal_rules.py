from django.db import migrations

from registrations.migrations._renewal_rules import write_renewals


class Migration(migrations.Migration):
    dependencies = [("registrations", "0038_transcripts")]

    operations = [migrations.RunPython(write_renewals, migrations.RunPython.noop, elidable=False)]
