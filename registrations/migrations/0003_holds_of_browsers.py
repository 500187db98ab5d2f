"""What was typed to register belongs to the browser that sent it; a seat is kept once an address."""

from django.db import migrations, models


def name_browsers(apps, schema_editor):
    """Call each browser after the one hold that it has, and let that take the seat which it keeps."""
    holds = apps.get_model("registrations", "Hold")
    for hold in holds.objects.only("uid", "keeps_seat").iterator():
        holds.objects.filter(pk=hold.pk).update(browser=hold.uid.hex, takes_seat=hold.keeps_seat)


class Migration(migrations.Migration):
    dependencies = [
        ("registrations", "0002_credit_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="hold",
            name="browser",
            field=models.CharField(
                default="", max_length=64, verbose_name="browser, as it is called in its session"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="hold",
            name="takes_seat",
            field=models.BooleanField(
                default=False, verbose_name="is the one that takes the seat of its address"
            ),
        ),
        migrations.RunPython(name_browsers, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="hold", name="hold_once_an_address"),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(
                fields=("network", "address", "browser"), name="hold_once_a_browser"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.UniqueConstraint(
                condition=models.Q(("takes_seat", True)),
                fields=("network", "address"),
                name="hold_takes_one_seat_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("keeps_seat", True), ("takes_seat", False), _connector="OR"),
                name="hold_takes_what_it_keeps",
            ),
        ),
    ]
