"""Let networks with marks keep the version of their rule, and remember of which documents people were told."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.models import Max


def first_day(network):
    """The day of the first own meeting that stands, where the network is."""
    own = network.meetings.filter(working_group=None, status="scheduled").order_by("starts_at").first()
    if own is None:
        return date(int(network.school_year[:4]), 9, 1)
    return own.starts_at.astimezone(ZoneInfo(network.zone)).date()


def keep_rules(apps, schema_editor):
    Network, KeptRule = apps.get_model("meetings", "Network"), apps.get_model("registrations", "KeptRule")
    CreditRule, Evidence = (apps.get_model("registrations", name) for name in ("CreditRule", "Evidence"))
    rules = list(CreditRule.objects.order_by("version"))
    since = dict(Evidence.objects.order_by().values_list("meeting__network").annotate(Max("at")))
    for network in Network.objects.filter(pk__in=since).exclude(credit_code=""):
        day = first_day(network)
        fit = [
            rule
            for rule in rules
            if rule.code == network.credit_code
            and rule.effective_from <= day
            and (rule.effective_to is None or day <= rule.effective_to)
        ]
        if fit:
            KeptRule.objects.create(network=network, version=fit[-1], since=since[network.pk])


def remember_what_was_told(apps, schema_editor):
    Mail, Registration = apps.get_model("stemnet", "Mail"), apps.get_model("registrations", "Registration")
    keys = Mail.objects.filter(key__startswith="documents-ready:").values_list("key", flat=True)
    told = {int(key.split(":")[1]): key.split(":")[2].split("+") for key in keys.iterator()}
    for registration in Registration.objects.filter(told_of_documents=True).only("told_of").iterator():
        kinds = told.get(registration.pk, ["attendance"])
        Registration.objects.filter(pk=registration.pk).update(told_of=[f"{kind}:0" for kind in sorted(kinds)])


class Migration(migrations.Migration):
    dependencies = [("registrations", "0008_figures"), ("stemnet", "0001_initial")]
    operations = [
        migrations.RunPython(keep_rules, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(remember_what_was_told, migrations.RunPython.noop, elidable=True),
    ]
