"""Reminding of signatures: 14, 7 and 1 days before the day to sign by, the day after it, and by hand.

Where no such day is set, it is 7 and 14 days after asking. It ends with any answer, or when the text changes.
A person gets one mail a day at most, about every signature that waits for them, and none on the day on which
they were asked. Each reminder carries fresh links beside those before. Whoever was sent a code within the
hour, and is signing, is left alone.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from partners.memorandum.domain import mous, sign_links
from partners.memorandum.domain.part_reminders import DAYS_AFTER, DAYS_BEFORE
from partners.memorandum.exceptions import MailedToday, MouRefused, NoLongerOpen
from partners.models import Mou, MouRole, Signature, is_night, local_day, zone_of_partnership
from partners.models.memorandum import binding
from partners.models.memorandum.signature import SignatureQuerySet
from stemnet import jobs
from stemnet.telling import tell

DAYS_AFTER_ASKING = (7, 14)
SIGNING_TAKES = timedelta(hours=1)


def waited_for(asked: SignatureQuerySet, *, on: date) -> list[Signature]:
    """Return those of the requests ``asked`` with an address whose answer is waited for on a day."""
    rows = asked.exclude(signatory_email="").values("part__role")
    roles = MouRole.objects.filter(pk__in=rows).select_related("mou")
    found = [one.asked for one in binding.bonds(roles, on=on).values() if one.asked is not None]
    keys = [one.pk for one in found]
    return list(asked.filter(pk__in=keys).select_related("document__mou").order_by("pk"))


def sweep_signatures(*, at: datetime) -> int:
    """Remind every signatory whose day has come; return how many."""
    zone = zone_of_partnership()
    if is_night(at, zone):
        return 0
    waiting = waited_for(Signature.objects.asked(), on=local_day(at, zone))
    due = {one.signatory_email for one in waiting if is_signature_due(one, zone=zone, at=at)}
    return sum(reminded(address, at=at) for address in sorted(due))


def is_signature_due(signature: Signature, *, zone: ZoneInfo, at: datetime) -> bool:
    """Say whether a day to remind has come since the signatory was asked, or was reminded last."""
    asked_on, today = local_day(signature.asked_at, zone), local_day(at, zone)
    reached = [day for day in signature_reminder_days(signature, asked_on) if asked_on < day <= today]
    return bool(reached) and max(reached) > (signature.reminded_on or asked_on)


def signature_reminder_days(signature: Signature, asked_on: date) -> list[date]:
    """Return the days on which a signatory is reminded."""
    due = signature.due_on
    if due is None:
        return [asked_on + timedelta(days=days) for days in DAYS_AFTER_ASKING]
    return [*(due - timedelta(days=days) for days in DAYS_BEFORE), due + timedelta(days=DAYS_AFTER)]


def remind_all(mou: Mou, *, at: datetime) -> int:
    """Remind everyone of this memorandum who was not asked or reminded today; return how many."""
    waiting = waited_for(Signature.objects.asked().filter(document__mou=mou), on=local_day(at))
    return sum(reminded(address, at=at) for address in sorted({one.signatory_email for one in waiting}))


def reminded(address: str, *, at: datetime) -> bool:
    """Remind a signatory unless they have answered meanwhile, or were reminded today; say whether."""
    try:
        remind_signatories(address, at=at)
    except MouRefused:
        return False
    return True


@jobs.finishing()
@transaction.atomic
def remind_signatories(address: str, *, at: datetime) -> None:
    """Send whoever signs by this address one mail with a fresh link to each signature that waits for them.

    Raises NoLongerOpen where none does, MouRefused for a second mail in a day, or while they are signing.
    """
    today, rows = local_day(at), Signature.objects.asked().filter(signatory_email=address)
    for mou in Mou.objects.filter(pk__in=rows.values("document__mou")).order_by("pk"):
        mous.lock_mou(mou)
    waiting = waited_for(rows.select_for_update(of=("self",)), on=today)
    told = free_today(waiting, today=today, at=at)
    for signature in told:
        signature.reminded_on = today
        signature.save(update_fields=["reminded_on"])
    tell(sign_links.send_reminder, told, today=today, at=at)


def free_today(waiting: list[Signature], *, today: date, at: datetime) -> list[Signature]:
    """Return what one signatory may be reminded of now. Raises NoLongerOpen, MouRefused."""
    if not waiting:
        raise NoLongerOpen
    if is_signing(waiting, at=at):
        raise MouRefused(
            sentence=_("We sent %(name)s a code within the last hour. They may be signing now.")
            % {"name": waiting[0].signatory_name}
        )
    zone = zone_of_partnership()
    told = [one for one in waiting if local_day(one.asked_at, zone) != today]
    if not told or any(one.reminded_on == today for one in waiting):
        raise MailedToday(waiting[0].signatory_name)
    return told


def is_signing(waiting: Iterable[Signature], *, at: datetime) -> bool:
    """Return whether a code went to the signatory so lately that they are signing now."""
    sent = [one.code_sent_at for one in waiting if one.code_sent_at is not None]
    return any(at - one < SIGNING_TAKES for one in sent)
