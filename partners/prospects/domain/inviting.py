"""Inviting organizations: a letter in the name of whoever suggested, its answer, and stopping letters."""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from partners.models import (
    Actor,
    Invitation,
    InvitationStop,
    MailTopic,
    Outsider,
    Partnership,
    Person,
    Preference,
    Stage,
    Suggestion,
)
from partners.people.exceptions import LinkRefused
from partners.prospects.domain import letters, prospects
from partners.prospects.emails import inviting as emails
from partners.prospects.emails import news
from partners.prospects.exceptions import InvitationRefused
from stemnet import jobs
from stemnet.jobs import Run
from stemnet.telling import afterwards, tell

Answer = Invitation.Answer
SALT, STOP_SALT = "partners.invitation", "partners.invitation.stop"
MOVED_BY_ANSWER = {
    Answer.INTERESTED: (Stage.INTERESTED, (Stage.SUGGESTED, Stage.INVITED, Stage.DECLINED)),
    Answer.COMING: (Stage.INTERESTED, (Stage.SUGGESTED, Stage.INVITED, Stage.DECLINED)),
    Answer.DECLINED: (Stage.DECLINED, (Stage.SUGGESTED, Stage.INVITED, Stage.INTERESTED, Stage.CAME)),
}


def to_invite() -> QuerySet[Suggestion]:
    """Return the suggestions with an address that no letter went to, and that wants invitations."""
    sent = Invitation.objects.filter(
        organization=OuterRef("organization"), address=OuterRef("contact_email"), sent_at__isnull=False
    )
    stopped = InvitationStop.objects.filter(address=OuterRef("contact_email"))
    muted = Preference.objects.filter(topic=MailTopic.NEWS, person__emails__address=OuterRef("contact_email"))
    waiting = Suggestion.objects.exclude(contact_email="").filter(
        organization__stage__in=(Stage.SUGGESTED, Stage.INVITED), organization__merged_into=None
    )
    return waiting.filter(~Exists(sent), ~Exists(stopped), ~Exists(muted)).select_related(
        "organization", "by"
    )


def check_ready() -> None:
    """Raise InvitationRefused while the partnership has no postal address, which every such letter shows."""
    known = Partnership.objects.first()
    if known is None or not known.postal_address.strip():
        raise InvitationRefused(
            sentence=_(
                "Letters need the partnership's mailing address. Add it on the partnership's page first."
            )
        )


def run_letters(run: Run) -> None:
    """Do the job: write to the suggestions that ``params`` name, one transaction each; again does no harm."""
    keys = run.params["suggestions"]
    run.expect(len(keys))
    at = datetime.fromisoformat(run.params["at"])
    by = Person.objects.get(uid=run.actor)
    for number, key in enumerate(keys, start=1):
        suggestion = to_invite().filter(pk=key).first()
        if suggestion is not None:
            send_invitation(
                suggestion,
                subject=run.params["subject"],
                body=run.params["body"],
                language=run.params["language"],
                by=by,
                at=at,
            )
        run.reach(number)


@jobs.finishing()
@transaction.atomic
def send_invitation(
    suggestion: Suggestion, *, subject: str, body: str, by: Actor, at: datetime, language: str = "en"
) -> Invitation | None:
    """Write to the one whom a suggestion names, in the name of who made it; None where a letter went before.

    Raises InvitationRefused for a text that may not go out.
    """
    check_ready()
    letters.check_letter(subject, body)
    organization = prospects.lock_organization(suggestion.organization)
    with override(language):
        known = letters.values(
            organization=organization, name=suggestion.contact_name, sender=suggestion.by, at=at
        )
    invitation, is_new = Invitation.objects.get_or_create(
        organization=organization,
        address=suggestion.contact_email,
        defaults={
            "name": suggestion.contact_name,
            "sender": suggestion.by,
            "subject": letters.fill_placeholders(subject, known)[:200],
            "body": letters.body_of(body, known),
            "language": language,
            "sent_at": at,
        },
    )
    if not is_new:
        return None
    tell(write_letter, invitation, at=at)
    prospects.advance(
        organization, to=Stage.INVITED, only_from=(Stage.SUGGESTED,), by=by, at=at, reason=_("letter sent")
    )
    return invitation


