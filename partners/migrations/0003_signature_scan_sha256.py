"""The hash of the scan of a paper, by which it is looked up; worked out from the files that are there."""

import hashlib
from contextlib import suppress

from django.db import migrations, models


def hash_scans(apps, schema_editor):
    """Write the hash of every scan whose file can be read."""
    for signature in apps.get_model("partners", "Signature").objects.exclude(scan="").iterator():
        with suppress(OSError), signature.scan.open("rb") as file:
            signature.scan_sha256 = hashlib.sha256(file.read()).hexdigest()
            signature.save(update_fields=["scan_sha256"])


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_presets")]

    operations = [
        migrations.AddField(
            model_name="signature",
            name="scan_sha256",
            field=models.CharField(
                blank=True, db_index=True, max_length=64, verbose_name="hash of the scan"
            ),
        ),
        migrations.RunPython(hash_scans, migrations.RunPython.noop, elidable=True),
    ]
