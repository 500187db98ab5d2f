"""Reminding of parts: 14, 7 and 1 days before they are due, the day after, and then weekly for some weeks.

It ends when the part is submitted or its day is moved, and after ``PART_REMINDER_WEEKS`` weeks: then the
board says so, and the coordinator asks again by a button; that, and returning a part, begins them anew. A
person gets one mail a day at most, about all their parts that are to be reminded of; its key is unique, so
that sweeps may run late or twice. A day that came before the partner was asked is left out, and of several
that were missed only the latest counts, and not where it is a week ago.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.domain import parts
from partners.memorandum.emails import part_reminders as letters
from partners.memorandum.exceptions import MailedToday, MouRefused, NobodyToWriteTo
from partners.models import Mou, MouRole, Person, Stage, is_night, local_day, zone_of_partnership
from partners.prospects.domain import prospects
from stemnet import jobs
from stemnet.models import Mail
from stemnet.outbox.queueing import Letter, prepare_many, put
from stemnet.telling import afterwards, tell

DAYS_BEFORE = (14, 7, 1)
DAYS_AFTER = 1
WEEK = timedelta(weeks=1)


def sweep_parts(*, at: datetime) -> int:
    """Queue every reminder that is due at ``at``; return how many mails."""
    zone = zone_of_partnership()
    if is_night(at, zone):
        return 0
    today = local_day(at, zone)
    due = [role for role in waited_for() if is_part_due(role, zone=zone, today=today)]
    busy = reminded_today(due, today)
    due = [role for role in due if not busy & set(people_of(role))]  # theirs waits until tomorrow
    mails = prepare_many([*letters_about(due, zone=zone, today=today)], at=at)
    with transaction.atomic():
        put(mails, at=at)
        MouRole.objects.filter(pk__in=[role.pk for role in due]).update(reminded_on=today)
    return len(mails)


def waited_for() -> list[MouRole]:
    """Return the parts that partners still write, that have a day and somebody to write to.

    Who declined to become a partner is left in peace; asking again moves them on.
    """
    roles = MouRole.objects.filter(status__in=MouRole.EDITABLE).exclude(mou__status=Mou.Status.ENDED)
    roles = roles.exclude(organization__stage=Stage.DECLINED)
    found = roles.select_related("mou", "organization", "drafter", "lead_contact").prefetch_related(
        "drafter__emails", "lead_contact__emails"
    )
    return [role for role in found if role.due and people_of(role)]


def is_part_due(role: MouRole, *, zone: ZoneInfo, today: date) -> bool:
    """Say whether a day to remind has come since the partner was asked, or was reminded last."""
    day = max((day for day in part_reminder_days(role) if today - WEEK < day <= today), default=None)
    asked_on = local_day(role.asked_at, zone) if role.asked_at else date.min
    return day is not None and day > max(asked_on, role.reminded_on or date.min)


def part_reminder_days(role: MouRole) -> list[date]:
    """Return the days on which a part is reminded of, in order; none where no day is set."""
    due = role.due
    if due is None:
        return []
    late = due + timedelta(days=DAYS_AFTER)
    begin = max(late, role.chased_from or late)
    weekly = [begin + number * WEEK for number in range(1, settings.PART_REMINDER_WEEKS + 1)]
    return [*(due - timedelta(days=days) for days in DAYS_BEFORE), late, *weekly]


def next_day(role: MouRole, *, today: date) -> date | None:
    """Return the first day to remind after ``today``; None where no more will come."""
    return next((day for day in part_reminder_days(role) if day > today), None)


def is_chased(role: MouRole, *, today: date) -> bool:
    """Return whether a partner that still writes is reminded of its part once more by the clock."""
    return role.organization.stage != Stage.DECLINED and next_day(role, today=today) is not None


def people_of(role: MouRole) -> dict[str, Person]:
    """Return drafter and lead contact with an address, each once, by their uid."""
    return {str(one.uid): one for one in (role.drafter, role.lead_contact) if one and one.primary_address}


def reminded_today(due: list[MouRole], today: date) -> set[str]:
    """Return those who had their mail of the day already, as after a due day was moved at noon."""
    keys = {letters.key_of(uid, today): uid for role in due for uid in people_of(role)}
    known = Mail.objects.filter(key__in=list(keys)).values_list("key", flat=True)
    return {keys[key] for key in known}


def letters_about(due: list[MouRole], *, zone: ZoneInfo, today: date, own_line: str = "") -> Iterable[Letter]:
    """Yield one letter for each person about all their parts; it is void on the morning of the next.

    ``own_line`` is what a coordinator adds in words of their own.
    """
    found: dict[str, tuple[Person, list[MouRole]]] = {}
    for role in due:
        for uid, person in people_of(role).items():
            found.setdefault(uid, (person, []))[1].append(role)
    for person, roles in found.values():
        void = min(next_day(role, today=today) or today + WEEK for role in roles)
        expires_at = datetime.combine(void, time(settings.DAY_BEGINS_AT), tzinfo=zone)
        yield letters.reminder(person, roles, today=today, expires_at=expires_at, own_line=own_line)


def refusals(roles: list[MouRole], *, at: datetime) -> dict[int, MouRefused | None]:
    """Return why each of ``roles`` can't be reminded of now, None where it can; one query for all."""
    busy = reminded_today(roles, local_day(at))
    return {role.pk: _refusal(role, busy=busy, today=local_day(at)) for role in roles}


def _refusal(role: MouRole, *, busy: set[str], today: date) -> MouRefused | None:
    try:
        check_can_be_reminded(role, busy=busy, today=today)
    except MouRefused as refusal:
        return refusal
    return None


def check_can_be_reminded(role: MouRole, *, busy: set[str], today: date) -> None:
    """Check that a part can be reminded of on ``today``, where ``busy`` had their mail of the day already.

    Raises MouRefused where it is not open for writing, or nobody is there who had no mail today.
    """
    parts.check_part_open(role)
    people = people_of(role)
    if not people:
        raise NobodyToWriteTo(str(role))
    asked_today = role.asked_at is not None and local_day(role.asked_at) == today
    if asked_today or role.reminded_on == today or busy >= set(people):
        raise MailedToday(str(role))


@jobs.finishing()
@transaction.atomic
def ask_again(role: MouRole, *, by: Person, at: datetime, own_line: str = "") -> MouRole:
    """Remind of one part now, by the coordinator's button, and begin its weeks anew; who declined moves on.

    ``own_line`` comes after the first sentence of the mail. Raises MouRefused where it is not open for
    writing, or nobody is there who had no mail today.
    """
    role, today = parts.lock_part(role), local_day(at)
    check_can_be_reminded(role, busy=reminded_today([role], today), today=today)
    role.reminded_on = role.chased_from = today
    role.save(update_fields=["reminded_on", "chased_from"])
    prospects.advance(
        role.organization,
        to=Stage.DRAFTING,
        only_from={Stage.DECLINED},
        by=by,
        at=at,
        reason=_("Asked again for its part of the memorandum."),
    )
    tell(send_reminder, role, own_line=own_line, at=at)
    return role


@afterwards
def send_reminder(role: MouRole, *, own_line: str, at: datetime) -> None:
    """Write the reminder of one part to each person who writes it."""
    zone = zone_of_partnership()
    mine = letters_about([role], zone=zone, today=local_day(at), own_line=own_line)
    put(prepare_many([*mine], at=at), at=at)
