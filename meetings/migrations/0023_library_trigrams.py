"""On PostgreSQL, let any part of what a resource says be found by an index."""

from django.db import migrations

from meetings.migrations._trigrams import drop_trigrams, make_trigrams


class Migration(migrations.Migration):
    """Indexes of three letters each."""

    dependencies = [("meetings", "0001_squashed_0022_library")]
    operations = [migrations.RunPython(make_trigrams, drop_trigrams, elidable=False)]
