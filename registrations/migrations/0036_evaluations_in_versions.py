from django.db import migrations

from registrations.migrations._questionnaires import into_questionnaires, out_of_questionnaires


class Migration(migrations.Migration):

    dependencies = [('registrations', '0035_questionnaires')]

    operations = [migrations.RunPython(into_questionnaires, out_of_questionnaires, elidable=True)]
