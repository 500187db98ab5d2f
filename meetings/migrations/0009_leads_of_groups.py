from django.db import migrations


def leads_into_rows(apps, schema_editor):
    """Give each lead a row, since the group's first meeting where that is past."""
    from django.utils import timezone

    today = timezone.now().date()
    GroupLead = apps.get_model("meetings", "GroupLead")
    for group in apps.get_model("meetings", "WorkingGroup").objects.filter(lead__isnull=False):
        first = group.meetings.order_by("on").values_list("on", flat=True).first()
        GroupLead.objects.create(
            working_group=group, person_id=group.lead_id, since=min(first or today, today)
        )


def leads_out_of_rows(apps, schema_editor):
    """Let the first who leads a group now be its lead."""
    for row in apps.get_model("meetings", "GroupLead").objects.filter(until__isnull=True).order_by("-since", "-pk"):
        apps.get_model("meetings", "WorkingGroup").objects.filter(pk=row.working_group_id).update(lead=row.person_id)


def slots_and_teams(apps, schema_editor):
    """Every meeting of a network's group so far stood in a slot; nobody joined a team by themselves."""
    apps.get_model("meetings", "Meeting").objects.filter(
        network__isnull=False, working_group__isnull=False
    ).update(in_slot=True)
    apps.get_model("meetings", "WorkingGroup").objects.filter(network__isnull=True).update(joining="closed")


class Migration(migrations.Migration):

    dependencies = [
        ("meetings", "0008_groups"),
    ]

    operations = [
        migrations.RunPython(leads_into_rows, leads_out_of_rows, elidable=True),
        migrations.RunPython(slots_and_teams, migrations.RunPython.noop, elidable=True),
    ]
