"""Nobody is forgotten on the way: one reminder to the invited, and a word to us where nothing moves.

What is long overdue is left alone, so that a clock that stood still does not mail everyone
(docs/rules.md 13.2).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from partners.models import Invitation, InvitationStop, Organization, Partnership, Stage, is_night
from partners.prospects.domain import inviting, letters, stages
from partners.prospects.domain.stages import MovingOrganization, with_newest_step
from partners.prospects.emails import inviting as emails
from stemnet import jobs
from stemnet.models import Mail
from stemnet.telling import afterwards, tell

REMINDED_AFTER = timedelta(days=10)
GRACE = timedelta(days=14)


def sweep_invitations(*, at: datetime) -> int:
    """Queue what is due, by day; return how many mails that are."""
    if is_night(at):
        return 0
    return sum(remind_invited(invitation.pk, at=at) for invitation in unanswered(at)) + sum(
        tell_of_standstill(organization, at=at) for organization in standing_still(at)
    )


def unanswered(at: datetime) -> QuerySet[Invitation]:
    """Return the letters that wait for an answer and had no reminder; never to who stopped them."""
    stopped = InvitationStop.objects.filter(address=OuterRef("address"))
    sent = {"sent_at__lte": at - REMINDED_AFTER, "sent_at__gt": at - REMINDED_AFTER - GRACE}
    return Invitation.objects.filter(
        ~Exists(stopped),
        answer=Invitation.Answer.NONE,
        reminded_at=None,
        organization__stage=Stage.INVITED,
        organization__merged_into=None,
        **sent,
    )


@jobs.finishing()
@transaction.atomic
def remind_invited(key: int, *, at: datetime) -> int:
    """Send the one reminder of an invitation; of two sweeps at once, one does."""
    mine = Invitation.objects.filter(pk=key, reminded_at=None, answer=Invitation.Answer.NONE)
    if not mine.update(reminded_at=at):
        return 0
    tell(send_reminder, Invitation.objects.get(pk=key), at=at)
    return 1


@afterwards
def send_reminder(invitation: Invitation, *, at: datetime) -> None:
    """Write the reminder of an invitation."""
    emails.reminder(
        invitation,
        session=lambda: letters.session_words(invitation.organization, at=at),
        link=inviting.link_of(invitation),
        stop_link=inviting.stop_link_of(invitation),
        at=at,
    )


def standing_still(at: datetime) -> QuerySet[MovingOrganization]:
    """Return those that became stale lately (see `Card.is_stale`)."""
    stale = timedelta(days=settings.STALE_AFTER_DAYS)
    on_the_way = with_newest_step(Organization.objects.current().filter(stage__in=stages.OPEN))
    return on_the_way.filter(moved_at__lte=at - stale, moved_at__gt=at - stale - GRACE)


def tell_of_standstill(organization: MovingOrganization, *, at: datetime) -> int:
    """Tell whoever suggested it first, else the partnership's contact, once for each step."""
    step, moved_at = organization.step, organization.moved_at
    if step is None or moved_at is None:
        return 0
    if Mail.objects.filter(key=f"stale:{step}").exists():
        return 0
    suggestion = organization.suggestions.select_related("by").first()
    person = suggestion.by if suggestion else None
    contact = Partnership.objects.values_list("contact_email", flat=True).first() or ""
    address = (person.primary_address if person else "") or contact
    if not address:
        return 0
    emails.stale(organization, step=step, days=(at - moved_at).days, person=person, address=address, at=at)
    return 1
