"""Reminding of parts: 14, 7 and 1 days before they are due, and once they are overdue.

A reminder is queued once it is due and its key is unique, so that sweeps may run late or twice. One whose
day was before the partner was asked is left out, and of several that were missed only the latest goes out.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from partners.emails import mou as letters
from partners.models import Mou, MouRole, Partnership, Person
from stemnet.domain import mail
from stemnet.models import Mail

DAYS_BEFORE = (14, 7, 1, -1)  # -1: the day after
NOT_AFTER = -14  # days; a sweep that slept longer says nothing
FROM_HOUR = 8


def sweep_parts(*, at: datetime) -> int:
    """Queue every reminder that is due at ``at``; return how many mails."""
    partnership = Partnership.objects.first()
    zone = ZoneInfo(partnership.zone if partnership else "UTC")
    local = at.astimezone(zone)
    if local.hour < FROM_HOUR:
        return 0
    due = {
        letter["key"]: letter
        for role in waited_for()
        for person, days in reminded(role, zone=zone, today=local.date())
        for letter in [letters.reminder(role, person, days=days, expires_at=expiry(role, days, zone))]
    }
    known = set(Mail.objects.filter(key__in=list(due)).values_list("key", flat=True))
    mails = mail.prepare_many([letter for key, letter in due.items() if key not in known], at=at)
    mail.put(mails, at=at)
    return len(mails)


def waited_for() -> Iterator[MouRole]:
    """Yield the parts that partners still write and that have a day."""
    roles = MouRole.objects.filter(status__in=MouRole.EDITABLE).exclude(mou__status=Mou.Status.ENDED)
    found = roles.select_related("mou", "organization", "drafter", "lead_contact").prefetch_related(
        "drafter__emails", "lead_contact__emails"
    )
    return (role for role in found if role.due)


def reminded(role: MouRole, *, zone: ZoneInfo, today: date) -> list[tuple[Person, int]]:
    """Return whom to remind today and of which of `DAYS_BEFORE`: only the latest that has come."""
    if role.due is None or (role.due - today).days < NOT_AFTER:
        return []
    asked_on = role.asked_at.astimezone(zone).date() if role.asked_at else date.min
    days_of = {days: role.due - timedelta(days=days) for days in DAYS_BEFORE}
    reached = [days for days, on in days_of.items() if asked_on < on <= today]
    if not reached:
        return []
    people = {person.pk: person for person in (role.drafter, role.lead_contact) if person is not None}
    return [(person, min(reached)) for person in people.values() if person.primary_address]


def expiry(role: MouRole, days: int, zone: ZoneInfo) -> datetime | None:
    """Return when the reminder says the wrong thing: the morning of the next one."""
    later = [other for other in DAYS_BEFORE if other < days]
    if not later or role.due is None:
        return None
    return datetime.combine(role.due - timedelta(days=max(later)), time(FROM_HOUR), tzinfo=zone)
