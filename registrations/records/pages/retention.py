"""What the page of retention shows: each class with its days and what a run would delete, holds, the log."""

from datetime import datetime
from typing import Any

from stemnet.models import LegalHold, RetentionRun
from stemnet.retention.policies import in_days
from stemnet.retention.registry import all_kept, all_stays
from stemnet.retention.sweeping import Look, look

LOGGED, LIFTED = 50, 20


def retention_context(*, at: datetime) -> dict[str, Any]:
    """Return all of it; so many statements as classes, however many rows there are."""
    labels = {kept.key: kept.label for kept in all_kept()}
    log = [{"run": run, "label": labels.get(run.key, run.key)} for run in RetentionRun.objects.all()[:LOGGED]]
    standing = list(LegalHold.objects.standing(at))
    over = LegalHold.objects.exclude(pk__in=[hold.pk for hold in standing])[:LIFTED]
    return {
        "classes": [_line(one) for one in look(at=at)],
        "stays": all_stays(),
        "holds": standing,
        "holds_over": over,
        "log": log,
    }


def _line(one: Look) -> dict[str, Any]:
    return {
        "key": one.kept.key,
        "label": one.kept.label,
        "counted": one.kept.counted,
        "kept_for": one.kept.rule or in_days(one.days),
        "may_choose": not one.kept.rule,
        "found": one.found,
        "last_run_at": one.policy.last_run_at if one.policy else None,
    }
