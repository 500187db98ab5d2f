"""What became of a message: how many it reached, whom it did not, and what is known of each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Case, Count, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.models import LeftOut, Message, Registration
from registrations.models.messages.message import MailedRecipient
from stemnet import wording
from stemnet.models import Job, MailState
from stemnet.outbox.refusals import reason_of
from stemnet.tables.writing import Sheet

ACCEPTED, REFUSED, TRYING, LEFT_OUT, UNKNOWN = "accepted", "refused", "trying", "left_out", "unknown"
WORDS = {
    ACCEPTED: gettext_lazy("Accepted"),
    REFUSED: gettext_lazy("Came back"),
    TRYING: gettext_lazy("Still trying"),
    LEFT_OUT: gettext_lazy("Left out"),
    UNKNOWN: gettext_lazy("Not known"),
}
TAGS = {ACCEPTED: "ok", REFUSED: "bad", TRYING: "warn", LEFT_OUT: "", UNKNOWN: "warn"}
OUTCOMES = {
    MailState.SENT: ACCEPTED,
    MailState.FAILED: REFUSED,
    MailState.QUEUED: TRYING,
    MailState.SENDING: TRYING,
    "": TRYING,
}


@dataclass(frozen=True)
class Line:
    """One recipient, and what is known of their mail."""

    recipient: MailedRecipient
    outcome: str
    words: str
    url: str = ""

    @property
    def label(self) -> str:
        """Return the outcome in words."""
        return str(WORDS[self.outcome])

    @property
    def tag(self) -> str:
        """Return the look of the outcome."""
        return TAGS[self.outcome]


@dataclass(frozen=True)
class Figures:
    """How many readers a message has, by what became of their mail."""

    accepted: int
    refused: int
    trying: int
    left_out: int
    unknown: int

    @property
    def to_send(self) -> int:
        """Return to how many a mail goes."""
        return self.accepted + self.refused + self.trying + self.unknown

    @property
    def waiting(self) -> int:
        """Return of how many nobody knows yet."""
        return self.trying + self.unknown

    @property
    def before_refused(self) -> int:
        """Return where the refused begin in a bar of all."""
        return self.accepted + self.waiting

    @property
    def not_delivered(self) -> int:
        """Return how many did not get it, and won't by waiting."""
        return self.refused + self.left_out


def outcome_of(left_out: str, mail_state: str) -> str:
    """Return what became of one mail."""
    return LEFT_OUT if left_out else OUTCOMES.get(mail_state, UNKNOWN)


def figures_of(message: Message) -> Figures:
    """Return the figures, in one statement."""
    rows = message.recipients.with_mail().order_by().values_list("left_out", "mail_state")
    found = dict.fromkeys(WORDS, 0)
    for left_out, state, number in rows.annotate(number=Count("pk")):
        found[outcome_of(left_out, state)] += number
    return Figures(**found)


def rows_of(message: Message, *, only_lost: bool) -> QuerySet[MailedRecipient]:
    """Return the recipients, what needs somebody first, then by name."""
    rows = message.recipients.with_mail().select_related("person")
    if only_lost:
        rows = rows.exclude(left_out="", mail_state=MailState.SENT)
    needs = Case(
        When(~Q(left_out=""), then=2),
        When(mail_state=MailState.FAILED, then=0),
        When(mail_state=MailState.SENT, then=3),
        default=1,
    )
    return rows.order_by(needs, "name", "pk")


def pages_of(message: Message, rows: Iterable[MailedRecipient]) -> dict[int, str]:
    """Return the staff's page of each person in the network of the message, by the person's key."""
    network, people = message.network, [row.person_id for row in rows if row.person_id]
    if network is None:
        return {}
    found = Registration.objects.filter(network=network, person__in=people).order_by("pk")
    return {
        person: reverse("staff_person", args=[network.slug, uid])
        for person, uid in found.values_list("person", "uid")
    }


def lines_of(message: Message, rows: list[MailedRecipient], zone: str) -> list[Line]:
    """Return what is known of each, with the page of the person."""
    pages = pages_of(message, rows)
    return [replace(line_of(row, zone), url=pages.get(row.person_id or 0, "")) for row in rows]


def sheet_of(message: Message, zone: str) -> Sheet:
    """Return every reader with what became of their mail, for a spreadsheet; read as it is written."""
    header = [_("Name"), _("E-mail"), _("Mail"), _("What we know")]
    lines = (line_of(row, zone) for row in rows_of(message, only_lost=False).iterator(chunk_size=500))
    rows = ([str(one.recipient), one.recipient.address, one.label, one.words] for one in lines)
    return Sheet(title=_("Readers"), header=header, rows=rows)


def line_of(recipient: MailedRecipient, zone: str) -> Line:
    """Return what is known of one."""
    outcome = outcome_of(recipient.left_out, recipient.mail_state)
    return Line(recipient, outcome, _words(recipient, outcome, zone))


def _words(recipient: MailedRecipient, outcome: str, zone: str) -> str:
    if outcome == LEFT_OUT:
        return str(LeftOut(recipient.left_out).label)
    if outcome == ACCEPTED and recipient.mail_sent_at:
        return wording.moment(recipient.mail_sent_at, zone)
    reason = reason_of(recipient.mail_error)
    if outcome == TRYING and recipient.mail_attempts and recipient.mail_due_at:
        next_try = wording.moment(recipient.mail_due_at, zone)
        return _("%(reason)s Next try %(moment)s.") % {"reason": reason, "moment": next_try}
    if outcome == UNKNOWN:
        return _("It may or may not have arrived.")
    return reason if outcome == REFUSED else ""


def job_of(message: Message) -> Job | None:
    """Return the job that queues the mail, while it is at it."""
    if message.state != Message.State.SENDING:
        return None
    return Job.objects.filter(uid=message.uid).first()
