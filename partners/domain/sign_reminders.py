"""Reminding of signatures: 7 and 14 days after asking, 7 and 1 days before the ceremony, and by hand.

It ends with any answer, or when the text changes. Nobody is reminded twice on a day, nor on the day on which
they were asked. Each reminder carries a fresh link, which makes the one before void: so whoever was sent a
code within the hour, and is signing, is left alone.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.domain import sign_requests
from partners.domain.part_reminders import FROM_HOUR
from partners.emails import signing as letters
from partners.exceptions import MouRefused, NotOpen
from partners.models import Mou, MouRole, Signature, zone_of_partnership

DAYS_AFTER_ASKING = (7, 14)
DAYS_BEFORE_CEREMONY = (7, 1)
SIGNING_TAKES = timedelta(hours=1)


def waited_for() -> QuerySet[Signature]:
    """Return the requests that are waited for: their document stands, and nobody has answered."""
    asked = Signature.objects.asked().filter(document__unlocked_at=None, document__replaced_by=None)
    asked = asked.exclude(part__role__status=MouRole.Status.WITHDRAWN)
    return asked.exclude(document__mou__status=Mou.Status.ENDED).select_related("document__mou")


def sweep_signatures(*, at: datetime) -> int:
    """Remind every signatory whose day has come; return how many."""
    zone = zone_of_partnership()
    if at.astimezone(zone).hour < FROM_HOUR:
        return 0
    due = [one for one in waited_for() if is_due(one, zone=zone, at=at)]
    return sum(reminded(one, at=at) for one in due)


def is_due(signature: Signature, *, zone: ZoneInfo, at: datetime) -> bool:
    """Say whether a day to remind has come since the signatory was asked, or was reminded last."""
    asked_on, today = signature.asked_at.astimezone(zone).date(), at.astimezone(zone).date()
    reached = [day for day in days_of(signature, asked_on) if asked_on < day <= today]
    busy = signature.code_sent_at is not None and at - signature.code_sent_at < SIGNING_TAKES
    return bool(reached) and not busy and max(reached) > (signature.reminded_on or asked_on)


def days_of(signature: Signature, asked_on: date) -> list[date]:
    """Return the days on which a signatory is reminded."""
    days = [asked_on + timedelta(days=days) for days in DAYS_AFTER_ASKING]
    ceremony = signature.document.mou.ceremony_on
    if ceremony is not None:
        days += [ceremony - timedelta(days=days) for days in DAYS_BEFORE_CEREMONY]
    return days


def remind_all(mou: Mou, *, at: datetime) -> int:
    """Remind everyone of this memorandum who was not asked or reminded today; return how many."""
    return sum(reminded(one, at=at) for one in waited_for().filter(document__mou=mou))


def reminded(signature: Signature, *, at: datetime) -> bool:
    """Remind a signatory unless they have answered meanwhile, or were reminded today; say whether."""
    try:
        remind(signature, at=at)
    except MouRefused:
        return False
    return True


@transaction.atomic
def remind(signature: Signature, *, at: datetime) -> None:
    """Send a signatory a reminder with a fresh link. Raises NotOpen, MouRefused for a second one in a day."""
    signature = sign_requests.lock(signature)
    document = signature.document
    if signature.status != Signature.Status.ASKED or document.unlocked_at or document.replaced_by_id:
        raise NotOpen
    zone = zone_of_partnership()
    today = at.astimezone(zone).date()
    if today in (signature.reminded_on, signature.asked_at.astimezone(zone).date()):
        raise MouRefused(
            _("%(name)s had a mail today. Once a day is enough.") % {"name": signature.signatory_name}
        )
    signature.reminded_on = today
    signature.save(update_fields=["reminded_on"])
    letters.reminder(signature, token=sign_requests.new_token(signature, at=at), at=at)
