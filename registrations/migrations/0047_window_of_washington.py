"""Say where the five years of a Washington certificate are found, in rows that nobody changed."""

from django.db import migrations

BEFORE = "OSPI; WEA (100 hours; STEM since 2019, equity since 2023). Five years: not found, check"
NOW = (
    "OSPI; WEA (100 hours; STEM since 2019, equity since 2023); five years: aeawa.org/news, mead354.org "
    "certificated staff requirements"
)


def say(apps, said, now):
    """Write the source ``now`` where it says ``said``."""
    apps.get_model("registrations", "RenewalRule").objects.filter(code="WA-CLOCK", source=said).update(source=now)


def forth(apps, schema_editor):
    """Name the sources."""
    say(apps, BEFORE, NOW)


def back(apps, schema_editor):
    """Say again that none was found."""
    say(apps, NOW, BEFORE)


class Migration(migrations.Migration):
    dependencies = [("registrations", "0046_cards")]

    operations = [migrations.RunPython(forth, back, elidable=True)]
