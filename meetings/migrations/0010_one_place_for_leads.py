from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("meetings", "0009_leads_of_groups"),
    ]

    operations = [
        migrations.RemoveField(model_name="workinggroup", name="lead"),
        migrations.RemoveField(model_name="historicalworkinggroup", name="lead"),
    ]
