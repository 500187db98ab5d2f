"""How many days a class is kept, chosen by coordinators within its floor."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stemnet.exceptions import RetentionRefused
from stemnet.models import RetentionPolicy, RetentionRun
from stemnet.retention.registry import Kept, all_kept

LONGEST = 36_525  # a hundred years


def days_of(kept: Kept, policy: RetentionPolicy | None) -> int | None:
    """Return how many days a class is kept: as coordinators chose, else as the portal says; None is never."""
    if policy is not None and policy.changed_at:
        return policy.days
    return kept.default()


def policies() -> dict[str, RetentionPolicy]:
    """Return what was chosen and run, by class."""
    return {one.key: one for one in RetentionPolicy.objects.all()}


def lock_all() -> None:
    """Hold every class, in one order, until the transaction ends."""
    add_missing()
    list(RetentionPolicy.objects.select_for_update().order_by("key"))


def add_missing() -> None:
    """Make the row of each class, which is what a run locks."""
    known = set(RetentionPolicy.objects.values_list("key", flat=True))
    missing = [RetentionPolicy(key=kept.key) for kept in all_kept() if kept.key not in known]
    RetentionPolicy.objects.bulk_create(missing, ignore_conflicts=True)


def in_days(days: int | None) -> str:
    """Return how long that is, in words."""
    if days is None:
        return _("Never deleted")
    return ngettext("One day", "%(days)s days", days) % {"days": f"{days:,}"}


@transaction.atomic
def change_days(kept: Kept, days: int | None, *, reason: str, by: str, at: datetime) -> None:
    """Keep a class for so many days from now on, and say so in the log. Raises RetentionRefused."""
    check_days(kept, days)
    add_missing()
    policy = RetentionPolicy.objects.select_for_update().get(key=kept.key)
    before = days_of(kept, policy)
    if policy.changed_at and before == days:
        return
    policy.days, policy.changed_at, policy.changed_by, policy.reason = days, at, by[:200], reason
    policy.save(update_fields=["days", "changed_at", "changed_by", "reason"])
    said = _("%(before)s before, now: %(after)s. %(reason)s") % {
        "before": in_days(before),
        "after": in_days(days),
        "reason": reason,
    }
    RetentionRun.objects.create(key=kept.key, at=at, words=said[:400], by=by[:200])


def check_days(kept: Kept, days: int | None) -> None:
    """Raise RetentionRefused where a rule of the class forbids so many days."""
    if kept.rule:
        raise RetentionRefused(sentence=_("These days follow a rule and can't be chosen here."))
    if days is not None and days < kept.floor:
        least = _("Keep this for at least %(days)s days: %(why)s") % {"days": kept.floor, "why": kept.why}
        raise RetentionRefused(sentence=least)
    if days is not None and days > LONGEST:
        raise RetentionRefused(sentence=_("Choose at most 36,525 days, or leave it empty to keep it always."))
