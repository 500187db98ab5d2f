"""On PostgreSQL, let any part of a name or address be found by an index."""

from django.db import migrations

from partners.migrations._trigrams import drop_trigrams, make_trigrams


class Migration(migrations.Migration):
    """Indexes of three letters each."""

    dependencies = [("partners", "0012_organization_logo")]
    operations = [migrations.RunPython(make_trigrams, drop_trigrams, elidable=False)]
