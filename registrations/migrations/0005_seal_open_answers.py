"""Answers to open evaluations into sealed boxes, and a last day for every evaluation.

Who has been asked already gets 21 days from now on. Afterwards the old rows are still in the free pages of the
database until it is vacuumed; docs/deployment.md says how.
"""

import json
import random
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import migrations
from django.utils import timezone

from stemnet.sealing import seal, unseal

SMALLEST = 64 * 1024


def give_last_days(apps, schema_editor):
    now = timezone.now()
    for evaluation in apps.get_model('registrations', 'Evaluation').objects.select_related('network'):
        zone = ZoneInfo(evaluation.network.zone)
        end = evaluation.closed_at or now + timedelta(days=21)
        evaluation.last_day = end.astimezone(zone).date()
        evaluation.save(update_fields=['last_day'])


def seal_open_answers(apps, schema_editor):
    Box = apps.get_model('registrations', 'EvaluationBox')
    Response = apps.get_model('registrations', 'EvaluationResponse')
    for evaluation in apps.get_model('registrations', 'Evaluation').objects.filter(closed_at__isnull=True):
        rows = Response.objects.filter(evaluation=evaluation)
        answers = list(rows.values_list('answers', flat=True))
        random.SystemRandom().shuffle(answers)
        plain, size = json.dumps(answers).encode(), SMALLEST
        while size < len(plain):
            size *= 2
        Box.objects.create(evaluation=evaluation, sealed=seal(plain.ljust(size), purpose='evaluation'))
        rows.delete()


def unseal_answers(apps, schema_editor):
    Response = apps.get_model('registrations', 'EvaluationResponse')
    for box in apps.get_model('registrations', 'EvaluationBox').objects.all():
        answers = json.loads(unseal(bytes(box.sealed), purpose='evaluation'))
        Response.objects.bulk_create(Response(evaluation_id=box.pk, answers=each) for each in answers)


class Migration(migrations.Migration):

    dependencies = [('registrations', '0004_evaluation_boxes')]

    operations = [
        migrations.RunPython(give_last_days, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(seal_open_answers, unseal_answers, elidable=True),
    ]