@afterwards
def write_letter(invitation: Invitation, *, at: datetime) -> None:
    """Write the letter with its links."""
    emails.letter(
        invitation,
        pieces=list(letters.letter_pieces(invitation)),
        link=link_of(invitation),
        stop_link=stop_link_of(invitation),
        at=at,
    )


def link_of(invitation: Invitation) -> str:
    """Return the whole address of the page where this invitation is answered."""
    try:
        path = reverse("invitation", args=[signing.dumps(invitation.uid.hex, salt=SALT)])
    except NoReverseMatch:
        path = "/"
    return str(settings.SITE_URL) + path


def invitation_of(token: str) -> Invitation:
    """Return the invitation that a link names. Raises LinkRefused.

    Where its organization was merged into one that has a letter to the same address, it is that one.
    """
    try:
        rows = Invitation.objects.select_related("organization", "sender")
        one = rows.get(uid=signing.loads(token, salt=SALT))
        if one.organization.merged_into_id is None:
            return one
        return rows.get(organization=one.organization.merged_into_id, address=one.address)
    except (signing.BadSignature, ValueError, Invitation.DoesNotExist) as error:
        raise LinkRefused from error


def stop_link_of(invitation: Invitation) -> str:
    """Return the link by which the invited end invitations and nothing else; it spells no address."""
    token = signing.dumps(invitation.uid.hex, salt=STOP_SALT)
    return str(settings.SITE_URL) + reverse("stop_invitations", args=[token])


def address_of(token: str) -> str:
    """Return the address that a link for stopping is for. Raises LinkRefused."""
    try:
        held = str(signing.loads(token, salt=STOP_SALT))
        return held if "@" in held else Invitation.objects.get(uid=held).address  # links of old letters
    except (signing.BadSignature, ValidationError, Invitation.DoesNotExist) as error:
        raise LinkRefused from error


@jobs.finishing()
@transaction.atomic
def stop(address: str, *, at: datetime) -> None:
    """Send no more invitations and reminders of them to ``address``, and tell who invited.

    All other mail goes on.
    """
    _row, is_new = InvitationStop.objects.get_or_create(address=address, defaults={"at": at})
    for invitation in _sent_to(address) if is_new else ():
        tell(news.stopped, invitation, at=at)


@jobs.finishing()
@transaction.atomic
def allow(address: str, *, at: datetime) -> None:
    """Let invitations go to ``address`` again, and tell who was told that it stopped them."""
    stopped, _rows = InvitationStop.objects.filter(address=address).delete()
    for invitation in _sent_to(address) if stopped else ():
        tell(news.allowed, invitation, at=at)


def _sent_to(address: str) -> QuerySet[Invitation]:
    """Return the invitations that went to an address."""
    rows = Invitation.objects.filter(address=address, organization__merged_into=None)
    return rows.select_related("organization", "sender")


@jobs.finishing()
@transaction.atomic
def answer_invitation(
    invitation: Invitation, *, answer: str, at: datetime, reason: str = "", profile: str = ""
) -> Invitation:
    """Keep what the invited say, move their organization on, and tell who invited; they may think again.

    One who declines does not speak for another who said yes.
    """
    organization = prospects.lock_organization(invitation.organization)
    before = (invitation.answer, invitation.reason, invitation.profile)
    if answer == Answer.DECLINED and not reason.strip():
        raise InvitationRefused(sentence=_("Tell us briefly why not. It helps us when we ask others."))
    invitation.answer, invitation.answered_at = Answer(answer), at
    invitation.reason = reason.strip()[:500] if answer == Answer.DECLINED else ""
    invitation.profile = profile.strip() or invitation.profile
    invitation.save(update_fields=["answer", "answered_at", "reason", "profile"])
    others = organization.invitations.exclude(pk=invitation.pk)
    yes = others.filter(answer__in=(Answer.INTERESTED, Answer.COMING)).exists()
    if answer in MOVED_BY_ANSWER and not (answer == Answer.DECLINED and yes):
        to, only_from = MOVED_BY_ANSWER[Answer(answer)]
        who = Outsider(invitation.name or invitation.address)
        prospects.advance(
            organization, to=to, only_from=only_from, by=who, at=at, reason=invitation.reason or _("answered")
        )
    if (invitation.answer, invitation.reason, invitation.profile) != before:
        tell(news.answered, invitation, at=at)
    return invitation
