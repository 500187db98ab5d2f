"""What was mailed to a person: every mail with its state, and what staff wrote to them."""

from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from registrations.evaluation.emails import about
from registrations.learning.pages.learning_rows import OwnNetwork
from registrations.models import MessageRecipient
from registrations.records.pages.lines import Line, Look, Section, day_of, section
from registrations.records.pages.network_sections import registrations_of
from stemnet.models import Mail, MailState
from stemnet.models.mail import MailQuerySet

MOST = 200
KINDS = {
    MailState.SENT: "ok",
    MailState.QUEUED: "info",
    MailState.SENDING: "info",
    MailState.FAILED: "bad",
    MailState.IN_DOUBT: "warn",
    MailState.MISSED: "warn",
}


def mails_of(look: Look, studies: list[OwnNetwork]) -> MailQuerySet:
    """Return the mail to somebody that the asker may know of: all, or what is about networks they staff."""
    uids = [look.person.uid, *(one.uid for one in look.gone)]
    addresses = [email.address for email in look.person.emails.all()]
    theirs = Mail.objects.filter(
        Q(recipient__in=[f"person:{uid}" for uid in uids]) | Q(address__in=addresses)
    )
    if look.sees_all:
        return theirs
    messages = MessageRecipient.objects.filter(person=look.person, message__network__in=look.networks)
    return theirs.filter(Q(object__in=_abouts(look, studies)) | Q(key__in=messages.values("mail_key")))


def mails(look: Look, studies: list[OwnNetwork]) -> Section:
    """Return the newest mails with their state; who may read one gets a link to what it said."""
    rows = mails_of(look, studies).defer("text", "html", "attachments", "headers")
    newest = list(rows.order_by("-created_at", "-pk")[: MOST + 1])
    lines = [
        Line(
            on=day_of(row.created_at),
            title=str(row) if not row.secret else _("A code or a private link"),
            url="" if row.secret else _address(look, row.digest),
            text=" ".join(filter(None, [row.address, row.last_error])),
            kind=KINDS.get(MailState(row.state), ""),
            tag=row.get_state_display(),
        )
        for row in newest[:MOST]
    ]
    return section("mail", _("E-mail we sent"), lines, left_out=len(newest) - len(lines))


def messages(look: Look) -> Section:
    """Return what staff, leads and coordinators wrote to them as one of many."""
    rows = MessageRecipient.objects.filter(person=look.person).select_related(
        "message__written_by", "message__network", "message__group"
    )
    if not look.sees_all:
        rows = rows.filter(message__network__in=look.networks)
    return section(
        "messages",
        _("Messages"),
        [
            Line(
                on=day_of(row.message.send_at or row.message.created_at),
                title=str(row.message),
                url="" if look.is_own else row.message.get_absolute_url(),
                text=", ".join(
                    str(one)
                    for one in (row.message.written_by, row.message.network or row.message.group)
                    if one
                ),
                tag=row.get_left_out_display(),
                kind="warn" if row.left_out else "",
            )
            for row in rows
        ],
    )


def _address(look: Look, digest: str) -> str:
    if look.is_own:
        return reverse("own_mail_sent", args=[digest])
    return reverse("staff_record_mail", args=[look.person.uid, digest])


def _abouts(look: Look, studies: list[OwnNetwork]) -> set[str]:
    """Return by which words mail names what belongs to these networks."""
    keys: list[tuple[int, UUID]] = list(registrations_of(look).values_list("pk", "uid"))
    said = {f"registration:{uid}" for _key, uid in keys} | {f"documents:{key}" for key, _uid in keys}
    for study in studies:
        said |= {f"meeting:{meeting.uid}" for meeting in study.network.meetings.all()}
        if evaluation := getattr(study.network, "evaluation", None):
            said.add(about(evaluation))
    return said
