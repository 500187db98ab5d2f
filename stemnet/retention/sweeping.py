"""The daily run: what is older than its days and not on hold goes, in batches of their own transactions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from stemnet.models import RetentionPolicy, RetentionRun
from stemnet.retention.holds import held
from stemnet.retention.policies import add_missing, days_of, policies
from stemnet.retention.registry import Found, Kept, all_kept, kept_as

BATCH = 500
AGAIN_AFTER = timedelta(hours=20)
CLOCK = gettext_noop("the daily run")


@dataclass(frozen=True)
class Look:
    """What a run of one class would delete now."""

    kept: Kept
    policy: RetentionPolicy | None
    days: int | None
    before: datetime | None
    found: Found


def look(*, at: datetime) -> list[Look]:
    """Count what a run would delete at ``at``, and delete nothing: so many statements as classes."""
    chosen, on_hold, seen = policies(), held(at), []
    for kept in all_kept():
        policy = chosen.get(kept.key)
        before = _before(kept, policy, at=at)
        found = kept.work.find(before, on_hold) if before else Found(0)
        seen.append(Look(kept, policy, days_of(kept, policy), before, found))
    return seen


def note_look(*, by: str, at: datetime) -> list[Look]:
    """Do the same, and keep in the log what was counted."""
    seen = look(at=at)
    RetentionRun.objects.bulk_create(
        RetentionRun(
            key=one.kept.key, at=at, before=one.before, dry=True, found=one.found.number, by=by[:200]
        )
        for one in seen
        if one.found.number
    )
    return seen


def sweep(*, at: datetime) -> int:
    """Delete what is kept no longer, class by class, unless a run did lately; return how many rows."""
    add_missing()
    return sum(run(kept, by=CLOCK, at=at) for kept in all_kept() if not kept.runs_itself)


def run_class(key: str, *, at: datetime) -> int:
    """Run one class by its key now, whenever it ran before; return how many rows went."""
    kept = kept_as(key)
    add_missing()
    return _run(kept, by=CLOCK, at=at) if kept else 0


def run(kept: Kept, *, by: str, at: datetime) -> int:
    """Delete what is kept no longer of one class; two that run at once take turns and count each row once."""
    return _run(kept, by=by, at=at) if _is_due(kept, at=at) else 0


def _run(kept: Kept, *, by: str, at: datetime) -> int:
    number = 0
    while True:
        gone = _batch(kept, by=by, at=at)
        number += gone
        if gone < BATCH:
            break
    RetentionPolicy.objects.filter(key=kept.key).update(last_run_at=at)
    return number


@transaction.atomic
def _batch(kept: Kept, *, by: str, at: datetime) -> int:
    policy = RetentionPolicy.objects.select_for_update().get(key=kept.key)
    before = _before(kept, policy, at=at)
    gone = kept.work.delete(before, held(at), BATCH) if before else 0
    if gone:
        line, _new = RetentionRun.objects.get_or_create(
            key=kept.key, at=at, dry=False, words="", by=by, defaults={"before": before}
        )
        counted = {"found": F("found") + gone, "deleted": F("deleted") + gone}
        RetentionRun.objects.filter(pk=line.pk).update(**counted)
    return gone


def _is_due(kept: Kept, *, at: datetime) -> bool:
    lately = RetentionPolicy.objects.filter(key=kept.key, last_run_at__gt=at - AGAIN_AFTER)
    return not lately.exists()


def _before(kept: Kept, policy: RetentionPolicy | None, *, at: datetime) -> datetime | None:
    """Return the moment before which rows go; None where the class is never deleted."""
    days = 0 if kept.rule else days_of(kept, policy)
    return None if days is None else at - timedelta(days=days)
