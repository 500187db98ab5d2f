"""The letter of invitation says when the information session is; one that somebody changed stays as it is."""

from django.db import migrations

BEFORE = "Come to our information session. You hear what we do,"
AFTER = "Come to our information session. {session} You hear what we do,"


def name_session(apps, schema_editor):
    Letter = apps.get_model("partners", "LetterTemplate")
    for letter in Letter.objects.filter(title="Invitation to an information session", body__contains=BEFORE):
        letter.body = letter.body.replace(BEFORE, AFTER)
        letter.save(update_fields=["body"])


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_earlier_links")]

    operations = [migrations.RunPython(name_session, migrations.RunPython.noop, elidable=True)]
